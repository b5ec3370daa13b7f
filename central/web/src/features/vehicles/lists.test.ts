import { expect, it } from 'vitest';
import type { ListEntry } from '../../api/types';
import { windowOf } from '../../text/time';
import { approvableFrom, faultOf, lastDay, stateOf, withEntry } from './lists';

/** 23/11/2026, 15:00 in Vietnam. */
const NOW = Date.UTC(2026, 10, 23, 8);
const at = (ms: number) => ({ utc: new Date(NOW + ms).toISOString(), text: '' });
const DAY = 86_400_000;
const endOf = (day: string) => Date.parse(windowOf(day)?.to ?? '');

it('gives a wanted plate at several places a week, and everything else half a year', () => {
  expect([lastDay('wanted', 2, NOW), lastDay('wanted', 1, NOW), lastDay('allowed', 20, NOW)]).toEqual(['2026-11-29', '2027-05-25', '2027-05-25']);
  for (const hour of [0, 16.9, 17, 23.9]) {
    const now = Date.UTC(2026, 10, 23) + hour * 3_600_000;
    expect(endOf(lastDay('wanted', 3, now)) - now).toBeLessThanOrEqual(7 * DAY);
    expect(endOf(lastDay('wanted', 3, now)) - now).toBeGreaterThan(6 * DAY);
  }
});

it('says what is wrong before something is sent', () => {
  const of = (places: number, until: string, kind: 'wanted' | 'allowed' = 'wanted') => faultOf({ kind, places, until }, NOW);
  expect([of(0, '2026-11-25'), of(21, '2026-11-25'), of(1, '2026-11-22'), of(2, '2026-11-30')]).toEqual(['noPlace', 'manyPlaces', 'over', 'tooLong']);
  expect([of(2, '2026-11-29'), of(1, '2026-11-30'), of(20, '2027-05-25', 'allowed'), of(1, '2026-11-23')]).toEqual([null, null, null, null]);
  expect(of(20, '2027-05-26', 'allowed')).toBe('tooLong');
});

it('knows from when on an entry could be approved', () => {
  const sites = ['a', 'b'];
  expect(approvableFrom({ kind: 'wanted', sites, expires_at: at(7 * DAY) }, NOW)).toBeNull();
  expect(approvableFrom({ kind: 'wanted', sites, expires_at: at(9 * DAY) }, NOW)).toBe(NOW + 2 * DAY);
  expect(approvableFrom({ kind: 'allowed', sites, expires_at: at(9 * DAY) }, NOW)).toBeNull();
});

it('ends an entry by the clock', () => {
  expect(stateOf({ state: 'approved', expires_at: at(0) }, NOW)).toBe('expired');
  expect(stateOf({ state: 'proposed', expires_at: at(-1) }, NOW)).toBe('expired');
  expect(stateOf({ state: 'approved', expires_at: at(1) }, NOW)).toBe('approved');
  expect(stateOf({ state: 'withdrawn', expires_at: at(-1) }, NOW)).toBe('withdrawn');
});

it('puts what a step answered where it stood, and what is new first', () => {
  const entry = (id: string, state: string) => ({ entry_id: id, state }) as ListEntry;
  const pages = [{ items: [entry('3', 'proposed')] }, { items: [entry('2', 'proposed'), entry('1', 'approved')] }];
  const states = (all: { items: ListEntry[] }[]) => all.map((page) => page.items.map((each) => `${each.entry_id} ${each.state}`));
  expect(states(withEntry(pages, entry('2', 'refused')))).toEqual([['3 proposed'], ['2 refused', '1 approved']]);
  expect(states(withEntry(pages, entry('4', 'proposed')))).toEqual([['4 proposed', '3 proposed'], ['2 proposed', '1 approved']]);
});
