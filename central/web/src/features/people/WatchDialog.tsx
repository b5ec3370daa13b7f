// Proposes a watch entry; another registrar approves it.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import { useText } from '../../i18n';
import { dayAfter, dayOf, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { GatesField } from './GatesField';
import { Judged, PicturesField, usePicturesFault } from './PicturesField';
import { base64Of, gatesOf } from './proposal';

/** What is proposed unless somebody says otherwise; the service allows half a year. */
const DAYS = 30;

export function WatchDialog({ onClose, done }: { onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [form, setForm] = useState(() => ({ label: '', basis: '', expires: dayAfter(dayOf(api.now()), DAYS), gates: '' }));
  const [files, setFiles] = useState<File[]>([]);
  const fault = usePicturesFault(files);
  const sending = useMutation({
    mutationFn: async () => {
      const pictures = await Promise.all(files.map(base64Of));
      const { label, basis, gates } = form;
      return api.call('post', '/api/v1/watch', { body: { label: label.trim(), basis: basis.trim(), expires_at: windowOf(form.expires)?.to ?? '', gates: gatesOf(gates), pictures } });
    },
    onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  return (
    <Dialog title={t('people.watch.propose')} onClose={onClose} wide>
      {sending.data ? (
        <>
          <Notice tone="good">{t('people.form.sent')}</Notice>
          <Judged pictures={sending.data.pictures} />
        </>
      ) : (
        <form className="form propose" onSubmit={submit}>
          <Field label={t('people.watch.label')}>{(id) => <input id={id} required maxLength={200} autoComplete="off" value={form.label} onChange={(e) => setForm({ ...form, label: e.target.value })} />}</Field>
          <Field label={t('people.watch.basis')}>{(id) => <input id={id} required maxLength={300} value={form.basis} onChange={(e) => setForm({ ...form, basis: e.target.value })} />}</Field>
          <DayField label={t('people.watch.expiresOn')} day={form.expires} choose={(expires) => setForm({ ...form, expires })} />
          <GatesField gates={form.gates} choose={(gates) => setForm({ ...form, gates })} />
          <PicturesField fault={fault} choose={setFiles} />
          {sending.isError && <Notice tone="bad" alert>{say(sending.error)}</Notice>}
          <div className="dialog-actions">
            <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
            <Button look="main" type="submit" disabled={sending.isPending || fault !== undefined || gatesOf(form.gates).length === 0}>{t(sending.isPending ? 'people.form.checking' : 'people.form.send')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
