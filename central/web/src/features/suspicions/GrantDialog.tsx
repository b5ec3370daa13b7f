// Asks leave to look for the vehicle of one case at several places and over some days. Another officer decides; nothing is looked
// up by asking.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Suspicion } from '../../api/types';
import { useText } from '../../i18n';
import { DAY_MS, dayAfter, dayOf, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { useSites } from '../../ui/SiteField';
import { Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

const MOST_DAYS = 7;

export function GrantDialog({ of, onClose }: { of: Pick<Suspicion, 'id' | 'number' | 'site' | 'plate' | 'occurred_at'>; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const sites = useSites();
  const today = dayOf(api.now());
  const happened = dayOf(Date.parse(of.occurred_at.utc));
  const [from, setFrom] = useState(dayAfter(happened, -3));
  const [to, setTo] = useState(() => [dayAfter(happened, 3), today].sort()[0] ?? today);
  const [chosen, setChosen] = useState<readonly string[]>([of.site]);
  const [reason, setReason] = useState('');
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  const fits = days >= 1 && days <= MOST_DAYS;
  const asking = useMutation({
    mutationFn: () => api.call('post', '/api/v1/grants', { body: { case_id: of.id, from: windowOf(from)?.from ?? '', to: windowOf(to)?.to ?? '', sites: [...chosen], reason: reason.trim() } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate();
  };
  const title = `${t('suspicions.grant.title')} · ${t('suspicions.case.number', { number: of.number })}`;
  if (asking.isSuccess) {
    return (
      <Dialog title={title} onClose={onClose}>
        <Notice tone="good">{t('suspicions.grant.asked')}</Notice>
        <div className="dialog-actions"><Button onClick={onClose}>{t('shell.word.close')}</Button></div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p className="hint">{t('suspicions.grant.hint', { plate: of.plate ?? '–' })}</p>
        <div className="form-row">
          <DayField label={t('suspicions.grant.from')} day={from} last={today} choose={setFrom} />
          <DayField label={t('suspicions.grant.to')} day={to} last={today} choose={setTo} />
        </div>
        {!fits && <p className="fault" role="alert">{t('suspicions.grant.week')}</p>}
        {sites.isPending && <Loading />}
        {sites.isError && <Failed error={sites.error} retry={() => void sites.refetch()} />}
        {sites.data && (
          <fieldset className="grant-sites">
            <legend>{t('suspicions.grant.sites')}</legend>
            {sites.data.map((site) => (
              <label key={site}><input type="checkbox" data-site={site} checked={chosen.includes(site)} onChange={(e) => setChosen(e.target.checked ? [...chosen, site] : chosen.filter((each) => each !== site))} /> {site}</label>
            ))}
          </fieldset>
        )}
        <Field label={t('suspicions.grant.reason')}>{(id) => <input id={id} name="grant-reason" required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>
        {asking.isError && <Notice tone="bad" alert>{say(asking.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={!fits || chosen.length === 0 || asking.isPending}>{t('suspicions.grant.ask')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
