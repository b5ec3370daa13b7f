// The one arrival that is looked at: pictures, what the system says of it, what was decided.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { useLiveEvents } from '../../app/live';
import type { Arrival, ArrivalDetail } from '../../api/types';
import { useText } from '../../i18n';
import { clockText, spanText } from '../../text/time';
import { Notice } from '../../ui/States';
import type { PictureState } from '../../ui/usePicture';
import { EnrolledPicture, LookPicture } from './Pictures';
import { type AtGate, TOO_LONG_MS } from './queue';
import { decisionKey, livenessKey, outcomeKey, reasonKey, surenessKey, useReasons, verdictKey } from './wordsOf';

interface Props {
  of: AtGate;
  here: boolean;
  waits: boolean;
  now: number;
  look: { state: PictureState; again: () => void };
}

/** The arrival in full. On record as a look-up: read when it is chosen, when it changes, and when somebody decided on it. */
function useDetail(arrival: Arrival) {
  const queries = useQueryClient();
  const key = ['arrival', arrival.id];
  useLiveEvents(['decision'], (event) => {
    if (event.data.includes(arrival.id)) void queries.invalidateQueries({ queryKey: key });
  });
  return useQuery({
    queryKey: [...key, arrival.revision],
    queryFn: ({ signal }) => api.call('get', '/api/v1/arrivals/{id}', { path: { id: arrival.id }, signal }),
    placeholderData: (before) => (before?.id === arrival.id ? before : undefined),
  });
}

export function Card({ of, here, waits, now, look }: Props) {
  const { t, language } = useText();
  const { arrival, gate, verifying } = of;
  const { data: detail } = useDetail(arrival);
  const waited = now - Date.parse(arrival.first_seen.utc);
  const late = waits && !verifying && waited >= TOO_LONG_MS;
  const reasons = useReasons()(arrival);
  const sureness = surenessKey(arrival.sureness);
  const liveness = livenessKey(arrival.liveness);
  return (
    <div className="card-body">
      <div className="card-head">
        <h1>{gate.title}</h1>
        <p className="hint">{t('shell.word.camera')} {arrival.camera} · {t('desk.card.firstSeen')} {clockText(arrival.first_seen.utc)}</p>
        {waits && here && (
          <p className={late ? 'waited waited-late' : 'waited'} role="timer">
            {late && <span>{t('desk.queue.tooLong')} · </span>}{t('desk.queue.waited', { time: spanText(waited) })}
          </p>
        )}
      </div>
      {here && waits && verifying && <Notice>{t('desk.verifying.by', { by: verifying.by, time: clockText(verifying.since.utc) })}</Notice>}
      {!here && <Notice tone="warn">{t('desk.card.gone')}</Notice>}
      {arrival.replayed && <Notice tone="warn">{t('desk.card.fromFile')}</Notice>}
      <div className="looks">
        <LookPicture state={look.state} again={look.again} />
        <EnrolledPicture key={arrival.id} arrival={arrival} />
        <div className="facts">
          <Person detail={detail} />
          <Done detail={detail} />
          <p className={`verdict verdict-${arrival.verdict ?? 'none'}`}>{t(verdictKey(arrival))}</p>
          <dl>
            {reasons.length > 0 && (
              <>
                <dt>{t('desk.card.why')}</dt>
                <dd><ul>{reasons.map((text) => <li key={text}>{text}</li>)}</ul></dd>
              </>
            )}
            {sureness && <><dt>{t('desk.card.sureness')}</dt><dd>{t(sureness)}</dd></>}
            {liveness && <><dt>{t('desk.card.liveness')}</dt><dd>{t(liveness)}</dd></>}
          </dl>
          <p className="hint caution">{(language === 'vi' ? detail?.caution : undefined) ?? t('desk.card.caution')}</p>
        </div>
      </div>
    </div>
  );
}

function Person({ detail }: { detail: ArrivalDetail | undefined }) {
  const { t } = useText();
  const person = detail?.person;
  if (!person) return null;
  const watch = person.list === 'watch';
  return (
    <div className={watch ? 'person person-watch' : 'person'}>
      <p className="hint">{t(watch ? 'desk.card.watch' : 'desk.card.onList')}</p>
      <p className="person-name personal">{person.name}</p>
      {person.unit !== null && person.unit !== undefined && <p className="personal">{person.unit}</p>}
    </div>
  );
}

/** Who decided what, and what the door did about it. */
function Done({ detail }: { detail: ArrivalDetail | undefined }) {
  const { t } = useText();
  if (!detail || detail.decisions.length + detail.acts.length === 0) return null;
  return (
    <div className="done">
      {detail.decisions.length > 0 && <h3>{t('desk.card.decided')}</h3>}
      {detail.decisions.map((decision) => {
        const [verdict, reason] = [decisionKey(decision.verdict), reasonKey(decision.reason ?? '')];
        return (
          <p key={decision.id}>
            <strong>{verdict ? t(verdict) : decision.verdict}</strong> – {decision.by}, {clockText(decision.at.utc)}
            {reason && <><br />{t(reason)}</>}
            {decision.note && <><br /><q>{decision.note}</q></>}
          </p>
        );
      })}
      {detail.acts.map((act) => {
        const outcome = outcomeKey(act.outcome);
        return (
          <p key={act.at.utc + act.outcome}>
            {t('desk.card.doorActs')}: {outcome ? t(outcome) : act.outcome}, {clockText(act.at.utc)}
            {act.simulated && ` (${t('desk.card.simulated')})`}
          </p>
        );
      })}
    </div>
  );
}
