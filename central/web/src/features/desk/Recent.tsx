// What was decided by whom, on this desk or another, as it happens. It lives on this page only: what was before stands in the
// access log.
import { useState } from 'react';
import type { Gate } from '../../api/types';
import { useLiveEvents } from '../../app/live';
import { useText } from '../../i18n';
import { clockText } from '../../text/time';
import { type Recorded, recordedIn, withRecorded } from './recorded';
import { decisionKey } from './wordsOf';

export function Recent({ gates }: { gates: readonly Gate[] }) {
  const { t } = useText();
  const [said, setSaid] = useState<readonly Recorded[]>([]);
  useLiveEvents(['decision'], (event) => {
    const recorded = recordedIn(event.data);
    if (recorded) setSaid((was) => withRecorded(was, recorded));
  });
  if (said.length === 0) return null;
  return (
    <section className="recent" aria-label={t('desk.recent.title')}>
      <h2>{t('desk.recent.title')}</h2>
      <ul aria-live="polite">
        {said.map((each) => {
          const verdict = decisionKey(each.decided);
          const gate = gates.find((of) => of.site === each.site && of.node === each.node && of.gate === each.gate);
          return (
            <li key={`${each.at} ${each.passage_id ?? ''} ${each.decided} ${each.by}`}>
              <strong>{verdict ? t(verdict) : each.decided}</strong> – {each.by}, {clockText(each.at)}
              {gates.length > 1 && <><br /><span className="hint">{gate?.title ?? each.gate}</span></>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
