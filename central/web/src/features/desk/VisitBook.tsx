// Sổ khách: the visitors of one place and day, with a reason; and the whole day on paper. Both are on record.
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { api } from '../../api/client';
import type { Visit, VisitBook as Book } from '../../api/types';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { dayOf, dayText, hourText, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useVisitState } from './VisitView';
import { reasonKey } from './wordsOf';

interface Asked { site: string; day: string; text: string; reason: string; times: number }

export function VisitBook({ sites }: { sites: readonly string[] }) {
  const { t } = useText();
  const today = dayOf(api.now());
  const [form, setForm] = useState<Asked>({ site: sites[0] ?? '', day: today, text: '', reason: '', times: 0 });
  const [asked, setAsked] = useState<Asked | null>(null);
  const put = (part: Partial<Asked>) => setForm((was) => ({ ...was, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked((was) => ({ ...form, times: (was?.times ?? 0) + 1 }));
  };
  return (
    <>
      <form className="form off-paper" onSubmit={submit}>
        <div className="form-row">
          <Field label={t('shell.word.site')}>{(id) => <select id={id} value={form.site} onChange={(e) => put({ site: e.target.value })}>{sites.map((each) => <option key={each}>{each}</option>)}</select>}</Field>
          <DayField day={form.day} last={today} choose={(day) => put({ day })} />
          <div className="grow"><Field label={t('visits.field.text')}>{(id) => <input id={id} name="visit-text" maxLength={80} autoComplete="off" value={form.text} onChange={(e) => put({ text: e.target.value })} />}</Field></div>
        </div>
        <div className="form-row">
          <div className="grow"><Field label={t('shell.word.lookupReason')}>{(id) => <input id={id} name="book-reason" required minLength={5} maxLength={300} autoComplete="off" value={form.reason} onChange={(e) => put({ reason: e.target.value })} />}</Field></div>
          <Button look="main" type="submit">{t('shell.word.search')}</Button>
        </div>
      </form>
      {asked ? <Found key={asked.times} asked={asked} /> : <p className="hint">{t('visits.book.start')}</p>}
    </>
  );
}

function Found({ asked }: { asked: Asked }) {
  const { t } = useText();
  const say = useErrorText();
  const sought = { site: asked.site, day: asked.day, text: asked.text.trim() || null, reason: asked.reason.trim() };
  const query = useInfiniteQuery({
    queryKey: ['visit book', asked],
    queryFn: ({ pageParam, signal }) => api.call('post', '/api/v1/visits/search', { body: { ...sought, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
    staleTime: Infinity,
  });
  const printing = useMutation({ mutationFn: () => api.call('post', '/api/v1/visits/print', { body: sought }), gcTime: 0 });
  const book = printing.data;
  useEffect(() => {
    if (book) window.print();
  }, [book]);
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty>{t('visits.book.none')}</Empty>;
  return (
    <>
      {printing.isError && <Notice tone="bad" alert>{say(printing.error)}</Notice>}
      <div className="off-paper form">
        <Table rows={rows} />
        <div className="form-row">
          <Button disabled={printing.isPending} onClick={() => printing.mutate()}>{t('visits.act.print')}</Button>
          {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
          {book && <span className="hint" role="status">{t('visits.book.printed', { count: numberText(book.total) })}</span>}
        </div>
      </div>
      {book && <Paper book={book} />}
    </>
  );
}

/** The whole day, whatever page stands on the screen. */
function Paper({ book }: { book: Book }) {
  const { t } = useText();
  return (
    <div className="on-paper">
      <p>{t('visits.book.paper', { site: book.site, day: dayText(book.day), count: numberText(book.total), time: momentText(book.printed_at.utc), user: book.printed_by })}</p>
      <Table rows={book.items} />
    </div>
  );
}

function Table({ rows }: { rows: readonly Visit[] }) {
  const { t } = useText();
  const stateOf = useVisitState();
  return (
    <table className="table visit-table">
      <thead>
        <tr><th>{t('visits.column.arrived')}</th><th>{t('visits.column.visitor')}</th><th>{t('visits.column.host')}</th><th>{t('visits.column.purpose')}</th><th>{t('visits.column.badge')}</th><th>{t('visits.column.in')}</th><th>{t('visits.column.out')}</th><th>{t('visits.column.result')}</th></tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const refused = row.refusal_reason ? reasonKey(row.refusal_reason) : null;
          return (
            <tr key={row.visit_id}>
              <td>{hourText(row.arrived_at.utc)}</td>
              <td><strong>{row.visitor_name}</strong>{row.organisation && <><br /><span className="hint">{row.organisation}</span></>}</td>
              <td>{row.host?.name}{row.host?.department && <><br /><span className="hint">{row.host.department}</span></>}</td>
              <td>{row.purpose}</td>
              <td>{row.badge}</td>
              <td>{row.admitted_at && hourText(row.admitted_at.utc)}</td>
              <td>{row.left_at && hourText(row.left_at.utc)}</td>
              <td>{stateOf(row)}{refused && <><br /><span className="hint">{t(refused)}</span></>}{row.decided_by && <><br /><span className="hint">{row.decided_by}</span></>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
