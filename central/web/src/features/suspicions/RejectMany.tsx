// A lamp fault or a building site makes one camera's hour worthless: reject it at once, by one reason. Never confirm.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { api } from '../../api/client';
import type { RejectionReason, Suspicion } from '../../api/types';
import { useText } from '../../i18n';
import { suspicions } from '../../i18n/words/suspicions';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Empty, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { badHours } from './queue';

const REASONS = Object.keys(suspicions.reason) as RejectionReason[];

interface Props {
  list: readonly Suspicion[];
  onClose: () => void;
  done: (ids: string[]) => void;
}

export function RejectMany({ list, onClose, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const hours = useMemo(() => badHours(list), [list]);
  const [key, setKey] = useState(hours[0]?.key ?? '');
  const [reason, setReason] = useState<RejectionReason | ''>('');
  const hour = hours.find((each) => each.key === key) ?? hours[0];
  const rejecting = useMutation({
    mutationFn: async () => (hour && reason !== '' ? api.call('post', '/api/v1/suspicions/reject-many', { body: { ids: hour.ids, reason } }) : null),
    onSuccess: (answer) => done(answer?.rejected ?? []),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rejecting.mutate();
  };
  return (
    <Dialog title={t('suspicions.act.many')} onClose={onClose}>
      <p className="hint">{t('suspicions.many.hint')}</p>
      {rejecting.data && (
        <Notice tone={rejecting.data.refused.length > 0 ? 'warn' : 'good'}>
          {t('suspicions.many.done', { done: rejecting.data.rejected.length, refused: rejecting.data.refused.length })}
        </Notice>
      )}
      {rejecting.isError && <Notice tone="bad" alert>{say(rejecting.error)}</Notice>}
      {hour ? (
        <form className="form" onSubmit={submit}>
          <Field label={t('suspicions.many.choose')}>
            {(id) => (
              <select id={id} value={hour.key} onChange={(e) => setKey(e.target.value)}>
                {hours.map((each) => (
                  <option key={each.key} value={each.key}>
                    {t('suspicions.many.entry', { camera: each.camera, hour: momentText(each.start), count: each.ids.length })}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('suspicions.act.chooseReason')}>
            {(id) => (
              <select id={id} required value={reason} onChange={(e) => setReason(REASONS.find((each) => each === e.target.value) ?? '')}>
                <option value="" />
                {REASONS.map((each) => <option key={each} value={each}>{t(`suspicions.reason.${each}`)}</option>)}
              </select>
            )}
          </Field>
          <div className="dialog-actions">
            <Button onClick={onClose}>{t('shell.word.close')}</Button>
            <Button look="bad" type="submit" disabled={rejecting.isPending}>{t('suspicions.many.do', { count: hour.ids.length })}</Button>
          </div>
        </form>
      ) : <Empty>{t('suspicions.many.none')}</Empty>}
    </Dialog>
  );
}
