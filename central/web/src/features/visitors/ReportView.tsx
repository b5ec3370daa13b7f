// The month that is filed: every place, what it rests on, who froze it, what came after, and the Excel file.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Figure, VisitorReport } from '../../api/types';
import { useText } from '../../i18n';
import { numberText, shareText } from '../../text/number';
import { dayOf, dayText, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { Sureness, useFigureText } from './Figure';
import { monthAfter, monthText } from './period';
import { MonthField } from './PeriodField';
import { ratioOf } from './steps';
import { useReadAnew, useReport } from './useOffice';

type Open = 'freeze' | 'export' | null;

export default function ReportView() {
  const { t } = useText();
  const today = dayOf(api.now());
  const [month, setMonth] = useState(monthAfter(today.slice(0, 7), -1));
  const [open, setOpen] = useState<Open>(null);
  const report = useReport(month);
  const close = () => setOpen(null);
  return (
    <>
      <div className="form-row no-print">
        <MonthField month={month} last={today.slice(0, 7)} choose={setMonth} />
        {report.data && <Button look="main" data-act="export" onClick={() => setOpen('export')}>{t('visitors.report.export')}</Button>}
        {report.data && !report.data.frozen && <Button data-act="freeze" disabled={!report.data.over} onClick={() => setOpen('freeze')}>{t('visitors.report.freeze')}</Button>}
        <Button onClick={() => window.print()}>{t('visitors.print')}</Button>
      </div>
      {report.isPending && <Loading />}
      {report.isError && <Failed error={report.error} retry={() => void report.refetch()} />}
      {report.data && <Filed report={report.data} />}
      {open === 'freeze' && report.data && <FreezeDialog report={report.data} onClose={close} />}
      {open === 'export' && report.data && <ExportDialog report={report.data} onClose={close} />}
    </>
  );
}

function Filed({ report }: { report: VisitorReport }) {
  const { t } = useText();
  const text = useFigureText();
  const known = (figure: Figure | null | undefined) => (figure ? text(figure) : t('visitors.noSum'));
  const { frozen } = report;
  return (
    <>
      <h2 className="period-title">{t('visitors.report.title', { month: monthText(report.month) })}</h2>
      {frozen
        ? <Notice tone="good">{t('visitors.frozenBy', { month: monthText(frozen.month), name: frozen.signed_name, title: frozen.signed_title, at: momentText(frozen.at.utc) })}</Notice>
        : <Notice tone="warn">{t(report.over ? 'visitors.report.notFrozen' : 'visitors.report.notOver')}</Notice>}
      {report.places.length === 0 && <Empty>{t('visitors.noSites')}</Empty>}
      {report.places.length > 0 && (
        <div className="sheet">
          <table className="table" aria-label={t('visitors.report.title', { month: monthText(report.month) })}>
            <thead>
              <tr>
                <th>{t('visitors.place')}</th><th className="number">{t('visitors.report.month')}</th><th className="number">{t('visitors.report.soFar')}</th>
                <th className="number">{t('visitors.report.yearBefore')}</th><th className="number">{t('visitors.report.ratio')}</th><th>{t('visitors.how')}</th>
              </tr>
            </thead>
            <tbody>
              {report.places.map((place) => {
                const ratio = ratioOf(place.total?.in, place.year_before?.in);
                return (
                  <tr key={place.site} data-site={place.site}>
                    <td>{place.title}</td>
                    <td className="number">{known(place.total)}</td>
                    <td className="number">{known(place.so_far)}</td>
                    <td className="number">{known(place.year_before)}</td>
                    <td className="number">{ratio === null ? '–' : shareText(ratio)}</td>
                    <td>{place.total && <Sureness figure={place.total} />}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {report.supplement.length > 0 && (
        <section className="sheet supplement-list">
          <h3>{t('visitors.report.supplement')}</h3>
          <p className="hint">{t('visitors.report.supplementHow')}</p>
          <table className="table" aria-label={t('visitors.report.supplement')}>
            <thead><tr><th>{t('visitors.time')}</th><th>{t('visitors.place')}</th><th>{t('visitors.gate')}</th><th className="number">{t('visitors.in')}</th><th className="number">{t('visitors.out')}</th></tr></thead>
            <tbody>
              {report.supplement.map((row, n) => (
                <tr key={n}>
                  <td>{row.day ? dayText(row.day) : t('visitors.report.wholeMonth')}</td><td>{row.place}</td><td>{row.gate}</td>
                  <td className="number">{signed(row.in)}</td><td className="number">{signed(row.out)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <footer className="definitions">
        {frozen && <p className="hint">SHA-256 {frozen.sha256}</p>}
        <p className="hint">{t('visitors.definitions')}</p>
      </footer>
    </>
  );
}

const signed = (n: number) => `${n > 0 ? '+' : ''}${numberText(n)}`;

function FreezeDialog({ report, onClose }: { report: VisitorReport; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const readAnew = useReadAnew();
  const [signer, setSigner] = useState({ name: '', title: '' });
  // What was on the screen when the signer began: what comes meanwhile is refused by the centre and looked at again.
  const [sha256] = useState(report.sha256);
  const freezing = useMutation({
    mutationFn: () => api.call('post', '/api/v1/visitors/freezes', {
      body: { month: report.month, sha256, signed_name: signer.name, signed_title: signer.title },
    }),
    onSuccess: () => {
      readAnew();
      onClose();
    },
    onError: readAnew,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    freezing.mutate();
  };
  return (
    <Dialog title={t('visitors.report.freezeTitle', { month: monthText(report.month) })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Notice tone="warn">{t('visitors.report.freezeAsk')}</Notice>
        <Field label={t('visitors.report.signer')}>{(id) => <input id={id} name="signer" required minLength={2} maxLength={80} autoComplete="off" value={signer.name} onChange={(e) => setSigner({ ...signer, name: e.target.value })} />}</Field>
        <Field label={t('visitors.report.signerTitle')}>{(id) => <input id={id} name="signer-title" required minLength={2} maxLength={120} autoComplete="off" value={signer.title} onChange={(e) => setSigner({ ...signer, title: e.target.value })} />}</Field>
        {freezing.isError && <Notice tone="bad" alert>{say(freezing.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={freezing.isPending}>{t('visitors.report.freeze')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function ExportDialog({ report, onClose }: { report: VisitorReport; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [reason, setReason] = useState('');
  const making = useMutation({
    mutationFn: () => api.file('/api/v1/visitors/export', { body: { month: report.month, reason } }),
    onSuccess: (file) => {
      // The file was asked for with a reason in the body; a link alone could not carry one. It lives until it is saved.
      const address = URL.createObjectURL(file.blob);
      const link = document.createElement('a');
      link.href = address;
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <Dialog title={t('visitors.report.exportTitle', { month: monthText(report.month) })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {!report.frozen && <Notice tone="warn">{t('visitors.report.exportOpen')}</Notice>}
        <Field label={t('visitors.report.exportReason')}>{(id) => <input id={id} name="export-reason" required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>
        {making.isError && <Notice tone="bad" alert>{say(making.error)}</Notice>}
        {making.data && <Notice tone="good">{t('visitors.report.exported', { name: making.data.name })}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.close')}</Button>
          <Button look="main" type="submit" disabled={making.isPending}>{t('visitors.report.export')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
