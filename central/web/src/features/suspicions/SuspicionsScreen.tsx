// Duyệt nghi vấn: what waits for an officer, what was decided, and a leader's page.
import { lazy, Suspense, useState } from 'react';
import { useHere } from '../../app/session';
import { addWords, useText } from '../../i18n';
import { suspicions } from '../../i18n/words/suspicions';
import { Loading } from '../../ui/States';
import { DecidedCases } from './DecidedCases';
import { PendingCases } from './PendingCases';

addWords('suspicions', suspicions);

const LeaderPage = lazy(() => import('./LeaderPage'));
const TABS = ['pending', 'decided', 'leader'] as const;
type Tab = (typeof TABS)[number];

export default function SuspicionsScreen() {
  const { t } = useText();
  const leads = useHere().roles.includes('traffic_leader');
  // Whoever leads is not handed a case by looking at the page.
  const [tab, setTab] = useState<Tab>(leads ? 'leader' : 'pending');
  const tabs = (
    <fieldset className="segments">
      <legend className="visually-hidden">{t('suspicions.tab.label')}</legend>
      {TABS.filter((each) => leads || each !== 'leader').map((each) => (
        <button key={each} type="button" aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`suspicions.tab.${each}`)}</button>
      ))}
    </fieldset>
  );
  if (tab === 'pending') return <PendingCases tabs={tabs} />;
  if (tab === 'decided') return <DecidedCases tabs={tabs} />;
  return <Suspense fallback={<Loading />}><LeaderPage tabs={tabs} /></Suspense>;
}
