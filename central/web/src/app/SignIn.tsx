// The way in. The password leaves the field the moment it is sent; where a code is asked for besides, it is held until that
// is sent, or until somebody goes back.
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { asApiError } from '../api/error';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Notice } from '../ui/States';
import { useErrorText } from '../ui/errorText';
import { CodeField } from './CodeField';
import { Preferences } from './Preferences';
import { useSession } from './session';

export function SignIn({ why }: { why: 'new' | 'expired' | 'signedOut' }) {
  const { t } = useText();
  const say = useErrorText();
  const { signIn } = useSession();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [known, setKnown] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const sent = known ?? password;
    setPassword('');
    setCode('');
    signIn(user, sent, known === null ? null : code).catch((cause: unknown) => {
      const { code: said } = asApiError(cause);
      const wanted = said === 'code_needed' || said === 'wrong_code';
      setKnown(wanted ? sent : null);
      setError(said === 'code_needed' ? null : cause);
      setBusy(false);
    });
  };
  const back = () => {
    setKnown(null);
    setError(null);
  };
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <main className="sign-in">
      <form onSubmit={submit} className="sign-in-card">
        <h1>{t('shell.name')}</h1>
        {error === null && known === null && why === 'expired' && <Notice tone="warn">{t('shell.signIn.expired')}</Notice>}
        {error === null && known === null && why === 'signedOut' && <Notice>{t('shell.signIn.signedOut')}</Notice>}
        {error !== null && <Notice tone="bad" alert>{say(error)}</Notice>}
        {known === null ? (
          <>
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
          </>
        ) : <CodeField code={code} choose={setCode} hint={t('shell.signIn.codeHint', { user })} />}
        <Button look="main" type="submit" disabled={busy}>{t('shell.signIn.submit')}</Button>
        {known !== null && <Button look="quiet" onClick={back}>{t('shell.signIn.back')}</Button>}
      </form>
      <Preferences />
    </main>
  );
}
