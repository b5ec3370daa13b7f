// Proposes an entry: this plate, at these places, until then, for this reason, kept by this unit. Nothing holds before another officer
// approves it.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { ListEntry, ListKind } from '../../api/types';
import { useText } from '../../i18n';
import { dayAfter, dayOf, dayText, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { useSites } from '../../ui/SiteField';
import { Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { faultOf, lastDay, MOST_PLACES, mostDays } from './lists';

/** What is proposed unless somebody says otherwise, in days from today. */
const USUAL = { wanted: 6, allowed: 30 } as const;

export function ProposeEntry({ kind, onClose, done }: { kind: ListKind; onClose: () => void; done: (entry: ListEntry) => void }) {
  const { t } = useText();
  const say = useErrorText();
  const sites = useSites();
  const now = api.now();
  const [form, setForm] = useState({ plate: '', keeper: '', reason: '', until: dayAfter(dayOf(now), USUAL[kind]) });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // Nobody is told at once what he is about to do.
  const [touched, setTouched] = useState(false);
  const put = (part: Partial<typeof form>) => setForm((was) => ({ ...was, ...part }));
  const at = sites.data?.length === 1 ? sites.data : chosen;
  const fault = faultOf({ kind, places: at.length, until: form.until }, now);
  const limit = { days: mostDays(kind, at.length), day: dayText(lastDay(kind, at.length, now)), most: MOST_PLACES };
  const proposing = useMutation({
    mutationFn: () => api.call('post', '/api/v1/plate-lists', {
      body: { kind, plate: form.plate.trim(), sites: [...at], keeper: form.keeper.trim(), reason: form.reason.trim(), expires_at: windowOf(form.until)?.to ?? '' },
    }),
    onSuccess: (entry) => {
      done(entry);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    proposing.mutate();
  };
  const text = (name: 'plate' | 'keeper' | 'reason', label: string, [least, most]: readonly [number, number], hint?: string) => (
    <Field label={label} hint={hint}>
      {(id) => <input id={id} name={`list-${name}`} required minLength={least} maxLength={most} autoComplete="off" spellCheck={false} value={form[name]} onChange={(e) => put({ [name]: e.target.value })} />}
    </Field>
  );
  return (
    <Dialog title={`${t('vehicles.lists.propose')}: ${t(`vehicles.lists.kind.${kind}`)}`} onClose={onClose}>
      <form className="form list-form" onSubmit={submit}>
        {text('plate', t('vehicles.lists.wholePlate'), [4, 20], t('vehicles.lists.plateHint'))}
        {sites.isPending && <Loading />}
        {sites.isError && <Failed error={sites.error} retry={() => void sites.refetch()} />}
        {sites.data && (
          <fieldset className="list-sites">
            <legend>{t('vehicles.lists.sites')}</legend>
            {sites.data.map((site) => (
              <label key={site}>
                <input type="checkbox" data-list-site={site} checked={at.includes(site)} disabled={sites.data.length === 1}
                  onChange={(e) => { setTouched(true); setChosen(e.target.checked ? [...chosen, site] : chosen.filter((each) => each !== site)); }} /> {site}
              </label>
            ))}
          </fieldset>
        )}
        <div>
          <DayField name="list-until" label={t('vehicles.lists.untilDay')} day={form.until} choose={(until) => put({ until })} />
          <p className="hint">{t(kind === 'wanted' ? (at.length > 1 ? 'vehicles.lists.limit.several' : 'vehicles.lists.limit.one') : 'vehicles.lists.limit.allowed', limit)}</p>
        </div>
        {fault !== null && (fault !== 'noPlace' || touched) && <p className="fault" role="alert">{t(`vehicles.lists.fault.${fault}`, limit)}</p>}
        {text('reason', t('vehicles.lists.reason'), [5, 300])}
        {text('keeper', t('vehicles.lists.keeper'), [2, 100])}
        {proposing.isError && <Notice tone="bad" alert>{say(proposing.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={fault !== null || proposing.isPending}>{t('vehicles.lists.send')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
