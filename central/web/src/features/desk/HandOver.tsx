// Bàn giao ca: the next guard signs in on the running screen; the guard before is signed out in the same breath.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Handover } from '../../api/types';
import { useHere, useSession } from '../../app/session';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { useErrorText } from '../../ui/errorText';
import { Field } from '../../ui/Field';
import { Failed, Loading, Notice } from '../../ui/States';

/** A note is for the shift after it. */
const NOTE_LASTS_MS = 12 * 3_600_000;

function useHandovers() {
  return useQuery({ queryKey: ['handovers'], queryFn: ({ signal }) => api.call('get', '/api/v1/handovers', { signal }), staleTime: Infinity });
}

export function HandOverDialog({ waiting, onClose }: { waiting: number; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const { takeOver } = useSession();
  const [form, setForm] = useState({ user: '', password: '', note: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const put = (part: Partial<typeof form>) => setForm((was) => ({ ...was, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { user: form.user, password: form.password, note: form.note.trim() || null };
    put({ password: '' });
    setBusy(true);
    // Taking over draws the desk anew, and with it this dialog goes.
    api.call('post', '/api/v1/session/hand-over', { body }).then(takeOver, (cause: unknown) => {
      setError(cause);
      setBusy(false);
    });
  };
  return (
    <Dialog title={t('desk.act.handOver')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{t('desk.shift.waiting', { count: waiting })}</p>
        {error !== null && <Notice tone="bad" alert>{say(error)}</Notice>}
        <Field label={t('desk.shift.note')}>
          {(id) => <textarea id={id} name="note" maxLength={500} value={form.note} onChange={(e) => put({ note: e.target.value })} />}
        </Field>
        <Field label={t('desk.shift.user')}>
          {(id) => <input id={id} name="user" autoComplete="off" autoCapitalize="none" spellCheck={false} required value={form.user} onChange={(e) => put({ user: e.target.value })} />}
        </Field>
        <Field label={t('desk.shift.password')}>
          {(id) => <input id={id} name="password" type="password" autoComplete="off" required value={form.password} onChange={(e) => put({ password: e.target.value })} />}
        </Field>
        <Button look="main" type="submit" disabled={busy}>{t('desk.shift.submit')}</Button>
      </form>
      <Before />
    </Dialog>
  );
}

function Before() {
  const { t } = useText();
  const query = useHandovers();
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const { items } = query.data;
  return (
    <section>
      <h2>{t('desk.shift.before')}</h2>
      {items.length === 0 && <p className="hint">{t('desk.shift.none')}</p>}
      <ul className="handovers">
        {items.map((each) => (
          <li key={each.at.utc}>
            {t('desk.shift.from', { from: each.from, to: each.to, time: momentText(each.at.utc) })} · {t('desk.shift.waiting', { count: each.waiting })}
            {each.note && <><br /><q>{each.note}</q></>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the shift before left to be known, until it was read. */
export function LeftBefore() {
  const { t } = useText();
  const { user } = useHere();
  const { data } = useHandovers();
  const [read, setRead] = useState(false);
  const last: Handover | undefined = data?.items[0];
  const fresh = last?.note && last.to === user && api.now() - Date.parse(last.at.utc) < NOTE_LASTS_MS;
  if (!fresh || read) return null;
  return (
    <Notice>
      <span className="told">
        <span><strong>{t('desk.shift.left', { from: last.from, time: momentText(last.at.utc) })}</strong> {last.note}</span>
        <Button look="quiet" onClick={() => setRead(true)}>{t('desk.shift.read')}</Button>
      </span>
    </Notice>
  );
}
