// What figures are measured by: names of places and gates, which gates make the sum of a place, capacities, holidays. Every change
// is a new version under a person's name.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { VisitorPlace } from '../../api/types';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { fold } from '../../text/search';
import { dayOf, dayText } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useHolidays, useReadAnew } from './useOffice';

/** A name for programs out of one for people: a-z, 0-9 and hyphens. */
const slug = (title: string) => fold(title).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');

export default function Setup({ places }: { places: readonly VisitorPlace[] }) {
  const { t } = useText();
  return (
    <>
      {places.map((place) => <Place key={place.site} place={place} />)}
      <AddPlace />
      <Holidays />
      <p className="hint">{t('visitors.setup.kept')}</p>
    </>
  );
}

/** Sends what a form holds, tells how it went, and reads everything anew. */
function useChange<T>(send: (what: T) => Promise<unknown>, done?: () => void) {
  const say = useErrorText();
  const { t } = useText();
  const readAnew = useReadAnew();
  const sending = useMutation({
    mutationFn: send,
    onSuccess: () => {
      readAnew();
      done?.();
    },
    onError: readAnew,
  });
  const told: ReactNode = sending.isError ? <Notice tone="bad" alert>{say(sending.error)}</Notice>
    : sending.isSuccess ? <Notice tone="good">{t('visitors.setup.done')}</Notice> : null;
  return { send: sending.mutate, busy: sending.isPending, told };
}

