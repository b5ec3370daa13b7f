// A step about one account: said in full before it is taken.
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { User } from '../../api/types';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { FirstPassword } from './FirstPassword';

export type Step = 'lock' | 'unlock' | 'password';

/** The first password, where the step gives one. */
async function take(step: Step, id: string): Promise<string | null> {
  const path = { id };
  switch (step) {
    case 'lock':
      await api.call('post', '/api/v1/users/{id}/lock', { path });
      return null;
    case 'unlock':
      await api.call('post', '/api/v1/users/{id}/unlock', { path });
      return null;
    case 'password':
      return (await api.call('post', '/api/v1/users/{id}/password', { path })).password;
  }
}

export function StepDialog({ step, of, onClose, done }: { step: Step; of: User; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const { name } = of;
  const taking = useMutation({
    mutationFn: () => take(step, of.id),
    onSuccess: (password) => {
      done();
      if (password === null) onClose();
    },
    gcTime: 0,
  });
  if (typeof taking.data === 'string') {
    return <Dialog title={t('admin.first.title', { name })} onClose={onClose}><FirstPassword password={taking.data} onClose={onClose} /></Dialog>;
  }
  return (
    <Dialog title={`${t(`admin.act.${step}`)}: ${name}`} onClose={onClose}>
      <p>{t(`admin.ask.${step}`, { name })}</p>
      {taking.isError && <Notice tone="bad" alert>{say(taking.error)}</Notice>}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
        <Button look={step === 'lock' ? 'bad' : 'main'} disabled={taking.isPending} onClick={() => taking.mutate()}>{t(`admin.act.${step}`)}</Button>
      </div>
    </Dialog>
  );
}
