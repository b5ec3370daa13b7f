// A step with an entry: the second officer approves or refuses, any officer takes back, each refusal with a reason.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { ListEntry } from '../../api/types';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useNow } from '../../ui/useNow';
import { approvableFrom, mostDays } from './lists';

export type EntryStep = 'approve' | 'refuse' | 'withdraw';

interface Props {
  step: EntryStep;
  of: ListEntry;
  onClose: () => void;
  /** The entry as it is after the step. */
  done: (entry: ListEntry) => void;
  /** It was refused: somebody else may have been faster. */
  changed: () => void;
}

export function EntryStepDialog({ step, of, onClose, done, changed }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const now = useNow(30_000);
  const [reason, setReason] = useState('');
  const tooEarly = step === 'approve' ? approvableFrom(of, now) : null;
  const taking = useMutation({
    mutationFn: () => {
      const path = { id: of.entry_id };
      switch (step) {
        case 'approve':
          return api.call('post', '/api/v1/plate-lists/{id}/approve', { path, body: {} });
        case 'refuse':
          return api.call('post', '/api/v1/plate-lists/{id}/refuse', { path, body: { reason: reason.trim() } });
        case 'withdraw':
          return api.call('post', '/api/v1/plate-lists/{id}/withdraw', { path, body: { reason: reason.trim() } });
      }
    },
    onSuccess: (entry) => {
      done(entry);
      onClose();
    },
    onError: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    taking.mutate();
  };
  return (
    <Dialog title={`${t(`vehicles.lists.${step}`)}: ${of.plate}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <dl className="entry-facts">
          <div><dt>{t('vehicles.lists.kindLabel')}</dt><dd>{t(of.kind === 'wanted' ? 'vehicles.lists.kind.wanted' : 'vehicles.lists.kind.allowed')}</dd></div>
          <div><dt>{t('vehicles.lists.sites')}</dt><dd>{of.sites.join(', ')}</dd></div>
          <div><dt>{t('shell.word.reason')}</dt><dd>{of.reason}</dd></div>
          <div><dt>{t('vehicles.lists.keeper')}</dt><dd>{of.keeper}</dd></div>
          <div><dt>{t('vehicles.lists.proposed')}</dt><dd>{of.proposed_by} · {momentText(of.proposed_at.utc)}</dd></div>
          <div><dt>{t('vehicles.lists.end')}</dt><dd>{momentText(of.expires_at.utc)}</dd></div>
        </dl>
        {step === 'approve'
          ? <p className="hint">{t(of.kind === 'wanted' ? 'vehicles.lists.approveHint.wanted' : 'vehicles.lists.approveHint.allowed')}</p>
          : <Field label={t('vehicles.lists.stepWhy')}>{(id) => <input id={id} name="list-why" autoFocus required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>}
        {tooEarly !== null && <Notice tone="warn">{t('vehicles.lists.tooEarly', { days: mostDays(of.kind, of.sites.length), at: momentText(tooEarly) })}</Notice>}
        {taking.isError && <Notice tone="bad" alert>{say(taking.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look={step === 'approve' ? 'main' : 'bad'} type="submit" disabled={taking.isPending || tooEarly !== null}>{t(`vehicles.lists.${step}`)}</Button>
        </div>
      </form>
    </Dialog>
  );
}
