// A suspicion in the list: how long there is, which vehicle, where, and who has it.
import type { Suspicion } from '../../api/types';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { useDeadlineText } from './deadline';
import type { Who } from './told';

interface Props {
  of: Suspicion;
  who: Who;
  selected: boolean;
  choose: (id: string) => void;
}

export function Row({ of, who, selected, choose }: Props) {
  const { t } = useText();
  const say = useDeadlineText();
  const [nearest] = of.deadlines;
  return (
    <button type="button" className={`row review-row review-${who.is}`} aria-current={selected ? 'true' : undefined} onClick={() => choose(of.id)}>
      <span className="row-main">
        <strong>{of.plate ?? t('suspicions.queue.noPlate')}</strong>
        <span className="hint">{of.site} / {of.camera} · {momentText(of.occurred_at.utc)}</span>
        {nearest && <span className={`deadline deadline-${nearest.urgency}`}>{say(nearest)}</span>}
        {who.is === 'held' && <span className="who">{t('suspicions.who.held', { name: who.by })}</span>}
        {who.is === 'given' && <span className="who">{t('suspicions.who.given', { name: who.to })}</span>}
        {who.is === 'mine' && <span className="who">{t('suspicions.who.mine')}</span>}
        {who.is === 'decided' && <span className="who">{t('suspicions.who.decided', { name: who.by ?? '' })}</span>}
      </span>
    </button>
  );
}
