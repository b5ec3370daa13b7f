// Times of retention an administrator may set: within the bounds of the law, with a reason, each a version. A shortening waits a
// day, so that it can be taken back before it removes anything.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { RetentionSetting } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { admin } from '../../i18n/words/admin';
import { numberText } from '../../text/number';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

function useClassWord(): (name: string) => string {
  const { t } = useText();
  return (name) => (name in admin.class ? t(`admin.class.${name}` as Key) : name);
}

export function Settings({ all, mayChange, readAgain }: { all: readonly RetentionSetting[]; mayChange: boolean; readAgain: () => void }) {
  const { t } = useText();
  const word = useClassWord();
  const [changing, setChanging] = useState<RetentionSetting | null>(null);
  const days = (count: number | null | undefined) => (typeof count !== 'number' ? '–' : t('admin.set.days', { days: numberText(count) }));
  if (all.length === 0) return null;
  return (
    <section>
      <h2>{t('admin.set.title')}</h2>
      <p className="hint">{t('admin.set.how')}</p>
      <div className="sheet">
        <table className="table">
          <thead><tr><th>{t('admin.kept.class')}</th><th>{t('admin.set.now')}</th><th>{t('admin.set.bounds')}</th><th>{t('admin.set.since')}</th><th>{t('admin.set.basis')}</th><th /></tr></thead>
          <tbody>
            {all.map((each) => (
              <tr key={each.class} data-class={each.class}>
                <td>{word(each.class)}</td>
                <td>
                  <strong>{days(each.days)}</strong>
                  {each.coming && <p className="coming">{t('admin.set.coming', { days: numberText(each.coming.days), at: momentText(each.coming.from.utc), by: each.coming.by })}</p>}
                </td>
                <td>{each.settable ? t('admin.set.between', { least: numberText(each.least_days ?? 0), most: numberText(each.most_days ?? 0) }) : t('admin.set.fixed')}<br /><span className="hint">{t('admin.set.byDefault', { days: days(each.default_days) })}</span></td>
                <td>{each.since ? <>{momentText(each.since.utc)}<br /><span className="hint">{each.by} · {t('admin.set.version', { version: each.version })}</span>{each.reason && <><br /><q>{each.reason}</q></>}</> : <span className="hint">{t('admin.set.never')}</span>}</td>
                <td className="hint">{each.basis}</td>
                <td>{each.settable && mayChange && <div className="user-acts"><Button aria-label={`${t('admin.set.change')}: ${word(each.class)}`} onClick={() => setChanging(each)}>{t('admin.set.change')}</Button></div>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changing && <ChangeDialog of={changing} name={word(changing.class)} onClose={() => setChanging(null)} done={readAgain} />}
    </section>
  );
}

function ChangeDialog({ of, name, onClose, done }: { of: RetentionSetting; name: string; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [typed, setTyped] = useState(String(of.coming?.days ?? of.days ?? of.default_days ?? ''));
  const [reason, setReason] = useState('');
  const days = /^\d{1,5}$/.test(typed.trim()) ? Number(typed.trim()) : null;
  const [least, most] = [of.least_days ?? 0, of.most_days ?? Infinity];
  const fits = days !== null && days >= least && days <= most;
  const shorter = fits && days < (of.days ?? of.default_days ?? 0);
  const saving = useMutation({
    mutationFn: () => api.call('put', '/api/v1/retention/{data_class}', { path: { data_class: of.class }, body: { version: of.version, days: days ?? 0, reason: reason.trim() } }),
    onSuccess: () => {
      done();
      onClose();
    },
    // Somebody else was faster: what stands below is old.
    onError: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Dialog title={t('admin.set.changeOf', { name })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field label={t('admin.set.keep')} hint={t('admin.set.between', { least: numberText(least), most: numberText(most) })}>
          {(id) => <input id={id} name="days" inputMode="numeric" required autoFocus size={6} maxLength={5} autoComplete="off" value={typed} aria-invalid={!fits} onChange={(e) => setTyped(e.target.value)} />}
        </Field>
        {!fits && typed !== '' && <p className="fault" role="alert">{t('admin.set.outside', { least: numberText(least), most: numberText(most) })}</p>}
        {shorter && <Notice tone="warn">{t('admin.set.shorter')}</Notice>}
        <Field label={t('admin.set.reason')}>{(id) => <input id={id} name="retention-reason" required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>
        {saving.isError && <Notice tone="bad" alert>{say(saving.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={!fits || saving.isPending}>{t('shell.word.save')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
