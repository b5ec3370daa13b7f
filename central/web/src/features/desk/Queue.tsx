// The list at the left: who waits, longest first, then who else is at the gates.
import { useText } from '../../i18n';
import { clockText, spanText } from '../../text/time';
import { Empty } from '../../ui/States';
import { type AtGate, type Desk, TOO_LONG_MS } from './queue';
import { useReasons, verdictKey } from './wordsOf';

interface Props {
  desk: Desk;
  selected: string | null;
  /** Answered here; the node has not said so yet. */
  decided: ReadonlySet<string>;
  now: number;
  manyGates: boolean;
  choose: (of: AtGate) => void;
}

export function Queue({ desk, selected, decided, now, manyGates, choose }: Props) {
  const { t } = useText();
  return (
    <>
      <section aria-label={t('desk.queue.title')}>
        <h2>{t('desk.queue.title')} <span className="count" role="status">{desk.waiting.length}</span></h2>
        {desk.waiting.length === 0 && <Empty>{t('desk.queue.none')}</Empty>}
        <ul className="queue">
          {desk.waiting.map((of) => (
            <li key={of.arrival.id}>
              <Row of={of} waits decided={false} now={now} manyGates={manyGates} selected={of.arrival.id === selected} choose={choose} />
            </li>
          ))}
        </ul>
      </section>
      {desk.others.length > 0 && (
        <section aria-label={t('desk.queue.others')}>
          <h2>{t('desk.queue.others')} <span className="count">{desk.others.length}</span></h2>
          <ul className="queue queue-others">
            {desk.others.map((of) => (
              <li key={of.arrival.id}>
                <Row of={of} waits={false} decided={decided.has(of.arrival.id)} now={now} manyGates={manyGates} selected={of.arrival.id === selected} choose={choose} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface RowProps extends Omit<Props, 'desk' | 'selected' | 'decided'> {
  of: AtGate;
  decided: boolean;
  waits: boolean;
  selected: boolean;
}

function Row({ of, waits, decided, selected, now, manyGates, choose }: RowProps) {
  const { t } = useText();
  const { arrival, gate, verifying } = of;
  const reasons = useReasons()(arrival);
  const waited = now - Date.parse(arrival.first_seen.utc);
  const other = t(decided ? 'desk.card.decided' : verdictKey(arrival));
  const late = waits && !verifying && waited >= TOO_LONG_MS;
  return (
    <button type="button" className={`row ${late ? 'row-late' : ''}`} aria-current={selected ? 'true' : undefined} onClick={() => choose(of)}>
      <span className="row-main">
        {manyGates && <strong>{gate.title}</strong>}
        <span>{waits ? reasons[0] ?? t('desk.verdict.verify') : other}</span>
        {waits && verifying && <span className="row-soft">{t('desk.verifying.by', { by: verifying.by, time: clockText(verifying.since.utc) })}</span>}
      </span>
      {waits
        ? <span className="row-time" title={late ? t('desk.queue.tooLong') : undefined}>{spanText(waited)}</span>
        : <span className="row-soft">{clockText(arrival.first_seen.utc)}</span>}
    </button>
  );
}
