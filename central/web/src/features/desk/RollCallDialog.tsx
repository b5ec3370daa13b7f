// Điểm danh: who was let in today at one place. Says what it does not know.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { RollCall } from '../../api/types';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { byGivenName, matches } from '../../text/search';
import { hourText, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

export function RollCallDialog({ sites, onClose }: { sites: readonly string[]; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [site, setSite] = useState(sites[0] ?? '');
  const [reason, setReason] = useState('');
  const calling = useMutation({
    mutationFn: () => api.call('post', '/api/v1/gates/roll-call', { body: { site, reason } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    calling.mutate();
  };
  return (
    <Dialog title={t('desk.act.rollCall')} onClose={onClose} wide>
      <form className="form-row" onSubmit={submit}>
        <Field label={t('shell.word.site')}>
          {(id) => (
            <select id={id} value={site} onChange={(e) => setSite(e.target.value)}>
              {sites.map((name) => <option key={name}>{name}</option>)}
            </select>
          )}
        </Field>
        <div className="grow">
          <Field label={t('desk.roll.reason')}>
            {(id) => <input id={id} required minLength={5} maxLength={300} value={reason} onChange={(e) => setReason(e.target.value)} />}
          </Field>
        </div>
        <Button look="main" type="submit" disabled={calling.isPending}>{t('desk.roll.call')}</Button>
      </form>
      {calling.isError && <Notice tone="bad" alert>{say(calling.error)}</Notice>}
      {calling.data && <Roll roll={calling.data} />}
    </Dialog>
  );
}

function Roll({ roll }: { roll: RollCall }) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const people = [...roll.people]
    .filter((each) => matches(`${each.name} ${each.unit ?? ''}`, typed))
    .sort((a, b) => byGivenName(a.name, b.name));
  const counted = typeof roll.counted_in === 'number' && typeof roll.counted_out === 'number'
    ? t('desk.roll.counted', { in: numberText(roll.counted_in), out: numberText(roll.counted_out) }) : t('desk.roll.notCounted');
  return (
    <>
      <p>
        <strong>{t('desk.roll.people', { count: numberText(roll.people.length) })}</strong> · {momentText(roll.at.utc)}<br />
        {t('desk.roll.guards', { count: numberText(roll.let_in_by_guards) })} · {t('desk.roll.byHand', { count: numberText(roll.opened_by_hand) })} · {counted}
      </p>
      <Notice tone="warn">{t('desk.roll.caution')}</Notice>
      {roll.people.length > 0 && (
        <>
          <input aria-label={t('desk.roll.filter')} placeholder={t('desk.roll.filter')} value={typed} onChange={(e) => setTyped(e.target.value)} />
          <table className="table">
            <thead>
              <tr><th>{t('desk.roll.name')}</th><th>{t('desk.roll.unit')}</th><th>{t('desk.roll.first')}</th><th>{t('desk.roll.last')}</th><th>{t('shell.word.gate')}</th></tr>
            </thead>
            <tbody>
              {people.map((each, n) => (
                // Two people may have one name and one unit: there is nothing else to tell them apart by.
                <tr key={`${each.name} ${n}`}>
                  <td>{each.name}</td><td>{each.unit}</td><td>{hourText(each.first.utc)}</td><td>{hourText(each.last.utc)}</td><td>{each.gate}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}
