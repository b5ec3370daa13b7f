import { expect, it } from 'vitest';
import type { Bucket } from '../../api/types';
import { lineDay, missingStretches } from './day';

const at = (hour: number) => Date.UTC(2026, 10, 23, hour);
function bucket(hour: number, entered: number | null, coverage = entered === null ? 0 : 1): Bucket {
  const utc = new Date(at(hour)).toISOString();
  return { start: { utc, text: utc }, in: entered, out: entered === null ? null : 1, doubtful: 0, coverage, note: null };
}

it('adds up what is known and says that it is a minimum', () => {
  const day = lineDay([bucket(0, 10), bucket(1, null), bucket(2, 5, 0.5), bucket(3, null)], at(3));
  expect([day.in, day.out, day.lacks, day.coverage]).toEqual([15, 2, true, 0.5]);
  expect(day.hours.map((hour) => hour.is)).toEqual(['whole', 'missing', 'partly', 'future']);
});

it('does not take hours to come for missing ones, nor a quiet hour', () => {
  const day = lineDay([bucket(0, 0), bucket(1, 0), bucket(2, null)], at(2));
  expect([day.in, day.lacks, day.coverage]).toEqual([0, false, 1]);
  expect(lineDay([bucket(5, null)], at(2)).lacks).toBe(false);
});

it('names missing hours as stretches', () => {
  const { hours } = lineDay([bucket(0, null), bucket(1, null), bucket(2, 1), bucket(3, null)], at(4));
  expect(missingStretches(hours)).toEqual([{ from: at(0), to: at(2) }, { from: at(3), to: at(4) }]);
});
