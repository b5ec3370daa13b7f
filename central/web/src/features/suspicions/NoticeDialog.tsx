// Notes when the notice of a confirmed case went out. It is sent elsewhere; here its moment is recorded.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Suspicion } from '../../api/types';
import { useText } from '../../i18n';
import { dayOf, hourText, momentOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

interface Props {
  of: Suspicion;
  onClose: () => void;
  done: () => void;
}

export function NoticeDialog({ of, onClose, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const [day, setDay] = useState(() => dayOf(api.now()));
  const [time, setTime] = useState(() => hourText(api.now()));
  const sentAt = momentOf(day, time);
  const noting = useMutation({
    mutationFn: () => api.call('post', '/api/v1/suspicions/{id}/notice', { path: { id: of.id }, body: { revision: of.revision, sent_at: sentAt ?? '' } }),
    onSuccess: () => {
      done();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    noting.mutate();
  };
  return (
    <Dialog title={`${t('suspicions.decided.sendNotice')} · ${t('suspicions.case.number', { number: of.number })}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <div className="form-row">
          <DayField label={t('suspicions.decided.sentOn')} day={day} last={dayOf(api.now())} choose={setDay} />
          <Field label={t('suspicions.decided.sentAt')}>
            {(id) => <input id={id} size={5} maxLength={5} required value={time} aria-invalid={sentAt === null} onChange={(e) => setTime(e.target.value)} />}
          </Field>
        </div>
        {noting.isError && <Notice tone="bad" alert>{say(noting.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={sentAt === null || noting.isPending}>{t('suspicions.decided.record')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
