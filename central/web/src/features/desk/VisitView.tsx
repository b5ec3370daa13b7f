// One visitor: the host with room and number large, what he said, and the guard's word. One key each while no field has the focus.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import { asApiError } from '../../api/error';
import type { RefusalReason, Visit } from '../../api/types';
import { type Hotkey, useHotkeys } from '../../app/keys';
import { type Key, useText } from '../../i18n';
import { desk } from '../../i18n/words/desk';
import { visits } from '../../i18n/words/visits';
import { clockText, hourText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { type Chosen, HostField } from './HostField';
import { admitNeedsReason, type Next, nextOf } from './visit';
import { reasonKey } from './wordsOf';

const ANSWERS = ['expected', 'not_expected', 'no_answer'] as const;
const REASONS = Object.keys(desk.refusal) as RefusalReason[];
type Asked = 'admit' | 'refuse' | 'leave' | 'host' | null;
type Step =
  | { is: 'call'; host: string | null }
  | { is: 'answer'; answer: (typeof ANSWERS)[number]; note: string | null }
  | { is: 'admit'; reason: string | null }
  | { is: 'refuse'; reason: RefusalReason; note: string | null }
  | { is: 'leave'; badge: boolean | null };

function take({ visit_id: id, revision }: Visit, step: Step): Promise<Visit> {
  const path = { id };
  switch (step.is) {
    case 'call':
      return api.call('post', '/api/v1/visits/{id}/call-host', { path, body: { revision, host_id: step.host } });
    case 'answer':
      return api.call('post', '/api/v1/visits/{id}/host-answer', { path, body: { revision, answer: step.answer, note: step.note } });
    case 'admit':
      return api.call('post', '/api/v1/visits/{id}/admit', { path, body: { revision, reason: step.reason } });
    case 'refuse':
      return api.call('post', '/api/v1/visits/{id}/refuse', { path, body: { revision, reason: step.reason, note: step.note } });
    case 'leave':
      return api.call('post', '/api/v1/visits/{id}/leave', { path, body: { revision, badge_returned: step.badge } });
  }
}

export function useVisitState(): (visit: Pick<Visit, 'state' | 'state_text'>) => string {
  const { t } = useText();
  return ({ state, state_text: text }) => (state in visits.state ? t(`visits.state.${state}` as Key) : text);
}

export function VisitView({ visit, done, readAgain }: { visit: Visit; done: (visit: Visit) => void; readAgain: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const stateOf = useVisitState();
  const [asked, setAsked] = useState<Asked>(null);
  const [note, setNote] = useState('');
  const taking = useMutation({
    mutationFn: (step: Step) => take(visit, step),
    onSuccess: (now) => {
      setAsked(null);
      setNote('');
      done(now);
    },
    onError: (error) => {
      if (asApiError(error).code === 'visit_changed') readAgain();
    },
    gcTime: 0,
  });
  const next = nextOf(visit);
  const may = (step: Next) => next.has(step) && !taking.isPending;
  const call = () => taking.mutate({ is: 'call', host: null });
  const admit = () => {
    if (admitNeedsReason(visit)) setAsked('admit');
    else taking.mutate({ is: 'admit', reason: null });
  };
  const leave = () => {
    if (!visit.badge) taking.mutate({ is: 'leave', badge: null });
    else setAsked('leave');
  };
  const answer = (which: (typeof ANSWERS)[number]) => taking.mutate({ is: 'answer', answer: which, note: note.trim() || null });
  const keys: Hotkey[] = asked !== null ? [] : [
    { code: 'KeyG', cap: 'G', does: 'visits.act.call', run: () => { if (may('call')) call(); } },
    ...ANSWERS.map((each, n): Hotkey => ({ code: `Digit${n + 1}`, cap: String(n + 1), does: `visits.answer.${each}`, run: () => { if (may('answer')) answer(each); } })),
    { code: 'KeyC', cap: 'C', does: 'visits.act.admit', run: () => { if (may('admit')) admit(); } },
    { code: 'KeyK', cap: 'K', does: 'visits.act.refuse', run: () => { if (may('refuse')) setAsked('refuse'); } },
    { code: 'KeyR', cap: 'R', does: 'visits.act.leave', run: () => { if (may('leave')) leave(); } },
  ];
  useHotkeys(keys, true);
  const host = visit.host;
  return (
    <div className="visit" data-visit={visit.state}>
      <div className="visit-head">
        <p className="person-name">{visit.visitor_name}</p>
        <p className={`visit-state visit-${visit.state}`}>{stateOf(visit)}</p>
      </div>
      <p>{[visit.organisation, visit.purpose, visit.badge ? `${t('visits.column.badge')} ${visit.badge}` : null].filter(Boolean).join(' · ')}<br /><span className="hint">{t('visits.arrived', { time: hourText(visit.arrived_at.utc) })} · {visit.registered_by}</span></p>
      {host ? (
        <dl className="host-card">
          <div><dt>{t('visits.field.host')}</dt><dd>{host.name}{host.department && <span className="hint"> {host.department}</span>}</dd></div>
          <div><dt>{t('visits.host.room')}</dt><dd className="host-large">{host.room ?? '–'}</dd></div>
          <div><dt>{t('visits.host.phone')}</dt><dd className="host-large">{host.phone ?? (!host.host_id ? <span className="hint">{t('visits.host.noPhone')}</span> : '–')}</dd></div>
        </dl>
      ) : <p className="hint">{t('visits.host.none')}</p>}
      {taking.isError && <Notice tone="bad" alert>{asApiError(taking.error).code === 'visit_changed' ? t('visits.changed') : say(taking.error)}</Notice>}
      {asked === null && (
        <>
          <div className="visit-acts">
            {next.has('call') && <Button keyHint="G" disabled={!may('call')} onClick={call}>{t(visit.called_at ? 'visits.act.callAgain' : 'visits.act.call')}</Button>}
            {!['admitted', 'refused', 'left'].includes(visit.state) && <Button onClick={() => setAsked('host')}>{t('visits.act.other')}</Button>}
            {next.has('answer') && ANSWERS.map((each, n) => <Button key={each} keyHint={String(n + 1)} aria-pressed={visit.answer === each} disabled={!may('answer')} onClick={() => answer(each)}>{t(`visits.answer.${each}`)}</Button>)}
          </div>
          {next.has('answer') && <Field label={t('visits.field.note')}>{(id) => <input id={id} name="answer-note" maxLength={300} autoComplete="off" value={note} onChange={(e) => setNote(e.target.value)} />}</Field>}
          <div className="visit-acts">
            {next.has('admit') && <Button look="good" keyHint="C" disabled={!may('admit')} onClick={admit}>{t('visits.act.admit')}</Button>}
            {next.has('refuse') && <Button look="bad" keyHint="K" disabled={!may('refuse')} onClick={() => setAsked('refuse')}>{t('visits.act.refuse')}</Button>}
            {next.has('leave') && <Button keyHint="R" disabled={!may('leave')} onClick={leave}>{t('visits.act.leave')}</Button>}
          </div>
          {visit.state === 'admitted' && <p className="hint">{t('visits.door')}</p>}
        </>
      )}
      {asked === 'admit' && <WithReason label={t('visits.field.admitReason')} act={t('visits.act.admit')} cancel={() => setAsked(null)} send={(reason) => taking.mutate({ is: 'admit', reason })} />}
      {asked === 'refuse' && <Refuse cancel={() => setAsked(null)} send={(reason, why) => taking.mutate({ is: 'refuse', reason, note: why })} />}
      {asked === 'leave' && <Leave cancel={() => setAsked(null)} send={(badge) => taking.mutate({ is: 'leave', badge })} />}
      {asked === 'host' && <OtherHost site={visit.site} cancel={() => setAsked(null)} send={(id) => taking.mutate({ is: 'call', host: id })} />}
      <Steps visit={visit} />
    </div>
  );
}

function WithReason({ label, act, cancel, send }: { label: string; act: string; cancel: () => void; send: (reason: string) => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(reason.trim());
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={label}>{(id) => <input id={id} name="visit-reason" autoFocus required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>
      <div className="dialog-actions"><Button onClick={cancel}>{t('shell.word.cancel')}</Button><Button look="good" type="submit">{act}</Button></div>
    </form>
  );
}

function Refuse({ cancel, send }: { cancel: () => void; send: (reason: RefusalReason, note: string | null) => void }) {
  const { t } = useText();
  const [other, setOther] = useState(false);
  const [note, setNote] = useState('');
  const pick = (reason: RefusalReason) => {
    if (reason === 'other') setOther(true);
    else send(reason, null);
  };
  useHotkeys(REASONS.map((reason, n): Hotkey => ({ code: `Digit${n + 1}`, cap: String(n + 1), does: `desk.refusal.${reason}`, run: () => pick(reason) })), true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send('other', note.trim());
  };
  return (
    <form className="form decide-reasons" onSubmit={submit}>
      <h3>{t('visits.act.refuse')}: {t('desk.act.chooseReason')}</h3>
      <div className="visit-acts">{REASONS.map((reason, n) => <Button key={reason} keyHint={String(n + 1)} aria-pressed={reason === 'other' ? other : undefined} onClick={() => pick(reason)}>{t(`desk.refusal.${reason}`)}</Button>)}</div>
      {other && <Field label={t('desk.note.needed')}>{(id) => <input id={id} name="refuse-note" autoFocus required maxLength={300} autoComplete="off" value={note} onChange={(e) => setNote(e.target.value)} />}</Field>}
      <div className="dialog-actions"><Button onClick={cancel}>{t('shell.word.cancel')}</Button>{other && <Button look="bad" type="submit">{t('visits.act.refuse')}</Button>}</div>
    </form>
  );
}

function Leave({ cancel, send }: { cancel: () => void; send: (badge: boolean) => void }) {
  const { t } = useText();
  const [back, setBack] = useState(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(back);
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="check"><input type="checkbox" name="badge-back" autoFocus checked={back} onChange={(e) => setBack(e.target.checked)} /> {t('visits.field.badgeBack')}</label>
      <div className="dialog-actions"><Button onClick={cancel}>{t('shell.word.cancel')}</Button><Button look="main" type="submit">{t('visits.act.leave')}</Button></div>
    </form>
  );
}

function OtherHost({ site, cancel, send }: { site: string; cancel: () => void; send: (host: string) => void }) {
  const { t } = useText();
  const [chosen, setChosen] = useState<Chosen>({ host: null, text: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.host?.host_id) send(chosen.host.host_id);
  };
  return (
    <form className="form" onSubmit={submit}>
      <HostField site={site} chosen={chosen} choose={setChosen} />
      <div className="dialog-actions"><Button onClick={cancel}>{t('shell.word.cancel')}</Button><Button look="main" type="submit" disabled={!chosen.host}>{t('visits.act.call')}</Button></div>
    </form>
  );
}

function Steps({ visit }: { visit: Visit }) {
  const { t } = useText();
  if (visit.steps.length === 0) return null;
  return (
    <ol className="visit-steps">
      {visit.steps.map((step) => {
        const reason = step.reason ? reasonKey(step.reason) : null;
        const what = step.step in visits.step ? t(`visits.step.${step.step}` as Key, { host: step.host_name ?? '' }) : step.step;
        const answered = step.step === 'host_answer' && step.state in visits.answer ? t(`visits.answer.${step.state}` as Key) : null;
        return (
          <li key={step.number}>
            <strong>{what}{answered !== null && `: ${answered}`}</strong> – {step.by}, {clockText(step.at.utc)}
            {step.reason && <><br />{reason ? t(reason) : step.reason}</>}
            {step.note && <><br /><q>{step.note}</q></>}
          </li>
        );
      })}
    </ol>
  );
}