function Place({ place }: { place: VisitorPlace }) {
  const { t } = useText();
  const [title, setTitle] = useState(place.title);
  const naming = useChange(() => api.call('post', '/api/v1/visitors/places', { body: { site: place.site, title, version: place.version } }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    naming.send(undefined);
  };
  return (
    <section className="sheet setup" aria-label={place.title}>
      <h2>{place.title} <span className="hint">{place.site}</span></h2>
      <form className="form-row" onSubmit={submit}>
        <Field label={t('visitors.setup.placeTitle')}>{(id) => <input id={id} name={`title-${place.site}`} required minLength={2} maxLength={80} value={title} onChange={(e) => setTitle(e.target.value)} />}</Field>
        <Button type="submit" disabled={naming.busy || title === place.title}>{t('visitors.setup.save')}</Button>
      </form>
      {naming.told}
      {place.needs_model && <Notice tone="warn">{t('visitors.needsModel')}</Notice>}
      <div className="setup-gates">
        {place.gates.map((gate) => <Gate key={`${gate.gate} ${gate.version}`} site={place.site} gate={gate} />)}
        <AddGate site={place.site} />
      </div>
      <Capacity place={place} />
    </section>
  );
}

function Gate({ site, gate }: { site: string; gate: VisitorPlace['gates'][number] }) {
  const { t } = useText();
  const [title, setTitle] = useState(gate.title);
  const [addsUp, setAddsUp] = useState(gate.adds_up);
  const naming = useChange(() => api.call('post', '/api/v1/visitors/gates', { body: { site, gate: gate.gate, title, adds_up: addsUp, version: gate.version } }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    naming.send(undefined);
  };
  return (
    <form className="form-row" onSubmit={submit}>
      <Field label={gate.by_camera ? t('visitors.setup.line', { line: gate.gate }) : t('visitors.setup.byHand')}>
        {(id) => <input id={id} name={`gate-${gate.gate}`} required minLength={2} maxLength={80} value={title} onChange={(e) => setTitle(e.target.value)} />}
      </Field>
      <label className="check"><input type="checkbox" name={`adds-up-${gate.gate}`} checked={addsUp} onChange={(e) => setAddsUp(e.target.checked)} /> {t('visitors.setup.addsUp')}</label>
      <Button type="submit" disabled={naming.busy || (gate.version > 0 && title === gate.title && addsUp === gate.adds_up)}>{t('visitors.setup.save')}</Button>
      {naming.told}
    </form>
  );
}

function AddGate({ site }: { site: string }) {
  const { t } = useText();
  const [title, setTitle] = useState('');
  const adding = useChange(() => api.call('post', '/api/v1/visitors/gates', { body: { site, gate: slug(title), title, adds_up: true, version: 0 } }), () => setTitle(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.send(undefined);
  };
  return (
    <form className="form-row" onSubmit={submit}>
      <Field label={t('visitors.setup.newGate')}>{(id) => <input id={id} name={`new-gate-${site}`} required minLength={2} maxLength={80} value={title} onChange={(e) => setTitle(e.target.value)} />}</Field>
      <Button type="submit" disabled={adding.busy || slug(title) === ''}>{t('visitors.setup.add')}</Button>
      {adding.told}
    </form>
  );
}

function Capacity({ place }: { place: VisitorPlace }) {
  const { t } = useText();
  const [from, setFrom] = useState(dayOf(api.now()));
  const [typed, setTyped] = useState({ capacity: '', reason: '' });
  const setting = useChange(() => api.call('post', '/api/v1/visitors/capacities', {
    body: { site: place.site, from, capacity: Number(typed.capacity.replace(/\D/g, '')), reason: typed.reason },
  }), () => setTyped({ capacity: '', reason: '' }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setting.send(undefined);
  };
  return (
    <form className="form-row" onSubmit={submit}>
      <Field label={typeof place.capacity === 'number' ? t('visitors.setup.capacityNow', { capacity: numberText(place.capacity) }) : t('visitors.setup.capacity')}>
        {(id) => <input id={id} name={`capacity-${place.site}`} required inputMode="numeric" size={9} maxLength={11} value={typed.capacity} onChange={(e) => setTyped({ ...typed, capacity: e.target.value })} />}
      </Field>
      <DayField label={t('visitors.setup.from')} day={from} choose={setFrom} />
      <Field label={t('visitors.reason')}>{(id) => <input id={id} name={`capacity-reason-${place.site}`} required minLength={5} maxLength={300} value={typed.reason} onChange={(e) => setTyped({ ...typed, reason: e.target.value })} />}</Field>
      <Button type="submit" disabled={setting.busy}>{t('visitors.setup.save')}</Button>
      {setting.told}
    </form>
  );
}

function AddPlace() {
  const { t } = useText();
  const [title, setTitle] = useState('');
  const adding = useChange(() => api.call('post', '/api/v1/visitors/places', { body: { site: slug(title), title, version: 0 } }), () => setTitle(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.send(undefined);
  };
  return (
    <section className="sheet setup">
      <h2>{t('visitors.setup.newPlace')}</h2>
      <form className="form-row" onSubmit={submit}>
        <Field label={t('visitors.setup.placeTitle')} hint={slug(title) === '' ? undefined : slug(title)}>{(id) => <input id={id} name="new-place" required minLength={2} maxLength={80} value={title} onChange={(e) => setTitle(e.target.value)} />}</Field>
        <Button type="submit" disabled={adding.busy || slug(title) === ''}>{t('visitors.setup.add')}</Button>
      </form>
      {adding.told}
    </section>
  );
}

function Holidays() {
  const { t } = useText();
  const today = dayOf(api.now());
  const holidays = useHolidays(true);
  const [typed, setTyped] = useState({ name: '', first: today, last: today });
  const setting = useChange(
    (body: { id?: string; version: number; name: string; first_day: string; last_day: string; withdrawn: boolean }) => api.call('post', '/api/v1/visitors/holidays', { body }),
    () => setTyped({ name: '', first: today, last: today }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setting.send({ version: 0, name: typed.name, first_day: typed.first, last_day: typed.last, withdrawn: false });
  };
  return (
    <section className="sheet setup">
      <h2>{t('visitors.setup.holidays')}</h2>
      <p className="hint">{t('visitors.setup.holidaysHow')}</p>
      <ul className="plain-list">
        {holidays.data?.items.map((each) => (
          <li key={each.id} className="form-row">
            <span>{each.name}: {dayText(each.first_day)} – {dayText(each.last_day)}</span>
            <Button look="quiet" disabled={setting.busy} aria-label={t('visitors.setup.removeOf', { name: each.name, day: dayText(each.first_day) })}
              onClick={() => setting.send({ id: each.id, version: each.version, name: each.name, first_day: each.first_day, last_day: each.last_day, withdrawn: true })}>{t('visitors.setup.remove')}</Button>
          </li>
        ))}
      </ul>
      <form className="form-row" onSubmit={submit}>
        <Field label={t('visitors.setup.holidayName')}>{(id) => <input id={id} name="holiday-name" required minLength={2} maxLength={80} value={typed.name} onChange={(e) => setTyped({ ...typed, name: e.target.value })} />}</Field>
        <DayField label={t('visitors.setup.from')} day={typed.first} choose={(first) => setTyped({ ...typed, first, last: typed.last < first ? first : typed.last })} />
        <DayField label={t('visitors.setup.to')} day={typed.last} choose={(last) => setTyped({ ...typed, last })} />
        <Button type="submit" disabled={setting.busy || typed.last < typed.first}>{t('visitors.setup.add')}</Button>
      </form>
      {setting.told}
    </section>
  );
}
