// The tourism office's pages: figures of one place by day, week, month, year and holiday; the month that is filed; what figures
// are measured by. What is seldom needed is loaded when it is opened.
import { lazy, Suspense, useState } from 'react';
import { api } from '../../api/client';
import { useText } from '../../i18n';
import { dayOf } from '../../text/time';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading } from '../../ui/States';
import { type Kind, KINDS } from './period';
import { PeriodView } from './PeriodView';
import { usePlaces } from './useOffice';

const ReportView = lazy(() => import('./ReportView'));
const Setup = lazy(() => import('./Setup'));
const TABS = [...KINDS, 'report', 'setup'] as const;
type Tab = (typeof TABS)[number];
const isKind = (tab: Tab): tab is Kind => tab !== 'report' && tab !== 'setup';

export default function Office() {
  const { t } = useText();
  const places = usePlaces();
  const [tab, setTab] = useState<Tab>('day');
  const [chosen, setChosen] = useState<string | null>(null);
  const [at, setAt] = useState(dayOf(api.now()));
  if (places.isPending) return <Loading />;
  if (places.isError) return <Failed error={places.error} retry={() => void places.refetch()} />;
  const place = places.data.items.find((each) => each.site === chosen) ?? places.data.items[0];
  return (
    <div className="page office">
      <div className="page-head">
        <h1>{t('visitors.title')}</h1>
        {isKind(tab) && place && (
          <Field label={t('visitors.place')}>
            {(id) => (
              <select id={id} name="place" value={place.site} onChange={(e) => setChosen(e.target.value)}>
                {places.data.items.map((each) => <option key={each.site} value={each.site}>{each.title}</option>)}
              </select>
            )}
          </Field>
        )}
        <fieldset className="segments no-print">
          <legend className="visually-hidden">{t('visitors.tab.label')}</legend>
          {TABS.map((each) => <button key={each} type="button" data-tab={each} aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`visitors.tab.${each}`)}</button>)}
        </fieldset>
      </div>
      {isKind(tab) && !place && <Empty>{t('visitors.noSites')}</Empty>}
      {isKind(tab) && place && <PeriodView key={place.site} place={place} kind={tab} at={at} choose={setAt} setUp={() => setTab('setup')} />}
      {!isKind(tab) && (
        <Suspense fallback={<Loading />}>
          {tab === 'report' ? <ReportView /> : <Setup places={places.data.items} />}
        </Suspense>
      )}
    </div>
  );
}
