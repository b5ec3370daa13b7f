// The way in. The password leaves the field the moment it is sent.
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Notice } from '../ui/States';
import { useErrorText } from '../ui/errorText';
import { Preferences } from './Preferences';
import { useSession } from './session';

export function SignIn({ why }: { why: 'new' | 'expired' | 'signedOut' }) {
  const { t } = useText();
  const say = useErrorText();
  const { signIn } = useSession();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const sent = password;
    setPassword('');
    signIn(user, sent).catch((cause: unknown) => {
      setError(cause);
      setBusy(false);
    });
  };
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <main className="sign-in">
      <form onSubmit={submit} className="sign-in-card">
        <h1>{t('shell.name')}</h1>
        {error === null && why === 'expired' && <Notice tone="warn">{t('shell.signIn.expired')}</Notice>}
        {error === null && why === 'signedOut' && <Notice>{t('shell.signIn.signedOut')}</Notice>}
        {error !== null && <Notice tone="bad" alert>{say(error)}</Notice>}
        <Field label={t('shell.signIn.user')}>
          {(id) => (
            <input id={id} name="user" autoComplete="username" autoFocus required value={user}
              autoCapitalize="none" spellCheck={false} onChange={(e) => setUser(e.target.value)} />
          )}
        </Field>
        <Field label={t('shell.signIn.password')} hint={capsLock ? t('shell.signIn.capsLock') : undefined}>
          {(id) => (
            <input id={id} name="password" type="password" autoComplete="current-password" required value={password}
              onKeyUp={watchCapsLock} onChange={(e) => setPassword(e.target.value)} />
          )}
        </Field>
        <Button look="main" type="submit" disabled={busy}>{t('shell.signIn.submit')}</Button>
      </form>
      <Preferences />
    </main>
  );
}
