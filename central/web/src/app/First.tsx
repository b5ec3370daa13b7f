// What comes before everything else: another password in place of the one that was given, a second factor for whoever
// administers. Nothing else is shut by this page; the centre shuts it.
import type { Session } from '../api/types';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Notice } from '../ui/States';
import { PasswordForm } from './PasswordForm';
import { Preferences } from './Preferences';
import { SecondFactorForm } from './SecondFactorForm';
import { useSession } from './session';

export default function First({ must }: { must: NonNullable<Session['must']> }) {
  const { t } = useText();
  const { renew, signOut } = useSession();
  const out = <Button onClick={() => void signOut()}>{t('shell.account.signOut')}</Button>;
  return (
    <main className="sign-in">
      <div className="sign-in-card first">
        <h1>{t(`shell.first.${must}`)}</h1>
        <Notice tone="warn">{t(`shell.firstWhy.${must}`)}</Notice>
        {must === 'change_password' ? <PasswordForm done={renew}>{out}</PasswordForm> : <SecondFactorForm done={renew}>{out}</SecondFactorForm>}
      </div>
      <Preferences />
    </main>
  );
}
