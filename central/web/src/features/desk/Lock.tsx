// The lock of the desk: the centre shows this session nobody until the PIN opens it. It opens with the keys 4 to 8 digits and
// Enter, for an arrival does not wait.
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import { useHere, useSession } from '../../app/session';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { useErrorText } from '../../ui/errorText';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';

export function Locked() {
  const { t } = useText();
  const say = useErrorText();
  const { unlock } = useSession();
  const { user } = useHere();
  const [pin, setPin] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sent = pin;
    setPin('');
    unlock(sent).catch(setError);
  };
  return (
    <form className="desk-lock" onSubmit={submit}>
      <h1>{t('desk.lock.title')}</h1>
      <p className="hint">{t('desk.lock.hint')}</p>
      {error !== null && <Notice tone="bad" alert>{say(error)}</Notice>}
      <Whose user={user} />
      <PinInput label={t('desk.lock.pin', { user })} pin={pin} put={setPin} />
      <Button look="main" type="submit" disabled={pin.length < 4}>{t('desk.lock.open')}</Button>
    </form>
  );
}

/** Tells the browser's own help with passwords whose this is. */
function Whose({ user }: { user: string }) {
  return <input type="text" autoComplete="username" value={user} readOnly hidden />;
}

function PinInput({ label, pin, put }: { label: string; pin: string; put: (pin: string) => void }) {
  return (
    <Field label={label}>
      {(id) => (
        <input id={id} name="pin" type="password" inputMode="numeric" autoComplete="off" autoFocus required pattern="[0-9]{4,8}" maxLength={8}
          value={pin} onChange={(e) => put(e.target.value.replace(/[^0-9]/g, ''))} />
      )}
    </Field>
  );
}

/** Without a PIN nothing could open the lock: it is set first. */
export function SetPin({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const { lock, pinIsSet } = useSession();
  const { user } = useHere();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { password, pin };
    setPassword('');
    api.call('post', '/api/v1/session/pin', { body }).then(async () => {
      pinIsSet();
      await lock();
      onClose();
    }).catch(setError);
  };
  return (
    <Dialog title={t('desk.lock.setTitle')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p className="hint">{t('desk.lock.setHint')}</p>
        {error !== null && <Notice tone="bad" alert>{say(error)}</Notice>}
        <Whose user={user} />
        <PinInput label={t('desk.lock.newPin')} pin={pin} put={setPin} />
        <Field label={t('desk.lock.password')}>
          {(id) => <input id={id} name="password" type="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} />}
        </Field>
        <Button look="main" type="submit">{t('desk.lock.set')}</Button>
      </form>
    </Dialog>
  );
}
