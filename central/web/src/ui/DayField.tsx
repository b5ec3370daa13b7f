// A day, written dd/mm/yyyy whatever the browser's language is, with one step back and forth.
import { useEffect, useState } from 'react';
import { useText } from '../i18n';
import { dayAfter, dayFrom, dayText } from '../text/time';
import { Button } from './Button';
import { Field } from './Field';

interface Props {
  day: string;
  /** The last day that can be chosen, `yyyy-mm-dd`. */
  last?: string;
  label?: string;
  name?: string;
  choose: (day: string) => void;
}

export function DayField({ day, last, label, name, choose }: Props) {
  const { t } = useText();
  const [typed, setTyped] = useState(dayText(day));
  useEffect(() => setTyped(dayText(day)), [day]);
  const read = dayFrom(typed);
  const fits = read !== null && (last === undefined || read <= last);
  const take = (text: string) => {
    setTyped(text);
    const next = dayFrom(text);
    if (next !== null && (last === undefined || next <= last)) choose(next);
  };
  return (
    <Field label={label ?? t('shell.word.day')}>
      {(id) => (
        <span className="day-field">
          <Button aria-label={t('shell.word.dayBefore')} onClick={() => choose(dayAfter(day, -1))}>‹</Button>
          <input id={id} name={name} inputMode="numeric" size={10} maxLength={10} required placeholder={t('shell.word.dayForm')} value={typed} aria-invalid={!fits}
            onChange={(e) => take(e.target.value)} onBlur={() => setTyped(dayText(day))} />
          <Button aria-label={t('shell.word.dayAfter')} disabled={last !== undefined && day >= last} onClick={() => choose(dayAfter(day, 1))}>›</Button>
        </span>
      )}
    </Field>
  );
}
