// A visitor is written into the book: name, purpose, whom for. Enter sends; everything else can be left out.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Visit } from '../../api/types';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { type Chosen, HostField } from './HostField';

export interface ForArrival { id: string; site: string; gate: string }

interface Props {
  sites: readonly string[];
  arrival: ForArrival | null;
  cancel: () => void;
  done: (visit: Visit) => void;
}

export function NewVisit({ sites, arrival, cancel, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const [site, setSite] = useState(arrival?.site ?? sites[0] ?? '');
  const [typed, setTyped] = useState({ name: '', organisation: '', purpose: '', badge: '' });
  const [host, setHost] = useState<Chosen>({ host: null, text: '' });
  const put = (part: Partial<typeof typed>) => setTyped((was) => ({ ...was, ...part }));
  const orNone = (text: string) => text.trim() || null;
  const sending = useMutation({
    mutationFn: () => api.call('post', '/api/v1/visits', {
      body: {
        site, visitor_name: typed.name.trim(), organisation: orNone(typed.organisation), purpose: typed.purpose.trim(), badge: orNone(typed.badge),
        host_id: host.host?.host_id ?? null, host_name: host.host ? null : orNone(host.text), arrival_id: arrival?.id ?? null,
      },
    }),
    onSuccess: done,
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  return (
    <form className="form visit-form" onSubmit={submit}>
      {arrival && <p className="hint">{t('visits.ofArrival', { gate: arrival.gate })}</p>}
      {!arrival && sites.length > 1 && (
        <Field label={t('shell.word.site')}>{(id) => <select id={id} value={site} onChange={(e) => setSite(e.target.value)}>{sites.map((each) => <option key={each}>{each}</option>)}</select>}</Field>
      )}
      <Field label={t('visits.field.name')}>{(id) => <input id={id} name="visitor" autoFocus required minLength={2} maxLength={80} autoComplete="off" value={typed.name} onChange={(e) => put({ name: e.target.value })} />}</Field>
      <HostField site={site} chosen={host} choose={setHost} />
      <Field label={t('visits.field.purpose')}>{(id) => <input id={id} name="purpose" required minLength={2} maxLength={200} autoComplete="off" value={typed.purpose} onChange={(e) => put({ purpose: e.target.value })} />}</Field>
      <div className="form-row">
        <div className="grow"><Field label={t('visits.field.organisation')}>{(id) => <input id={id} name="organisation" maxLength={120} autoComplete="off" value={typed.organisation} onChange={(e) => put({ organisation: e.target.value })} />}</Field></div>
        <Field label={t('visits.field.badge')}>{(id) => <input id={id} name="badge" size={8} maxLength={40} autoComplete="off" value={typed.badge} onChange={(e) => put({ badge: e.target.value })} />}</Field>
      </div>
      {sending.isError && <Notice tone="bad" alert>{say(sending.error)}</Notice>}
      <div className="dialog-actions">
        <Button onClick={cancel}>{t('shell.word.cancel')}</Button>
        <Button look="main" type="submit" disabled={sending.isPending || site === ''}>{t('visits.act.record')}</Button>
      </div>
    </form>
  );
}
