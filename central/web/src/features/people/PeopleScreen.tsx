// Người: who is let in by face, and whom the desk has to know of.
import { useState } from 'react';
import { addWords, useText } from '../../i18n';
import { people } from '../../i18n/words/people';
import { Enrolments } from './Enrolments';
import { WatchList } from './WatchList';

addWords('people', people);

const TABS = ['enrolments', 'watch'] as const;

export default function PeopleScreen() {
  const { t } = useText();
  const [tab, setTab] = useState<(typeof TABS)[number]>('enrolments');
  const tabs = (
    <fieldset className="segments">
      <legend className="visually-hidden">{t('people.tab.label')}</legend>
      {TABS.map((each) => <button key={each} type="button" aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`people.tab.${each}`)}</button>)}
    </fieldset>
  );
  return tab === 'enrolments' ? <Enrolments tabs={tabs} /> : <WatchList tabs={tabs} />;
}
