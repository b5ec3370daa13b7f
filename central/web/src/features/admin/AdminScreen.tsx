// Quản trị: accounts for administrators; retention and what this program is for auditors too.
import { useState } from 'react';
import { useHere } from '../../app/session';
import { addWords, useText } from '../../i18n';
import { admin } from '../../i18n/words/admin';
import { About } from './About';
import './admin.css';
import { Retention } from './Retention';
import { Users } from './Users';

addWords('admin', admin);

const TABS = ['users', 'retention', 'about'] as const;
type Tab = (typeof TABS)[number];

export default function AdminScreen() {
  const { t } = useText();
  const { roles } = useHere();
  const mine = TABS.filter((tab) => tab !== 'users' || roles.includes('administrator'));
  const [chosen, setChosen] = useState<Tab | undefined>(mine[0]);
  return (
    <div className="page admin">
      <div className="page-head">
        <h1>{t('shell.nav.admin')}</h1>
        <fieldset className="segments">
          <legend className="visually-hidden">{t('admin.tab.label')}</legend>
          {mine.map((tab) => <button key={tab} type="button" data-tab={tab} aria-pressed={tab === chosen} onClick={() => setChosen(tab)}>{t(`admin.tab.${tab}`)}</button>)}
        </fieldset>
      </div>
      {chosen === 'users' && <Users />}
      {chosen === 'retention' && <Retention />}
      {chosen === 'about' && <About />}
    </div>
  );
}
