// Hours, days or months as bars, missing time drawn as missing. The chart library is loaded with the first chart; everything the chart shows
// also stands in the table below it.
import { useEffect, useRef } from 'react';
import { useText } from '../../i18n';
import { numberText, shareText } from '../../text/number';
import type { Hour } from './day';
import type { ChartWords } from './chart';

interface Props {
  label: string;
  /** What stands below the bar that begins then. */
  name: (start: number) => string;
  hours: readonly Hour[];
  before: readonly (number | null)[] | null;
}

export function HoursChart({ label, name, hours, before }: Props) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const words: ChartWords = { in: t('visitors.in'), out: t('visitors.out'), before: t('visitors.weekBefore'), missing: t('visitors.missing'), partly: t('visitors.partly'), coverage: t('visitors.coverage') };
  const latest = useRef({ hours, before, words, name });
  const draw = useRef<(() => void) | null>(null);
  useEffect(() => {
    latest.current = { hours, before, words, name };
    draw.current?.();
  });
  useEffect(() => {
    const element = place.current;
    let gone = false;
    let stop: (() => void) | null = null;
    void import('./chart').then(({ chartOn }) => {
      if (gone || !element) return;
      const chart = chartOn(element, { hourText: (at) => latest.current.name(at), numberText, shareText });
      const again = () => chart.draw(latest.current.hours, latest.current.before, latest.current.words);
      const resized = new ResizeObserver(() => chart.resize());
      resized.observe(element);
      const dark = matchMedia('(prefers-color-scheme: dark)');
      dark.addEventListener('change', again);
      const themed = new MutationObserver(again);
      themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
      draw.current = again;
      again();
      stop = () => {
        resized.disconnect();
        dark.removeEventListener('change', again);
        themed.disconnect();
        draw.current = null;
        chart.end();
      };
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);
  return (
    <figure className="chart">
      <figcaption className="legend">
        <span className="legend-in">{words.in}</span>
        <span className="legend-out">{words.out}</span>
        {before && <span className="legend-before">{words.before}</span>}
      </figcaption>
      <div ref={place} className="hours-chart" role="img" aria-label={label} />
    </figure>
  );
}
