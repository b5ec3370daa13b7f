// Figures of a period as bars of a chart. Pure. What is missing is never a zero, and what is to come is neither.
import type { Figure } from '../../api/types';
import type { Hour } from './day';

export function barsOf(figures: readonly Figure[]): Hour[] {
  return figures.map((figure, start) => {
    const entered = figure.in ?? null;
    const is = figure.days === 0 ? 'future' : entered === null ? 'missing' : figure.lacks ? 'partly' : 'whole';
    return { start, in: entered, out: figure.out ?? null, is, coverage: figure.coverage ?? 1 };
  });
}

/** How many hundredths it is of the other; null where one of them is not known. */
export function ratioOf(now: number | null | undefined, before: number | null | undefined): number | null {
  return typeof now === 'number' && typeof before === 'number' && before > 0 ? now / before : null;
}
