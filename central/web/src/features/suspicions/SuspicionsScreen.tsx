// Duyệt nghi vấn: what waits for an officer, and what was decided.
import { useState } from 'react';
import { useText } from '../../i18n';
import { DecidedCases } from './DecidedCases';
import { PendingCases } from './PendingCases';

const TABS = ['pending', 'decided'] as const;

export default function SuspicionsScreen() {
  const { t } = useText();
  const [tab, setTab] = useState<(typeof TABS)[number]>('pending');
  const tabs = (
    <fieldset className="segments">
      <legend className="visually-hidden">{t('suspicions.tab.label')}</legend>
      {TABS.map((each) => <button key={each} type="button" aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`suspicions.tab.${each}`)}</button>)}
    </fieldset>
  );
  return tab === 'pending' ? <PendingCases tabs={tabs} /> : <DecidedCases tabs={tabs} />;
}
