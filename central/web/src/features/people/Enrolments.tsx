// Enrolments by state, and the steps a registrar may take. Who proposed does not approve: the service holds that, the
// screen only says it.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { api } from '../../api/client';
import type { Enrolment } from '../../api/types';
import { useText } from '../../i18n';
import { byGivenName, matches } from '../../text/search';
import { dayText, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading } from '../../ui/States';
import './people.css';
import { ProposeDialog } from './ProposeDialog';
import { CertificateDialog, type Step, StepDialog } from './StepDialog';

const ImportDialog = lazy(() => import('./ImportDialog'));

const STATES = ['proposed', 'approved', 'rejected', 'withdrawn', 'expired'] as const;
type State = (typeof STATES)[number];
type Opened = { is: 'propose' | 'import' } | { is: 'certificate'; of: Enrolment } | { is: 'step'; step: Step; of: Enrolment } | null;

export function Enrolments({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const queries = useQueryClient();
  const [state, setState] = useState<State>('proposed');
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<Opened>(null);
  const query = useInfiniteQuery({
    queryKey: ['people', state],
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/people', { query: { state, after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = all.filter((each) => matches(`${each.name ?? ''} ${each.unit ?? ''} ${each.gates.join(' ')}`, typed)).sort((a, b) => byGivenName(a.name ?? '', b.name ?? ''));
  const done = () => void queries.invalidateQueries({ queryKey: ['people'] });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('people.title')}</h1>
        {tabs}
        <input aria-label={t('people.filter')} placeholder={t('people.filter')} value={typed} onChange={(e) => setTyped(e.target.value)} />
        <Button onClick={() => setOpened({ is: 'import' })}>{t('people.act.import')}</Button>
        <Button look="main" onClick={() => setOpened({ is: 'propose' })}>{t('people.act.propose')}</Button>
      </div>
      <fieldset className="segments">
        <legend className="visually-hidden">{t('people.state.label')}</legend>
        {STATES.map((each) => <button key={each} type="button" aria-pressed={each === state} onClick={() => setState(each)}>{t(`people.state.${each}`)}</button>)}
      </fieldset>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && <Empty>{t('people.none')}</Empty>}
      {all.length > 0 && shown.length === 0 && <Empty>{t('people.nobody')}</Empty>}
      {shown.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th>{t('people.column.name')}</th><th>{t('people.column.gates')}</th><th>{t('people.column.valid')}</th>
                <th>{t('people.column.basis')}</th><th>{t('people.column.proposed')}</th><th />
              </tr>
            </thead>
            <tbody>{shown.map((each) => <Row key={each.id} of={each} open={setOpened} />)}</tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {opened?.is === 'propose' && <ProposeDialog onClose={() => setOpened(null)} done={done} />}
      {opened?.is === 'import' && <Suspense><ImportDialog onClose={() => setOpened(null)} done={done} /></Suspense>}
      {opened?.is === 'step' && <StepDialog step={opened.step} of={opened.of} onClose={() => setOpened(null)} done={done} />}
      {opened?.is === 'certificate' && <CertificateDialog of={opened.of} onClose={() => setOpened(null)} />}
    </div>
  );
}

function Row({ of, open }: { of: Enrolment; open: (opened: Opened) => void }) {
  const { t } = useText();
  const step = (name: Step) => <Button key={name} onClick={() => open({ is: 'step', step: name, of })}>{t(`people.act.${name}`)}</Button>;
  return (
    <tr>
      <td><strong>{of.name ?? t('people.deleted')}</strong><br /><span className="hint">{of.unit}</span></td>
      <td>{of.gates.map((gate) => <div key={gate}>{gate}</div>)}</td>
      <td>{momentText(of.valid_from.utc)}<br />{momentText(of.valid_to.utc)}</td>
      <td>{of.basis}{of.consent_on && <><br /><span className="hint">{t('people.consent', { day: dayText(of.consent_on) })}</span></>}</td>
      <td>{of.proposed_by}<br /><span className="hint">{momentText(of.proposed_at.utc)}</span></td>
      <td>
        <div className="steps">
        {of.state === 'proposed' && (of.may_approve ? [step('approve'), step('reject')] : <span className="hint">{t('people.act.secondNeeded')}</span>)}
        {of.state === 'approved' && [step('pass'), step('withdraw')]}
        {of.state === 'withdrawn' && <Button onClick={() => open({ is: 'certificate', of })}>{t('people.act.certificate')}</Button>}
        </div>
      </td>
    </tr>
  );
}
