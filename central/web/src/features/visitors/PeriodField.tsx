// Which day, week, month, year or holiday: typed the Vietnamese way, or one step back and forth.
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { useText } from '../../i18n';
import { dayOf, dayText } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Field } from '../../ui/Field';
import { type Kind, monthAfter, monthFrom, monthText, step } from './period';
import { useHolidays } from './useOffice';

interface Props {
  kind: Kind;
  at: string;
  choose: (at: string) => void;
  holiday: string | null;
  chooseHoliday: (id: string) => void;
}

export function PeriodField({ kind, at, choose, holiday, chooseHoliday }: Props) {
  const { t } = useText();
  const today = dayOf(api.now());
  const holidays = useHolidays(kind === 'holiday');
  const capped = (day: string) => choose(day > today ? today : day);
  if (kind === 'day') return <DayField day={at} last={today} choose={choose} />;
  if (kind === 'month') return <MonthField month={at.slice(0, 7)} last={today.slice(0, 7)} choose={(month) => capped(`${month}-${at.slice(0, 7) === month ? at.slice(8) : '01'}`)} />;
  if (kind === 'holiday') {
    return (
      <Field label={t('visitors.tab.holiday')}>
        {(id) => (
          <select id={id} name="holiday" value={holiday ?? ''} onChange={(e) => chooseHoliday(e.target.value)}>
            <option value="" disabled>{t('visitors.chooseHoliday')}</option>
            {holidays.data?.items.map((each) => <option key={each.id} value={each.id}>{each.name} ({dayText(each.first_day)} – {dayText(each.last_day)})</option>)}
          </select>
        )}
      </Field>
    );
  }
  const beyond = step(kind, at, 1) > today && (kind === 'week' || step(kind, at, 1).slice(0, 4) > today.slice(0, 4));
  return (
    <Field label={t(`visitors.tab.${kind}`)}>
      {(id) => (
        <span className="day-field">
          <Button aria-label={t('visitors.earlier')} onClick={() => choose(step(kind, at, -1))}>‹</Button>
          <output id={id} className="period-shown">{kind === 'year' ? at.slice(0, 4) : t('visitors.weekOf', { day: dayText(at) })}</output>
          <Button aria-label={t('visitors.later')} disabled={beyond} onClick={() => capped(step(kind, at, 1))}>›</Button>
        </span>
      )}
    </Field>
  );
}

interface MonthProps {
  month: string;
  last?: string;
  label?: string;
  choose: (month: string) => void;
}

export function MonthField({ month, last, label, choose }: MonthProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(monthText(month));
  useEffect(() => setTyped(monthText(month)), [month]);
  const fits = (each: string | null): each is string => each !== null && (last === undefined || each <= last);
  const take = (text: string) => {
    setTyped(text);
    const next = monthFrom(text);
    if (fits(next)) choose(next);
  };
  return (
    <Field label={label ?? t('visitors.tab.month')}>
      {(id) => (
        <span className="day-field">
          <Button aria-label={t('visitors.earlier')} onClick={() => choose(monthAfter(month, -1))}>‹</Button>
          <input id={id} name="month" inputMode="numeric" size={8} maxLength={7} required placeholder={t('visitors.monthForm')} value={typed} aria-invalid={!fits(monthFrom(typed))}
            onChange={(e) => take(e.target.value)} onBlur={() => setTyped(monthText(month))} />
          <Button aria-label={t('visitors.later')} disabled={last !== undefined && month >= last} onClick={() => choose(monthAfter(month, 1))}>›</Button>
        </span>
      )}
    </Field>
  );
}
