// One place over a day, week, month, year or holiday: sums with how sure they are, what they are held against, a chart and the
// same in a table, where any figure can be typed in or corrected.
import { lazy, Suspense, useState } from 'react';
import { api } from '../../api/client';
import type { Figure, VisitorFigures, VisitorPlace } from '../../api/types';
import { useText } from '../../i18n';
import { numberText, shareText } from '../../text/number';
import { dayOf, dayText, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { Beside, Card, Sureness, useFigureText } from './Figure';
import { HoursChart } from './HoursChart';
import { Inside } from './Inside';
import { Lines } from './LinesDay';
import { type Kind, monthText, periodText, stepText } from './period';
import { PeriodField } from './PeriodField';
import { barsOf, ratioOf } from './steps';
import { useFigures } from './useOffice';

const EntryDialog = lazy(() => import('./EntryDialog'));

interface Props {
  place: VisitorPlace;
  kind: Kind;
  at: string;
  choose: (at: string) => void;
  setUp: () => void;
}

/** What somebody wants to type in: a gate and a day or month. */
interface Wanted { gate: string; period: string }

export function PeriodView({ place, kind, at, choose, setUp }: Props) {
  const { t } = useText();
  const today = dayOf(api.now());
  const [holiday, setHoliday] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const figures = useFigures(place.site, kind, at, holiday, at === today);
  const gate = place.gates[0]?.gate;
  const titles = Object.fromEntries(place.gates.map((each) => [each.gate, each.title]));
  return (
    <>
      <div className="form-row no-print">
        <PeriodField kind={kind} at={at} choose={choose} holiday={holiday} chooseHoliday={setHoliday} />
        {kind !== 'holiday' && <Button disabled={at === today} onClick={() => choose(today)}>{t('visitors.today')}</Button>}
        {gate !== undefined && <Button data-act="enter" onClick={() => setWanted({ gate, period: kind === 'year' ? at.slice(0, 7) : at })}>{t('visitors.enter.act')}</Button>}
        <Button onClick={() => window.print()}>{t('visitors.print')}</Button>
      </div>
      {place.needs_model && <Notice tone="warn">{t('visitors.needsModel')} <Button look="quiet" className="no-print" onClick={setUp}>{t('visitors.tab.setup')}</Button></Notice>}
      {kind === 'day' && at === today && <Inside site={place.site} />}
      {kind === 'holiday' && holiday === null && <Empty>{t('visitors.holidayHow')}</Empty>}
      {figures.isError && <Failed error={figures.error} retry={() => void figures.refetch()} />}
      {figures.isLoading && <Loading />}
      {figures.data && <Shown figures={figures.data} bare={kind === 'day' && at === today} correct={setWanted} />}
      {kind === 'day' && <Lines site={place.site} day={at} titles={titles} />}
      {figures.data && (
        <footer className="definitions">
          <p className="hint print-only">{t('visitors.printed', { at: momentText(api.now()) })}</p>
          <p className="hint">{t('visitors.definitions')}</p>
        </footer>
      )}
      {wanted && (
        <Suspense fallback={null}>
          <EntryDialog frozen={figures.data?.frozen.map((each) => each.month) ?? []} place={place} gate={wanted.gate} period={wanted.period} onClose={() => setWanted(null)} />
        </Suspense>
      )}
    </>
  );
}

/** `bare`: the sum stands above already. */
function Shown({ figures, bare, correct }: { figures: VisitorFigures; bare: boolean; correct: (wanted: Wanted) => void }) {
  const { t } = useText();
  const [chosen, setChosen] = useState('');
  const gate = figures.gates.find((each) => each.gate === chosen);
  const series = gate ? gate.steps.map((each) => each.figure) : figures.total?.steps ?? null;
  const sum = gate ? gate.sum : figures.total?.sum;
  const before = gate ? null : figures.before;
  const ratio = figures.over && sum && !sum.lacks && before?.total && !before.total.lacks ? ratioOf(sum.in, before.total.in) : null;
  const title = figures.first_day === figures.last_day ? dayText(figures.first_day) : `${dayText(figures.first_day)} – ${dayText(figures.last_day)}`;
  const name = (n: number) => stepText(figures.steps[n] ?? '');
  return (
    <>
      <h2 className="period-title">{figures.title} · {figures.holiday ? `${figures.holiday}: ` : ''}{title}</h2>
      {figures.frozen.map((frozen) => (
        <Notice key={frozen.month} tone="good">{t('visitors.frozenBy', { month: monthText(frozen.month), name: frozen.signed_name, title: frozen.signed_title, at: momentText(frozen.at.utc) })}</Notice>
      ))}
      <div className="figure-cards">
        {!(bare && !gate) && <Card title={gate ? gate.title : t('visitors.wholePlace')} figure={sum} note={ratio === null ? undefined : t('visitors.ratio', { share: shareText(ratio) })} />}
        {before && <Card title={t(figures.kind === 'day' ? 'visitors.weekdayBefore' : 'visitors.yearBefore', { day: dayText(before.first_day) })} figure={before.total} />}
      </div>
      {figures.gates.length > 0 && (
        <div className="no-print form-row">
          <Field label={t('visitors.gate')}>
            {(id) => (
              <select id={id} name="gate" value={gate ? chosen : ''} onChange={(e) => setChosen(e.target.value)}>
                <option value="">{t('visitors.wholePlace')}</option>
                {figures.gates.map((each) => <option key={each.gate} value={each.gate}>{each.title}</option>)}
              </select>
            )}
          </Field>
        </div>
      )}
      {series && figures.kind !== 'day' && (
        <section className="sheet line-day">
          <HoursChart label={t('visitors.chartSteps')} name={name} hours={barsOf(series)} before={null} />
        </section>
      )}
      <div className="sheet">
        <table className="table" aria-label={t('visitors.tableSteps')}>
          <thead>
            <tr>
              <th>{t('visitors.time')}</th><th>{t('visitors.gate')}</th><th className="number">{t('visitors.in')}</th><th className="number">{t('visitors.out')}</th>
              <th>{t('visitors.how')}</th><th className="no-print"><span className="visually-hidden">{t('visitors.enter.act')}</span></th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(figures, gate?.gate).map(({ period, gate: of, title: called, figure }) => (
              <Row key={`${period} ${of}`} period={period} gate={called} figure={figure} correct={() => correct({ gate: of, period })} canCorrect={of !== ''} />
            ))}
          </tbody>
        </table>
      </div>
      {figures.capacity !== null && figures.capacity !== undefined && <p className="hint">{t('visitors.capacity', { capacity: numberText(figures.capacity) })}</p>}
    </>
  );
}

