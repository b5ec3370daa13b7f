import { expect, it } from 'vitest';
import { readingOf, soughtOf } from './reading';

it('takes corners and alternatives out of a node’s words, and nothing out of nonsense', () => {
  const corners = [{ x: 0.5, y: 0.5 }, { x: 0.6, y: 0.5 }, { x: 0.6, y: 0.6 }, { x: 0.5, y: 0.6 }];
  expect(readingOf({ plate: { corners, alternatives: [['12A12346', 0.25]] } })).toEqual({ corners, alternatives: ['12A12346'] });
  for (const nonsense of [null, 'x', {}, { plate: null }, { plate: { corners: [{ x: 'a' }], alternatives: [3] } }, { plate: { corners: corners.slice(1) } }]) {
    expect(readingOf(nonsense)).toEqual({ corners: [], alternatives: [] });
  }
});

it('searches by a whole plate or the last five, and passes a wildcard on to be refused', () => {
  expect(soughtOf(' 12a-123.45 ')).toEqual({ key: '12A12345', last5: null });
  expect(soughtOf('12.345')).toEqual({ key: null, last5: '12345' });
  expect(soughtOf('29đ-1')).toEqual({ key: '29D1', last5: null });
  expect(soughtOf('12A*')).toEqual({ key: '12A*', last5: null });
  expect(soughtOf('  ')).toEqual({ key: null, last5: null });
});
