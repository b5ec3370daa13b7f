// At all hours, or on some days between two times.
import { useText } from '../../i18n';
import { Field } from '../../ui/Field';
import { minuteOf, type Typed } from './proposal';

type Hours = Typed['hours'];
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const OFFICE: NonNullable<Hours> = { days: [1, 2, 3, 4, 5], from: '07:00', to: '17:30' };

export function HoursField({ hours, choose }: { hours: Hours; choose: (hours: Hours) => void }) {
  const { t } = useText();
  const toggle = (day: number) => {
    if (hours) choose({ ...hours, days: hours.days.includes(day) ? hours.days.filter((each) => each !== day) : [...hours.days, day].sort() });
  };
  const time = (which: 'from' | 'to') => hours && (
    <Field label={t(`people.form.${which}`)}>
      {(id) => (
        <input id={id} size={5} maxLength={5} required value={hours[which]} aria-invalid={minuteOf(hours[which]) === null}
          pattern="\d{1,2}:\d{2}" onChange={(e) => choose({ ...hours, [which]: e.target.value })} />
      )}
    </Field>
  );
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={hours !== null} onChange={(e) => choose(e.target.checked ? OFFICE : null)} /> {t('people.form.limited')}
      </label>
      {hours && (
        <div className="form-row">
          <fieldset className="segments">
            <legend>{t('people.form.days')}</legend>
            {DAYS.map((day) => (
              <button key={day} type="button" aria-pressed={hours.days.includes(day)} onClick={() => toggle(day)}>{t(`people.form.day.d${day}`)}</button>
            ))}
          </fieldset>
          {time('from')}
          {time('to')}
        </div>
      )}
    </>
  );
}
