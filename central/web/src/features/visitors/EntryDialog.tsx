// A figure is typed in, or corrected, with a reason. What was counted and every version before stay; the newest stands.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { VisitorPlace } from '../../api/types';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { dayAfter, dayFrom, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { monthAfter, monthFrom, periodText } from './period';
import { useEntries, useReadAnew } from './useOffice';

interface Props {
  place: VisitorPlace;
  gate: string;
  period: string;
  /** Months that are frozen: what is typed in for them comes beside and not into their figures. */
  frozen: readonly string[];
  onClose: () => void;
}

/** What was typed as a count: dots part thousands, as everywhere here. */
const count = (typed: string): number | null => (/^\d[\d.\s]*$/.test(typed.trim()) ? Number(typed.replace(/[.\s]/g, '')) : null);

export default function EntryDialog({ place, gate: begin, period: given, frozen, onClose }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const readAnew = useReadAnew();
  const [gate, setGate] = useState(begin);
  const [typed, setTyped] = useState(periodText(given));
  const [figure, setFigure] = useState({ in: '', out: '', reason: '' });
  const put = (part: Partial<typeof figure>) => setFigure((was) => ({ ...was, ...part }));
  const period = dayFrom(typed) ?? monthFrom(typed);
  const month = (period ?? given).slice(0, 7);
  const history = useEntries(place.site, `${month}-01`, dayAfter(`${monthAfter(month, 1)}-01`, -1));
  const versions = history.data?.items.filter((each) => each.gate === gate && each.period === period) ?? [];
  const newest = versions[0];
  const sending = useMutation({
    mutationFn: (back: boolean) => api.call('post', '/api/v1/visitors/entries', {
      body: {
        site: place.site, gate, period: period ?? '', reason: figure.reason, version: newest?.version ?? 0,
        in: back ? null : count(figure.in), out: back || figure.out === '' ? null : count(figure.out),
      },
    }),
    onSuccess: () => {
      readAnew();
      put({ in: '', out: '', reason: '' });
    },
    // Somebody else was faster: the version below is the one to look at.
    onError: readAnew,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate(false);
  };
  const ready = period !== null && history.isSuccess && figure.reason.trim().length >= 5 && !sending.isPending;
  return (
    <Dialog title={t('visitors.enter.title', { place: place.title })} onClose={onClose} wide>
      <form className="form entry" onSubmit={submit}>
        <div className="form-row">
          <Field label={t('visitors.enter.period')} hint={t('visitors.enter.periodHint')}>
            {(id) => <input id={id} name="period" required size={11} maxLength={10} autoComplete="off" value={typed} aria-invalid={period === null} onChange={(e) => setTyped(e.target.value)} />}
          </Field>
          <Field label={t('visitors.gate')}>
            {(id) => <select id={id} name="entry-gate" value={gate} onChange={(e) => setGate(e.target.value)}>{place.gates.map((each) => <option key={each.gate} value={each.gate}>{each.title}</option>)}</select>}
          </Field>
          <Field label={t('visitors.in')}>
            {(id) => <input id={id} name="in" required inputMode="numeric" size={9} maxLength={12} autoComplete="off" value={figure.in} aria-invalid={figure.in !== '' && count(figure.in) === null} onChange={(e) => put({ in: e.target.value })} />}
          </Field>
          <Field label={t('visitors.enter.out')}>
            {(id) => <input id={id} name="out" inputMode="numeric" size={9} maxLength={12} autoComplete="off" value={figure.out} aria-invalid={figure.out !== '' && count(figure.out) === null} onChange={(e) => put({ out: e.target.value })} />}
          </Field>
        </div>
        <Field label={t('visitors.reason')}>{(id) => <input id={id} name="reason" required minLength={5} maxLength={300} autoComplete="off" value={figure.reason} onChange={(e) => put({ reason: e.target.value })} />}</Field>
        <p className="hint">{t('visitors.enter.kept')}</p>
        {frozen.includes(month) && <Notice tone="warn">{t('visitors.enter.frozen')}</Notice>}
        {sending.isError && <Notice tone="bad" alert>{say(sending.error)}</Notice>}
        {sending.isSuccess && <Notice tone="good">{t('visitors.enter.done', { version: sending.data.version })}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.close')}</Button>
          {typeof newest?.in === 'number' && <Button disabled={!ready} onClick={() => sending.mutate(true)}>{t('visitors.enter.back')}</Button>}
          <Button look="main" type="submit" disabled={!ready || count(figure.in) === null || (figure.out !== '' && count(figure.out) === null)}>{t('visitors.enter.send')}</Button>
        </div>
      </form>
      {versions.length > 0 && (
        <table className="table versions" aria-label={t('visitors.enter.versions')}>
          <thead><tr><th className="number">{t('visitors.enter.version')}</th><th className="number">{t('visitors.in')}</th><th className="number">{t('visitors.out')}</th><th>{t('visitors.reason')}</th><th>{t('visitors.enter.by')}</th></tr></thead>
          <tbody>
            {versions.map((each) => (
              <tr key={each.version}>
                <td className="number">{each.version}</td>
                <td className="number">{typeof each.in === 'number' ? numberText(each.in) : t('visitors.enter.takenBack')}</td>
                <td className="number">{typeof each.out === 'number' ? numberText(each.out) : '–'}</td>
                <td>{each.reason}{each.machine && <span className="beside">{t('visitors.machine', { in: numberText(each.machine.in ?? 0), out: numberText(each.machine.out ?? 0) })}</span>}</td>
                <td>{each.by}<br /><span className="hint">{momentText(each.at.utc)}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
