import { expect, it } from 'vitest';
import type { Outage } from '../../api/types';
import { latestFirst, stripsOf } from './outages';

const at = (hour: number) => ({ utc: new Date(Date.UTC(2026, 10, 23, hour)).toISOString(), text: '' });
const outage = (camera: string | null, began: number, ended: number | null): Outage =>
  ({ site: 's', node: 'n', camera, began_at: at(began), ended_at: ended === null ? null : at(ended), kind: 'x', kind_text: 'x', words: null });
const [FROM, TO] = [Date.UTC(2026, 10, 23, 0), Date.UTC(2026, 10, 23, 10)];

it('cuts outages at the ends of the strip and lets one that lasts reach its end', () => {
  const strips = stripsOf({ items: [outage('a', -5, 1), outage('a', 9, null), outage('a', -9, -8), outage(null, 4, 5)], availability: [{ site: 's', node: 'n', camera: 'a', share: 0.8 }] }, FROM, TO);
  expect(strips.map((strip) => strip.camera)).toEqual([null, 'a']);
  expect(strips[1]?.stretches.map(({ from, to }) => [from, to])).toEqual([[0, 0.1], [0.9, 1]]);
  expect(strips.map((strip) => strip.share)).toEqual([null, 0.8]);
});

it('shows a device without any outage, for it was watched', () => {
  expect(stripsOf({ items: [], availability: [{ site: 's', node: 'n', camera: 'a', share: 1 }] }, FROM, TO)[0]?.stretches).toEqual([]);
});

it('puts what still lasts first', () => {
  const list = latestFirst([outage('a', 1, 2), outage('b', 3, 4), outage('c', 0, null)]);
  expect(list.map((each) => each.camera)).toEqual(['c', 'b', 'a']);
});
