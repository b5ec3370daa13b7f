// Giấy phép tra cứu: leave to look for one case's vehicle at several places. One officer asks, another decides, and it ends by
// itself. Only the two of them may search under it.
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Grant } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { vehicles } from '../../i18n/words/vehicles';
import { dayText, dayOf, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useNow } from '../../ui/useNow';
import { leftOf } from './grant';

type Step = 'approve' | 'refuse' | 'withdraw';
const HOW_LONG = [1, 2, 3, 4, 5, 6, 7] as const;

export function Grants({ search }: { search: (grant: Grant) => void }) {
  const { t } = useText();
  const now = useNow(30_000);
  const [step, setStep] = useState<{ is: Step; of: Grant } | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['grants'],
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/grants', { query: { cursor: pageParam, state: null }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="hint">{t('vehicles.grant.hint')}</p>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && <Empty>{t('vehicles.grant.none')}</Empty>}
      {all.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('vehicles.grant.case')}</th><th>{t('vehicles.grant.window')}</th><th>{t('shell.word.reason')}</th><th>{t('vehicles.grant.asked')}</th><th>{t('vehicles.grant.state')}</th><th /></tr></thead>
            <tbody>{all.map((each) => <Row key={each.grant_id} of={each} now={now} take={(is) => setStep({ is, of: each })} search={() => search(each)} />)}</tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {step && <StepDialog step={step.is} of={step.of} onClose={() => setStep(null)} done={() => void query.refetch()} />}
    </>
  );
}

interface RowProps {
  of: Grant;
  now: number;
  take: (step: Step) => void;
  search: () => void;
}

function Row({ of, now, take, search }: RowProps) {
  const { t } = useText();
  const left = leftOf(of, now);
  const state = left !== null && left.over ? 'expired' : of.state;
  const why = of.withdrawn_why ?? of.decided_why;
  return (
    <tr data-grant={state}>
      <td className="grant-case"><strong>{of.case_number}</strong><br /><span className="plate-text">{of.plate ?? t('vehicles.grant.noPlate')}</span></td>
      <td>{dayText(dayOf(Date.parse(of.from.utc)))} – {dayText(dayOf(Date.parse(of.to.utc) - 1))}<br /><span className="hint">{of.sites.join(', ')}</span></td>
      <td>{of.reason}</td>
      <td>{of.asked_by}<br /><span className="hint">{momentText(of.asked_at.utc)}</span></td>
      <td>
        <strong className={`grant-${state}`}>{state in vehicles.grant.is ? t(`vehicles.grant.is.${state}` as Key) : of.state_text}</strong>
        {left !== null && !left.over && state === 'granted' && <p>{left.days > 0 ? t('vehicles.grant.leftDays', { days: left.days, hours: left.hours }) : t('vehicles.grant.leftHours', { hours: left.hours, minutes: left.minutes })}</p>}
        {of.expires_at && <p className="hint">{t('vehicles.grant.until', { at: momentText(of.expires_at.utc) })}</p>}
        {of.decided_by && <p className="hint">{t('vehicles.grant.decided', { by: of.decided_by })}</p>}
        {of.withdrawn_by && <p className="hint">{t('vehicles.grant.withdrawn', { by: of.withdrawn_by })}</p>}
        {why && <q>{why}</q>}
      </td>
      <td>
        <div className="grant-acts">
          {of.state === 'asked' && of.may_approve && <><Button look="main" onClick={() => take('approve')}>{t('vehicles.grant.approve')}</Button><Button onClick={() => take('refuse')}>{t('vehicles.grant.refuse')}</Button></>}
          {of.state === 'asked' && !of.may_approve && <span className="hint">{t('vehicles.grant.second')}</span>}
          {state === 'granted' && of.may_use && <Button look="main" data-act="search-grant" onClick={search}>{t('vehicles.grant.search')}</Button>}
          {(of.state === 'asked' || state === 'granted') && <Button onClick={() => take('withdraw')}>{t('vehicles.grant.withdraw')}</Button>}
        </div>
      </td>
    </tr>
  );
}

function StepDialog({ step, of, onClose, done }: { step: Step; of: Grant; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<number>(3);
  const taking = useMutation({
    mutationFn: () => {
      const path = { id: of.grant_id };
      switch (step) {
        case 'approve':
          return api.call('post', '/api/v1/grants/{id}/approve', { path, body: { days } });
        case 'refuse':
          return api.call('post', '/api/v1/grants/{id}/refuse', { path, body: { reason: reason.trim() } });
        case 'withdraw':
          return api.call('post', '/api/v1/grants/{id}/withdraw', { path, body: { reason: reason.trim() } });
      }
    },
    onSuccess: () => {
      done();
      onClose();
    },
    onError: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    taking.mutate();
  };
  return (
    <Dialog title={`${t(`vehicles.grant.${step}`)}: ${of.case_number}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{t('vehicles.grant.asks', { by: of.asked_by, reason: of.reason, sites: of.sites.join(', '), from: dayText(dayOf(Date.parse(of.from.utc))), to: dayText(dayOf(Date.parse(of.to.utc) - 1)) })}</p>
        {step === 'approve' ? (
          <Field label={t('vehicles.grant.days')} hint={t('vehicles.grant.daysHint')}>
            {(id) => <select id={id} name="grant-days" value={days} onChange={(e) => setDays(Number(e.target.value))}>{HOW_LONG.map((each) => <option key={each} value={each}>{t('vehicles.grant.forDays', { days: each })}</option>)}</select>}
          </Field>
        ) : (
          <Field label={t('vehicles.grant.why')}>{(id) => <input id={id} name="grant-why" autoFocus required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>
        )}
        {taking.isError && <Notice tone="bad" alert>{say(taking.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look={step === 'approve' ? 'main' : 'bad'} type="submit" disabled={taking.isPending}>{t(`vehicles.grant.${step}`)}</Button>
        </div>
      </form>
    </Dialog>
  );
}