interface RowOf { period: string; gate: string; title: string; figure: Figure }

/** It has begun, or something came for it after a freeze that did not know it. */
const isThere = (figure: Figure) => figure.days > 0 || Boolean(figure.supplement);

/** Of a day every gate; of more the steps of one gate, or of the place when none is chosen. */
function rowsOf(figures: VisitorFigures, chosen: string | undefined): RowOf[] {
  const gates = figures.gates.filter((each) => chosen === undefined || each.gate === chosen);
  if (figures.kind === 'day' || chosen !== undefined || !figures.total) {
    return figures.steps.flatMap((period, n) => gates.flatMap((each) => {
      const step = each.steps[n];
      return step && isThere(step.figure) ? [{ period, gate: each.gate, title: each.title, figure: step.figure }] : [];
    }));
  }
  return figures.total.steps.flatMap((figure, n) => (isThere(figure) ? [{ period: figures.steps[n] ?? '', gate: '', title: '', figure }] : []));
}

function Row({ period, gate, figure, correct, canCorrect }: { period: string; gate: string; figure: Figure; correct: () => void; canCorrect: boolean }) {
  const { t } = useText();
  const text = useFigureText();
  return (
    <tr data-period={period} className={figure.in === null ? 'missing-row' : ''}>
      <td>{periodText(period)}</td>
      <td>{gate === '' ? t('visitors.wholePlace') : gate}</td>
      <td className="number">{text(figure)}</td>
      <td className="number">{text(figure, 'out')}</td>
      <td><Sureness figure={figure} /><Beside figure={figure} /></td>
      <td className="no-print">{canCorrect && <Button look="quiet" onClick={correct} aria-label={t('visitors.enter.of', { gate, period: periodText(period) })}>{t('visitors.enter.short')}</Button>}</td>
    </tr>
  );
}
