// Danh sách xe: plates that are looked out for, and plates with a permit. One officer proposes, another decides, any takes back; what
// is decided never changes, and everything ends by itself.
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Answer } from '../../api/client';
import type { ListEntry, ListKind } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { vehicles } from '../../i18n/words/vehicles';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useNow } from '../../ui/useNow';
import { type EntryStep, EntryStepDialog } from './EntryStepDialog';
import { KINDS, stateOf, withEntry } from './lists';
import { ProposeEntry } from './ProposeEntry';

type Opened = { is: 'propose' } | { is: EntryStep; of: ListEntry } | null;
type Page = Answer<'get', '/api/v1/plate-lists'>;
/** By which the centre can choose; an entry is over by the clock. */
const STATES = ['proposed', 'approved', 'refused', 'withdrawn'] as const;
type State = (typeof STATES)[number] | '';

export function Lists() {
  const { t } = useText();
  const now = useNow(30_000);
  const queries = useQueryClient();
  const [kind, setKind] = useState<ListKind>('wanted');
  const [state, setState] = useState<State>('');
  const [opened, setOpened] = useState<Opened>(null);
  const [sent, setSent] = useState<ListEntry | null>(null);
  const key = ['plate-lists', kind, state];
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/plate-lists', { query: { kind, state, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    gcTime: 0,
  });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const put = (entry: ListEntry) => queries.setQueryData<InfiniteData<Page, string | null>>(key, (was) => was && { ...was, pages: withEntry(was.pages, entry) });
  const choose = (next: { kind?: ListKind; state?: State }) => {
    setSent(null);
    if (next.kind !== undefined) setKind(next.kind);
    if (next.state !== undefined) setState(next.state);
  };
  return (
    <>
      <div className="list-head">
        <fieldset className="segments">
          <legend className="visually-hidden">{t('vehicles.lists.kindLabel')}</legend>
          {KINDS.map((each) => <button key={each} type="button" data-kind={each} aria-pressed={each === kind} onClick={() => choose({ kind: each })}>{t(`vehicles.lists.kind.${each}`)}</button>)}
        </fieldset>
        <Field label={t('vehicles.lists.state')}>
          {(id) => (
            <select id={id} name="list-state" value={state} onChange={(e) => choose({ state: STATES.find((each) => each === e.target.value) ?? '' })}>
              <option value="">{t('vehicles.lists.all')}</option>
              {STATES.map((each) => <option key={each} value={each}>{t(`vehicles.lists.is.${each}`)}</option>)}
            </select>
          )}
        </Field>
        <Button look="main" data-act="propose" onClick={() => setOpened({ is: 'propose' })}>{t('vehicles.lists.propose')}</Button>
      </div>
      <p className="hint">{t(`vehicles.lists.hint.${kind}`)}</p>
      {sent && <Notice tone="good">{t('vehicles.lists.sent', { plate: sent.plate })}</Notice>}
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && <Empty>{t(state === '' ? 'vehicles.lists.none' : 'vehicles.lists.noneSuch')}</Empty>}
      {all.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('vehicles.lists.plate')}</th><th>{t('vehicles.lists.sites')}</th><th>{t('vehicles.lists.why')}</th><th>{t('vehicles.lists.proposed')}</th><th>{t('vehicles.lists.state')}</th><th /></tr></thead>
            <tbody>{all.map((each) => <Row key={each.entry_id} of={each} now={now} take={(is) => setOpened({ is, of: each })} />)}</tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {opened?.is === 'propose' && <ProposeEntry kind={kind} onClose={() => setOpened(null)} done={(entry) => { setSent(entry); if (state === '' || state === 'proposed') put(entry); }} />}
      {opened !== null && opened.is !== 'propose' && <EntryStepDialog step={opened.is} of={opened.of} onClose={() => setOpened(null)} done={(entry) => { setSent(null); put(entry); }} changed={() => void query.refetch()} />}
    </>
  );
}

function Row({ of, now, take }: { of: ListEntry; now: number; take: (step: EntryStep) => void }) {
  const { t } = useText();
  const state = stateOf(of, now);
  const act = (step: EntryStep, look: 'main' | 'plain') => (
    <Button look={look} data-act={step} aria-label={`${t(`vehicles.lists.${step}`)}: ${of.plate}`} onClick={() => take(step)}>{t(`vehicles.lists.${step}`)}</Button>
  );
  return (
    <tr data-entry={state}>
      <td className="list-plate"><strong className="plate-text">{of.plate}</strong></td>
      <td className="list-place">{of.sites.map((site) => <div key={site}>{site}</div>)}</td>
      <td>{of.reason}<br /><span className="hint">{of.keeper}</span></td>
      <td className="list-place">{of.proposed_by}<br /><span className="hint">{momentText(of.proposed_at.utc)}</span></td>
      <td>
        <strong className={`list-${state}`}>{state in vehicles.lists.is ? t(`vehicles.lists.is.${state}` as Key) : of.state_text}</strong>
        <p className="hint">{t('vehicles.lists.until', { at: momentText(of.expires_at.utc) })}</p>
        {of.decided_by && <p className="hint">{t('vehicles.lists.decided', { by: of.decided_by, at: of.decided_at ? momentText(of.decided_at.utc) : '–' })}</p>}
        {of.decided_why && <q>{of.decided_why}</q>}
        {of.ended_by && <p className="hint">{t('vehicles.lists.ended', { by: of.ended_by, at: of.ended_at ? momentText(of.ended_at.utc) : '–' })}</p>}
        {of.ended_why && <q>{of.ended_why}</q>}
      </td>
      <td>
        <div className="grant-acts">
          {state === 'proposed' && of.may_approve && <>{act('approve', 'main')}{act('refuse', 'plain')}</>}
          {state === 'proposed' && !of.may_approve && <span className="hint">{t('vehicles.lists.second')}</span>}
          {(state === 'proposed' || state === 'approved') && act('withdraw', 'plain')}
        </div>
      </td>
    </tr>
  );
}
