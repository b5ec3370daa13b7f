// Proposes a person with pictures from files. What each picture was worth is said in words; only good ones are kept.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import { useText } from '../../i18n';
import { dayAfter, dayOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { HoursField } from './HoursField';
import { GatesField } from './GatesField';
import { Judged, PicturesField, usePicturesFault } from './PicturesField';
import { base64Of, gatesOf, proposalOf, type Typed } from './proposal';

interface Props {
  onClose: () => void;
  done: () => void;
}

export function ProposeDialog({ onClose, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const today = dayOf(api.now());
  const [typed, setTyped] = useState<Typed>({
    name: '', unit: '', basis: '', consentOn: today, validTo: dayAfter(today, 365), gates: '', hours: null,
  });
  const [files, setFiles] = useState<File[]>([]);
  const put = (part: Partial<Typed>) => setTyped((was) => ({ ...was, ...part }));
  const fault = usePicturesFault(files);
  const sending = useMutation({
    mutationFn: async () => api.call('post', '/api/v1/people', { body: proposalOf(typed, await Promise.all(files.map(base64Of))) }),
    onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  if (sending.data) {
    return (
      <Dialog title={t('people.act.propose')} onClose={onClose}>
        <Notice tone="good">{t('people.form.sent')}</Notice>
        <Judged pictures={sending.data.pictures} />
        <div className="dialog-actions"><Button onClick={onClose}>{t('shell.word.close')}</Button></div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('people.act.propose')} onClose={onClose} wide>
      <form className="form propose" onSubmit={submit}>
        <Field label={t('people.column.name')}>{(id) => <input id={id} required maxLength={200} autoComplete="off" value={typed.name} onChange={(e) => put({ name: e.target.value })} />}</Field>
        <Field label={t('people.form.unit')}>{(id) => <input id={id} maxLength={200} autoComplete="off" value={typed.unit} onChange={(e) => put({ unit: e.target.value })} />}</Field>
        <Field label={t('people.form.basis')}>{(id) => <input id={id} required maxLength={300} value={typed.basis} onChange={(e) => put({ basis: e.target.value })} />}</Field>
        <label className="check">
          <input type="checkbox" checked={typed.consentOn !== null} onChange={(e) => put({ consentOn: e.target.checked ? today : null })} /> {t('people.form.byConsent')}
        </label>
        <div className="form-row">
          {typed.consentOn !== null && <DayField label={t('people.form.consentOn')} day={typed.consentOn} last={today} choose={(consentOn) => put({ consentOn })} />}
          <DayField label={t('people.form.validTo')} day={typed.validTo} choose={(validTo) => put({ validTo })} />
        </div>
        <GatesField gates={typed.gates} choose={(gates) => put({ gates })} />
        <HoursField hours={typed.hours} choose={(hours) => put({ hours })} />
        <PicturesField fault={fault} choose={setFiles} />
        {sending.isError && <Notice tone="bad" alert>{say(sending.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={sending.isPending || fault !== undefined || gatesOf(typed.gates).length === 0}>{t(sending.isPending ? 'people.form.checking' : 'people.form.send')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
