// A suspicion in the list: how long there is, which vehicle, where.
import type { Suspicion } from '../../api/types';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { useDeadlineText } from './deadline';

export function Row({ of, selected, choose }: { of: Suspicion; selected: boolean; choose: (id: string) => void }) {
  const { t } = useText();
  const say = useDeadlineText();
  const [nearest] = of.deadlines;
  return (
    <button type="button" className="row review-row" aria-current={selected ? 'true' : undefined} onClick={() => choose(of.id)}>
      <span className="row-main">
        <strong>{of.plate ?? t('suspicions.queue.noPlate')}</strong>
        <span className="hint">{of.site} / {of.camera} · {momentText(of.occurred_at.utc)}</span>
        {nearest && <span className={`deadline deadline-${nearest.urgency}`}>{say(nearest)}</span>}
      </span>
    </button>
  );
}
