// Sổ ra vào: one place, one day, with a reason that stands in the audit log. Never a name: who somebody was is not searched.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Arrival, Gate } from '../../api/types';
import { useHere } from '../../app/session';
import { useText } from '../../i18n';
import { clockText, dayOf, dayText, momentText, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading } from '../../ui/States';
import { useReasons, verdictKey } from './wordsOf';

interface Asked {
  site: string;
  day: string;
  gate: string;
  verdict: string;
  reason: string;
  /** Asked again is another look-up. */
  times: number;
}

export function AccessLog({ gates, onClose }: { gates: readonly Gate[]; onClose: () => void }) {
  const { t } = useText();
  const sites = [...new Set(gates.map((gate) => gate.site))];
  const [form, setForm] = useState<Asked>({ site: sites[0] ?? '', day: dayOf(api.now()), gate: '', verdict: '', reason: '', times: 0 });
  const [asked, setAsked] = useState<Asked | null>(null);
  const put = (part: Partial<Asked>) => setForm((was) => ({ ...was, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked((was) => ({ ...form, times: (was?.times ?? 0) + 1 }));
  };
  const here = gates.filter((gate) => gate.site === form.site);
  return (
    <Dialog title={t('desk.act.log')} onClose={onClose} wide>
      <form className="form off-paper" onSubmit={submit}>
        <div className="form-row">
          <Field label={t('shell.word.site')}>
            {(id) => <select id={id} value={form.site} onChange={(e) => put({ site: e.target.value, gate: '' })}>{sites.map((s) => <option key={s}>{s}</option>)}</select>}
          </Field>
          <DayField day={form.day} choose={(day) => put({ day })} />
          <Field label={t('shell.word.gate')}>
            {(id) => (
              <select id={id} value={form.gate} onChange={(e) => put({ gate: e.target.value })}>
                <option value="">{t('desk.log.any')}</option>
                {[...new Map(here.map((gate) => [gate.gate, gate.title]))].map(([name, title]) => <option key={name} value={name}>{title}</option>)}
              </select>
            )}
          </Field>
          <Field label={t('desk.log.verdict')}>
            {(id) => (
              <select id={id} value={form.verdict} onChange={(e) => put({ verdict: e.target.value })}>
                <option value="">{t('desk.log.any')}</option>
                <option value="admit">{t('desk.verdict.admit')}</option>
                <option value="verify">{t('desk.verdict.verify')}</option>
              </select>
            )}
          </Field>
        </div>
        <div className="form-row">
          <div className="grow">
            <Field label={t('shell.word.lookupReason')}>
              {(id) => <input id={id} required minLength={5} maxLength={300} value={form.reason} onChange={(e) => put({ reason: e.target.value })} />}
            </Field>
          </div>
          <Button look="main" type="submit">{t('shell.word.search')}</Button>
        </div>
      </form>
      {asked ? <Found asked={asked} /> : <p className="hint">{t('desk.log.start')}</p>}
    </Dialog>
  );
}

function Found({ asked }: { asked: Asked }) {
  const { t } = useText();
  const { user } = useHere();
  const query = useInfiniteQuery({
    queryKey: ['access log', asked],
    queryFn: ({ pageParam, signal }) => {
      const { site, gate, verdict, reason } = asked;
      const within = windowOf(asked.day) ?? { from: '', to: '' };
      const body = { site, ...within, reason, gate: gate || null, verdict: verdict || null, cursor: pageParam, limit: 100 };
      return api.call('post', '/api/v1/arrivals/search', { body, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty>{t('desk.log.none')}</Empty>;
  return (
    <>
      <p className="on-paper">{t('desk.log.paper', { site: asked.site, day: dayText(asked.day), user, time: momentText(api.now()) })}</p>
      <table className="table">
        <thead>
          <tr><th>{t('shell.word.time')}</th><th>{t('shell.word.gate')}</th><th>{t('desk.log.verdict')}</th><th>{t('desk.log.reasons')}</th></tr>
        </thead>
        <tbody>{rows.map((row) => <Line key={row.id} row={row} />)}</tbody>
      </table>
      <div className="form-row off-paper">
        <Button onClick={() => window.print()}>{t('desk.log.print')}</Button>
        {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      </div>
    </>
  );
}

function Line({ row }: { row: Arrival }) {
  const { t } = useText();
  const reasons = useReasons()(row);
  return (
    <tr>
      <td>{clockText(row.first_seen.utc)}<br /><span className="hint">{t('desk.log.until', { time: clockText(row.last_seen.utc) })}</span></td>
      <td>{row.gate}<br /><span className="hint">{row.camera}</span></td>
      <td>
        {t(verdictKey(row))}
        {row.named && <><br /><span className="hint">{t('desk.log.named')}</span></>}
        {row.tailgaters > 0 && <><br />{t('desk.alert.tailgating', { count: row.tailgaters })}</>}
        {row.alarm && <><br /><strong>{t('desk.alert.alarm')}</strong></>}
      </td>
      <td>{reasons.join('; ')}</td>
    </tr>
  );
}
