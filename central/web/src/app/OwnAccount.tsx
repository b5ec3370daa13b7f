// One's own password and second factor, from the account's menu.
import { useState } from 'react';
import type { Session } from '../api/types';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/States';
import { PasswordForm } from './PasswordForm';
import { SecondFactorForm } from './SecondFactorForm';

export type Own = 'password' | 'factor';

export default function OwnAccount({ which, onClose, renew }: { which: Own; onClose: () => void; renew: (session: Session) => void }) {
  const { t } = useText();
  const [done, setDone] = useState<Session | null>(null);
  // Renewing reads everything anew: not before this was read.
  const close = () => {
    onClose();
    if (done) renew(done);
  };
  const leave = <Button onClick={close}>{t('shell.word.cancel')}</Button>;
  return (
    <Dialog title={t(`shell.account.${which}`)} onClose={close}>
      {done !== null && <><Notice tone="good">{t(`shell.account.${which}Done`)}</Notice><div className="dialog-actions"><Button onClick={close}>{t('shell.word.close')}</Button></div></>}
      {done === null && (which === 'password' ? <PasswordForm done={setDone}>{leave}</PasswordForm> : <SecondFactorForm done={setDone}>{leave}</SecondFactorForm>)}
    </Dialog>
  );
}
