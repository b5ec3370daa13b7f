// An officer writes down what stands on a plate. It is kept beside the machine's reading, with name, moment and reason.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { VehiclePass } from '../../api/types';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

interface Props {
  pass: VehiclePass;
  done: (pass: VehiclePass) => void;
}

export function CorrectForm({ pass, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const [open, setOpen] = useState(false);
  const [plate, setPlate] = useState('');
  const [reason, setReason] = useState('');
  const correcting = useMutation({
    mutationFn: () => api.call('post', '/api/v1/passes/{passage_id}/correct', {
      path: { passage_id: pass.passage_id }, body: { plate, reason, after: pass.correction?.number ?? 0 },
    }),
    onSuccess: (corrected) => {
      setOpen(false);
      done(corrected);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correcting.mutate();
  };
  if (!open) {
    return (
      <Button className="correct-open" onClick={() => {
        setPlate(pass.correction?.text ?? pass.plate?.text ?? '');
        setReason('');
        setOpen(true);
      }}>{t('vehicles.correct.open')}</Button>
    );
  }
  return (
    <form className="form correct" onSubmit={submit}>
      <Field label={t('vehicles.correct.plate')}>
        {(id) => <input id={id} name="plate" required maxLength={14} autoComplete="off" spellCheck={false} value={plate} onChange={(e) => setPlate(e.target.value)} />}
      </Field>
      <Field label={t('vehicles.correct.reason')} hint={t('vehicles.correct.hint')}>
        {(id) => <input id={id} name="reason" required minLength={5} maxLength={200} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}
      </Field>
      {correcting.isError && <Notice tone="bad" alert>{say(correcting.error)}</Notice>}
      <div className="dialog-actions">
        <Button onClick={() => setOpen(false)}>{t('shell.word.cancel')}</Button>
        <Button look="main" type="submit" disabled={correcting.isPending}>{t('vehicles.correct.do')}</Button>
      </div>
    </form>
  );
}
