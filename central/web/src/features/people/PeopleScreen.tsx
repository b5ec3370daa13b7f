// Người: who is let in by face, whom the desk has to know of, whom it may call for a visitor.
import { useState } from 'react';
import { addWords, useText } from '../../i18n';
import { people } from '../../i18n/words/people';
import { Enrolments } from './Enrolments';
import { HostList } from './HostList';
import { WatchList } from './WatchList';

addWords('people', people);

const TABS = ['enrolments', 'watch', 'hosts'] as const;

export default function PeopleScreen() {
  const { t } = useText();
  const [tab, setTab] = useState<(typeof TABS)[number]>('enrolments');
  const tabs = (
    <fieldset className="segments">
      <legend className="visually-hidden">{t('people.tab.label')}</legend>
      {TABS.map((each) => <button key={each} type="button" data-tab={each} aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`people.tab.${each}`)}</button>)}
    </fieldset>
  );
  switch (tab) {
    case 'enrolments':
      return <Enrolments tabs={tabs} />;
    case 'watch':
      return <WatchList tabs={tabs} />;
    case 'hosts':
      return <HostList tabs={tabs} />;
  }
}
