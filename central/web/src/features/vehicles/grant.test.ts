import { expect, it } from 'vitest';
import { leftOf } from './grant';

const NOW = Date.UTC(2026, 10, 23, 8);
const until = (ms: number) => ({ utc: new Date(NOW + ms).toISOString(), text: '' });

it('counts a grant down and ends it by the clock, not by the next answer', () => {
  expect(leftOf({ state: 'granted', expires_at: until(2 * 86_400_000 + 3 * 3_600_000 + 59_999) }, NOW)).toEqual({ over: false, days: 2, hours: 3, minutes: 0 });
  expect(leftOf({ state: 'granted', expires_at: until(0) }, NOW)?.over).toBe(true);
  expect(leftOf({ state: 'expired', expires_at: until(-1) }, NOW)).toEqual({ over: true, days: 0, hours: 0, minutes: 0 });
  expect([leftOf({ state: 'asked', expires_at: null }, NOW), leftOf({ state: 'withdrawn', expires_at: until(1000) }, NOW)]).toEqual([null, null]);
});
