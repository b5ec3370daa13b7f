// The one file that knows the chart library; loaded only when a chart is shown. Everything is drawn on a canvas: the page's
// policy forbids the inline styles a tooltip of markup would need.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use as load } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Hour } from './day';

load([BarChart, LineChart, GridComponent, MarkAreaComponent, TooltipComponent, CanvasRenderer]);

export interface ChartWords { in: string; out: string; before: string; missing: string; partly: string; coverage: string }

interface Texts {
  hourText: (at: number) => string;
  numberText: (value: number) => string;
  shareText: (share: number) => string;
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function chartOn(element: HTMLElement, { hourText, numberText, shareText }: Texts) {
  const chart = init(element, null, { renderer: 'canvas' });

  function tooltip(hour: Hour | undefined, before: number | null | undefined, words: ChartWords): string {
    if (!hour) return '';
    const value = (n: number | null) => (n === null ? '–' : numberText(n));
    const lines = [hourText(hour.start)];
    if (hour.is === 'missing') lines.push(words.missing);
    else if (hour.is !== 'future') {
      lines.push(`${words.in}: ${value(hour.in)}`, `${words.out}: ${value(hour.out)}`, `${words.coverage}: ${shareText(hour.coverage)}`);
      if (hour.is === 'partly') lines.push(words.partly);
    }
    if (typeof before === 'number') lines.push(`${words.before}: ${numberText(before)}`);
    return lines.join('\n');
  }

  function draw(hours: readonly Hour[], before: readonly (number | null)[] | null, words: ChartWords): void {
    const [ink, soft, edge, accent, good, warn] = ['--ink', '--soft', '--edge', '--accent', '--good', '--warn'].map(colour);
    const hatch = (lines: string | undefined) => ({ symbol: 'rect', rotation: Math.PI / 4, dashArrayX: [2, 0], dashArrayY: [2, 4], color: lines });
    const bar = (hour: Hour, which: 'in' | 'out') => ({
      value: hour[which],
      // Half watched is drawn hatched: less than it was.
      itemStyle: hour.is === 'partly' ? { decal: hatch(warn) } : {},
    });
    const areas = hours.flatMap((hour, n) => (hour.is === 'missing' ? [[{ xAxis: n, name: '' }, { xAxis: n }]] : []));
    chart.setOption({
      animation: false,
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 52, right: 12, top: 12, bottom: 26 },
      tooltip: {
        trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' },
        formatter: (shown: { dataIndex: number }[]) => {
          const at = shown[0]?.dataIndex ?? -1;
          return tooltip(hours[at], before?.[at], words);
        },
      },
      xAxis: { type: 'category', data: hours.map((hour) => hourText(hour.start)), axisLine: { lineStyle: { color: edge } }, axisLabel: { color: soft, interval: hours.length > 14 ? 1 : 0 }, axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: edge } }, axisLabel: { color: soft, formatter: numberText } },
      series: [
        {
          type: 'bar', name: words.in, color: accent, data: hours.map((hour) => bar(hour, 'in')),
          markArea: { silent: true, itemStyle: { color: edge, opacity: 0.6, decal: hatch(soft) }, label: { show: true, formatter: words.missing, color: ink, rotate: 90, position: 'inside' }, data: areas },
        },
        { type: 'bar', name: words.out, color: good, data: hours.map((hour) => bar(hour, 'out')) },
        ...(before ? [{ type: 'line', name: words.before, data: [...before], color: soft, symbol: 'none', lineStyle: { type: 'dashed', width: 1.5 }, connectNulls: false }] : []),
      ],
    }, { notMerge: true });
  }

  return { draw, resize: () => chart.resize(), end: () => chart.dispose() };
}
