// One place, one day, each counting line with its hours and how much of them was watched, beside the same weekday before.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { LineCounts } from '../../api/types';
import { useText } from '../../i18n';
import { numberText, shareText } from '../../text/number';
import { clockText, dayAfter, dayOf, hourText, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { SiteField, useSites } from '../../ui/SiteField';
import { Empty, Failed, Loading } from '../../ui/States';
import { type LineDay, lineDay, missingStretches } from './day';
import { HoursChart } from './HoursChart';
import './visitors.css';

function useDay(site: string, day: string, live: boolean) {
  const within = windowOf(day);
  return useQuery({
    queryKey: ['counts', site, day],
    queryFn: ({ signal }) => api.call('get', '/api/v1/counts', { query: { site, from: within?.from ?? '', to: within?.to ?? '', step: 'hour' }, signal }),
    enabled: site !== '' && within !== null,
    // A minute is what the devices count by.
    refetchInterval: live ? 60_000 : false,
  });
}

/** For desks that count nothing themselves and only look. */
export default function LinesDay() {
  const { t } = useText();
  const sites = useSites();
  const today = dayOf(api.now());
  const [chosen, setChosen] = useState<string | null>(null);
  const [day, setDay] = useState(today);
  const site = chosen ?? sites.data?.[0] ?? '';
  if (sites.isPending) return <Loading />;
  if (sites.isError) return <Failed error={sites.error} retry={() => void sites.refetch()} />;
  if (sites.data.length === 0) return <Empty>{t('visitors.noSites')}</Empty>;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('visitors.title')}</h1>
        <SiteField sites={sites.data} site={site} choose={setChosen} />
        <DayField day={day} last={today} choose={setDay} />
        <Button disabled={day === today} onClick={() => setDay(today)}>{t('visitors.today')}</Button>
      </div>
      <Lines site={site} day={day} />
      <footer className="definitions"><p className="hint">{t('visitors.definitions')}</p></footer>
    </div>
  );
}

export function Lines({ site, day, titles = {} }: { site: string; day: string; titles?: Record<string, string> }) {
  const { t } = useText();
  const today = dayOf(api.now());
  const counts = useDay(site, day, day === today);
  const weekBefore = useDay(site, dayAfter(day, -7), false);
  return (
    <>
      {counts.isPending && <Loading />}
      {counts.isError && <Failed error={counts.error} retry={() => void counts.refetch()} />}
      {counts.data?.lines.length === 0 && <Empty>{t('visitors.none')}</Empty>}
      {counts.data?.lines.map((line) => (
        <Line key={key(line)} line={line} title={titles[gateOf(line)]} before={weekBefore.data?.lines.find((each) => key(each) === key(line))} />
      ))}
      {day === today && counts.data && <p className="hint">{t('visitors.updated', { at: clockText(counts.dataUpdatedAt) })}</p>}
    </>
  );
}

const gateOf = (line: LineCounts) => `${line.node}/${line.camera}/${line.line}`;
const key = (line: LineCounts) => `${line.node}/${line.camera}/${line.line}/${line.class}`;

function Line({ line, title, before }: { line: LineCounts; title: string | undefined; before: LineCounts | undefined }) {
  const { t } = useText();
  const day = lineDay(line.buckets, api.now());
  return (
    <section className="sheet line-day">
      <header>
        <h2>{title ?? t('visitors.line', { line: line.line })}</h2>
        <p className="hint">{line.camera} · {t(line.class === 'vehicle' ? 'visitors.vehicle' : 'visitors.person')}</p>
      </header>
      <Figures day={day} />
      <HoursChart label={t('visitors.chart')} name={hourText} hours={day.hours} before={before ? before.buckets.map((bucket) => bucket.in ?? null) : null} />
      <details>
        <summary>{t('visitors.table')}</summary>
        <HourTable day={day} />
      </details>
    </section>
  );
}

function Figures({ day }: { day: LineDay }) {
  const { t } = useText();
  const sum = (count: number) => (day.lacks ? t('visitors.atLeast', { count: numberText(count) }) : numberText(count));
  const missing = missingStretches(day.hours).map(({ from, to }) => `${hourText(from)}–${hourText(to)}`);
  return (
    <>
      <dl className="figures">
        <div><dt>{t('visitors.in')}</dt><dd>{sum(day.in)}</dd></div>
        <div><dt>{t('visitors.out')}</dt><dd>{sum(day.out)}</dd></div>
        <div><dt>{t('visitors.doubtful')}</dt><dd>{numberText(day.doubtful)}</dd></div>
        <div className={day.lacks ? 'lacks' : ''}><dt>{t('visitors.coverage')}</dt><dd>{shareText(day.coverage)}</dd></div>
      </dl>
      {missing.length > 0 && <p className="lacks">{t('visitors.missingHours', { hours: missing.join(', ') })}</p>}
    </>
  );
}

function HourTable({ day }: { day: LineDay }) {
  const { t } = useText();
  const value = (n: number | null) => (n === null ? '–' : numberText(n));
  return (
    <table className="table">
      <thead>
        <tr><th>{t('visitors.hour')}</th><th className="number">{t('visitors.in')}</th><th className="number">{t('visitors.out')}</th><th className="number">{t('visitors.coverage')}</th></tr>
      </thead>
      <tbody>
        {day.hours.filter((hour) => hour.is !== 'future').map((hour) => (
          <tr key={hour.start}>
            <td>{hourText(hour.start)}</td>
            <td className="number">{value(hour.in)}</td>
            <td className="number">{value(hour.out)}</td>
            <td className="number">{hour.is === 'missing' ? t('visitors.missing') : shareText(hour.coverage)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
