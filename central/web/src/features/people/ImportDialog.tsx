// Many people out of a spreadsheet, a few lines at a time: how far it is, and what is wrong with which line. It may be stopped, and
// goes on where it was when the same file is imported again.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { components } from '../../api/schema';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { portionsOf } from './importing';
import { base64Of } from './proposal';

type Fault = components['schemas']['RowFaultView'];
interface Report {
  all: number;
  looked: number;
  proposed: number;
  skipped: number;
  faults: Fault[];
  stopped: boolean;
}

const MOST_SHEET_BYTES = 2 << 20;

export default function ImportDialog({ onClose, done }: { onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [sheet, setSheet] = useState<File | null>(null);
  const [pictures, setPictures] = useState<File[]>([]);
  const [report, setReport] = useState<Report | null>(null);
  const stop = useRef(false);
  useEffect(() => () => void (stop.current = true), []);

  const importing = useMutation({
    mutationFn: async () => {
      if (!sheet) return;
      const named = new Map(pictures.map((file) => [file.name, file]));
      const file = { name: sheet.name, file: await base64Of(sheet) };
      const read = await api.call('post', '/api/v1/people/import', { body: { ...file, batch: null, lines: null, pictures: [] } });
      const { portions, heavy } = portionsOf(read.rows, (name) => named.get(name)?.size ?? 0);
      let now: Report = {
        all: read.rows.length, looked: heavy.length, proposed: 0, skipped: 0, stopped: false,
        faults: heavy.map(({ line }) => ({ line, words: t('people.import.heavy') })),
      };
      setReport(now);
      for (const portion of portions) {
        if (stop.current) {
          setReport({ ...now, stopped: true });
          return;
        }
        const wanted = [...new Set(portion.flatMap((line) => line.pictures))].flatMap((name) => named.get(name) ?? []);
        const sent = await Promise.all(wanted.map(async (each) => ({ name: each.name, file: await base64Of(each) })));
        const body = { ...file, batch: read.batch, lines: portion.map(({ line }) => line), pictures: sent };
        const told = await api.call('post', '/api/v1/people/import', { body });
        now = {
          ...now, looked: now.looked + portion.length, proposed: now.proposed + told.proposed, skipped: now.skipped + told.skipped,
          faults: [...now.faults, ...told.faults].sort((a, b) => a.line - b.line),
        };
        setReport(now);
      }
    },
    onSettled: done,
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    stop.current = false;
    setReport(null);
    importing.mutate();
  };
  const tooLarge = sheet !== null && sheet.size > MOST_SHEET_BYTES;
  const busy = importing.isPending;
  const finished = report !== null && !busy && !report.stopped && importing.isSuccess;
  return (
    <Dialog title={t('people.act.import')} onClose={onClose} wide>
      <form className="form" onSubmit={submit}>
        <p className="hint">{t('people.import.hint')}</p>
        <Field label={t('people.import.sheet')} hint={tooLarge ? t('people.import.tooLarge') : undefined}>
          {(id) => <input id={id} name="sheet" type="file" accept=".csv,.xlsx" required disabled={busy} aria-invalid={tooLarge} onChange={(e) => setSheet(e.target.files?.[0] ?? null)} />}
        </Field>
        <Field label={t('people.import.pictures')}>
          {(id) => <input id={id} name="pictures" type="file" accept="image/jpeg,image/png" multiple disabled={busy} onChange={(e) => setPictures([...(e.target.files ?? [])])} />}
        </Field>
        {report && (
          <div role="status">
            <progress className="import-bar" max={Math.max(report.all, 1)} value={report.looked} aria-label={t('people.act.import')} />
            <p>{t('people.import.progress', { done: numberText(report.looked), all: numberText(report.all) })}</p>
          </div>
        )}
        {importing.isError && <Notice tone="bad" alert>{say(importing.error)}</Notice>}
        {report?.stopped === true && <Notice tone="warn">{t('people.import.stopped')}</Notice>}
        {finished && <Notice tone={report.faults.length === 0 ? 'good' : 'warn'}>{t('people.import.done', { proposed: numberText(report.proposed), skipped: numberText(report.skipped), faults: numberText(report.faults.length) })}</Notice>}
        {report !== null && report.faults.length > 0 && (
          <table className="table">
            <thead><tr><th className="number">{t('people.import.line')}</th><th>{t('people.import.why')}</th></tr></thead>
            <tbody>{report.faults.map((fault) => <tr key={fault.line}><td className="number">{fault.line}</td><td>{fault.words}</td></tr>)}</tbody>
          </table>
        )}
        <div className="dialog-actions">
          {busy ? <Button onClick={() => { stop.current = true; }}>{t('people.import.stop')}</Button> : <Button onClick={onClose}>{t('shell.word.close')}</Button>}
          <Button look="main" type="submit" disabled={busy || tooLarge || sheet === null}>{t('people.import.begin')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
