import { expect, it } from 'vitest';
import type { Figure } from '../../api/types';
import { barsOf, ratioOf } from './steps';

const figure = (part: Partial<Figure>): Figure => ({
  in: 5, out: 3, method: 'automatic', coverage: 1, days: 1, days_by_hand: 0, days_missing: 0, lacks: false, machine: null, supplement: null, ...part,
});

it('tells missing days from quiet ones and from those to come', () => {
  const bars = barsOf([figure({ in: 0 }), figure({ in: null, out: null, lacks: true }), figure({ lacks: true, coverage: 0.5 }), figure({ in: null, days: 0 })]);
  expect(bars.map((bar) => bar.is)).toEqual(['whole', 'missing', 'partly', 'future']);
  expect(bars.map((bar) => bar.in)).toEqual([0, null, 5, null]);
});

it('compares only what is known', () => {
  expect([ratioOf(150, 100), ratioOf(null, 100), ratioOf(5, 0), ratioOf(5, undefined)]).toEqual([1.5, null, null, null]);
});
