// One counting line over one day. Pure. What is missing is never a zero.
import type { Bucket } from '../../api/types';

const HOUR_MS = 3_600_000;
/** Below this an hour was not watched whole; the service rounds by the same number. */
const WHOLE = 0.995;

export interface Hour {
  start: number;
  in: number | null;
  out: number | null;
  /** `future`: has not begun; `missing`: begun, and nothing is known of it. */
  is: 'whole' | 'partly' | 'missing' | 'future';
  coverage: number;
}

export interface LineDay {
  hours: Hour[];
  in: number;
  out: number;
  doubtful: number;
  /** Share of the time until now that was watched, 0..1. */
  coverage: number;
  /** The sums are a minimum. */
  lacks: boolean;
}

export function lineDay(buckets: readonly Bucket[], now: number): LineDay {
  let [watched, elapsed] = [0, 0];
  const sums = { in: 0, out: 0, doubtful: 0 };
  const hours = buckets.map((bucket): Hour => {
    const start = Date.parse(bucket.start.utc);
    const known = typeof bucket.in === 'number' && typeof bucket.out === 'number';
    if (start >= now) return { start, in: null, out: null, is: 'future', coverage: 0 };
    const gone = Math.min(now - start, HOUR_MS);
    elapsed += gone;
    watched += gone * bucket.coverage;
    if (!known) return { start, in: null, out: null, is: 'missing', coverage: 0 };
    sums.in += bucket.in ?? 0;
    sums.out += bucket.out ?? 0;
    sums.doubtful += bucket.doubtful ?? 0;
    return { start, in: bucket.in ?? null, out: bucket.out ?? null, is: bucket.coverage < WHOLE ? 'partly' : 'whole', coverage: bucket.coverage };
  });
  const coverage = elapsed === 0 ? 0 : watched / elapsed;
  return { hours, ...sums, coverage, lacks: elapsed > 0 && coverage < WHOLE };
}

/** Missing hours as stretches: 09–11, 14–15. */
export function missingStretches(hours: readonly Hour[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const hour of hours) {
    if (hour.is !== 'missing') continue;
    const last = stretches.at(-1);
    if (last?.to === hour.start) last.to += HOUR_MS;
    else stretches.push({ from: hour.start, to: hour.start + HOUR_MS });
  }
  return stretches;
}
