// A search as a file: with a reason, registered and on record before it is here.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { FileFormat } from '../../api/types';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { saveFile } from '../../ui/saveFile';

export interface Exported {
  site: string;
  from: string;
  to: string;
  key: string | null;
  last5: string | null;
}

const FORMATS: readonly FileFormat[] = ['xlsx', 'csv'];

export function ExportDialog({ of, onClose }: { of: Exported; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [format, setFormat] = useState<FileFormat>('xlsx');
  const [reason, setReason] = useState('');
  const exporting = useMutation({
    mutationFn: () => api.file('/api/v1/passes/export', { body: { ...of, format, reason } }),
    onSuccess: ({ blob, name }) => saveFile(blob, name),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    exporting.mutate();
  };
  const count = (header: string) => exporting.data?.headers.get(header) ?? '0';
  return (
    <Dialog title={t('vehicles.export.title')} onClose={onClose}>
      <p className="hint">{t('vehicles.export.hint')}</p>
      {exporting.isSuccess && <Notice tone="good">{t('vehicles.export.done', { rows: count('x-chilang-rows'), left: count('x-chilang-left-out') })}</Notice>}
      {exporting.isError && <Notice tone="bad" alert>{say(exporting.error)}</Notice>}
      <form className="form" onSubmit={submit}>
        <Field label={t('shell.word.lookupReason')}>
          {(id) => <input id={id} name="export-reason" required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        <Field label={t('vehicles.export.format')}>
          {(id) => (
            <select id={id} name="export-format" value={format} onChange={(e) => setFormat(FORMATS.find((each) => each === e.target.value) ?? 'xlsx')}>
              {FORMATS.map((each) => <option key={each} value={each}>{t(`vehicles.export.${each}`)}</option>)}
            </select>
          )}
        </Field>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.close')}</Button>
          <Button look="main" type="submit" disabled={exporting.isPending}>{t('vehicles.export.do')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
