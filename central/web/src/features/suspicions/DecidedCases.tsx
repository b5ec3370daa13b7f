// What was decided, one place and one day at a time like any look-up of vehicles; and the note that a notice went out, from
// which the clock of twenty days runs.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Suspicion } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { suspicions } from '../../i18n/words/suspicions';
import { dayOf, momentText, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Field } from '../../ui/Field';
import { SiteField, useSites } from '../../ui/SiteField';
import { Empty, Failed, Loading } from '../../ui/States';
import { useVehicleWords } from '../../ui/vehicleWords';
import { useDeadlineText } from './deadline';
import { GrantDialog } from './GrantDialog';
import { NoticeDialog } from './NoticeDialog';

const STATES = ['confirmed', 'rejected', 'withdrawn', 'time_barred'] as const;
type State = (typeof STATES)[number];

interface Asked {
  site: string;
  day: string;
  state: State;
  /** Asked again is another look-up. */
  times: number;
}

export function DecidedCases({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const sites = useSites();
  const today = dayOf(api.now());
  const [form, setForm] = useState<{ site: string; day: string; state: State }>({ site: '', day: today, state: 'confirmed' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const site = form.site || (sites.data?.[0] ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked((was) => ({ ...form, site, times: (was?.times ?? 0) + 1 }));
  };
  if (sites.isPending) return <Loading />;
  if (sites.isError) return <Failed error={sites.error} retry={() => void sites.refetch()} />;
  return (
    <div className="page">
      <div className="page-head"><h1>{t('suspicions.decided.title')}</h1>{tabs}</div>
      <form className="form-row" onSubmit={submit}>
        <SiteField sites={sites.data} site={site} choose={(next) => setForm({ ...form, site: next })} />
        <DayField day={form.day} last={today} choose={(day) => setForm({ ...form, day })} />
        <Field label={t('suspicions.decided.state')}>
          {(id) => (
            <select id={id} value={form.state} onChange={(e) => setForm({ ...form, state: STATES.find((each) => each === e.target.value) ?? 'confirmed' })}>
              {STATES.map((each) => <option key={each} value={each}>{t(`suspicions.decided.${each}`)}</option>)}
            </select>
          )}
        </Field>
        <Button look="main" type="submit" disabled={site === ''}>{t('shell.word.search')}</Button>
      </form>
      {asked ? <Found asked={asked} /> : <Empty>{t('suspicions.decided.start')}</Empty>}
    </div>
  );
}

function Found({ asked }: { asked: Asked }) {
  const { t } = useText();
  const [noting, setNoting] = useState<Suspicion | null>(null);
  const [granting, setGranting] = useState<Suspicion | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['decided', asked],
    queryFn: ({ pageParam, signal }) => {
      const within = windowOf(asked.day) ?? { from: '', to: '' };
      return api.call('get', '/api/v1/suspicions', { query: { state: asked.state, site: asked.site, ...within, limit: 100, cursor: pageParam }, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
    staleTime: Infinity,
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty>{t('suspicions.decided.none')}</Empty>;
  return (
    <>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr>
              <th>{t('suspicions.decided.number')}</th><th>{t('suspicions.case.plate')}</th><th>{t('suspicions.decided.behaviour')}</th>
              <th>{t('suspicions.case.at')}</th><th>{t('suspicions.decided.by')}</th><th>{t('suspicions.case.deadlines')}</th><th>{t('suspicions.decided.notice')}</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <Row key={row.id} row={row} note={setNoting} grant={setGranting} />)}</tbody>
        </table>
      </div>
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {granting && <GrantDialog of={granting} onClose={() => setGranting(null)} />}
      {noting && <NoticeDialog of={noting} onClose={() => setNoting(null)} done={() => void query.refetch()} />}
    </>
  );
}

function Row({ row, note, grant }: { row: Suspicion; note: (row: Suspicion) => void; grant: (row: Suspicion) => void }) {
  const { t, language } = useText();
  const word = useVehicleWords();
  const say = useDeadlineText();
  const { decision } = row;
  const reason = decision?.reason ? (language === 'vi' && decision.reason_text ? decision.reason_text : decision.reason in suspicions.reason ? t(`suspicions.reason.${decision.reason}` as Key) : decision.reason) : null;
  return (
    <tr>
      <td>{row.number}<br /><span className="hint">{row.site} / {row.camera}</span></td>
      <td><strong>{row.plate ?? t('suspicions.queue.noPlate')}</strong></td>
      <td>{word('behaviour', row.violation)}</td>
      <td>{momentText(row.occurred_at.utc)}</td>
      <td>
        {decision?.by}{decision && <><br /><span className="hint">{momentText(decision.at.utc)}</span></>}
        {reason !== null && <><br />{reason}</>}
        {decision && decision.checked.length > 0 && <details><summary>{t('suspicions.decided.checked')}</summary>{decision.checked.map((each) => <div key={each} className="hint">{each}</div>)}</details>}
        {decision?.note && <><br /><q>{decision.note}</q></>}
      </td>
      <td>{row.deadlines.map((each) => <div key={each.kind} className={`deadline deadline-${each.urgency}`}>{say(each)}</div>)}</td>
      <td>
        {row.notice_sent_at && t('suspicions.decided.noticeSent', { at: momentText(row.notice_sent_at.utc) })}
        {row.state === 'confirmed' && !row.notice_sent_at && <Button onClick={() => note(row)}>{t('suspicions.decided.sendNotice')}</Button>}
        {row.state === 'confirmed' && row.plate && <Button onClick={() => grant(row)}>{t('suspicions.grant.open')}</Button>}
      </td>
    </tr>
  );
}
