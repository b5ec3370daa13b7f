import { expect, it } from 'vitest';
import { readingOf, soughtOf } from './reading';

it('takes corners and alternatives out of a node’s words, and nothing out of nonsense', () => {
  const corners = [{ x: 0.5, y: 0.5 }, { x: 0.6, y: 0.5 }, { x: 0.6, y: 0.6 }, { x: 0.5, y: 0.6 }];
  const nothing = { corners: [], alternatives: [], agreed: null, mended: false, secondOpinion: false, quality: null };
  expect(readingOf({ plate: { corners, alternatives: [['12A12346', 0.25]] } })).toEqual({ ...nothing, corners, alternatives: ['12A12346'] });
  expect(readingOf({ plate: { agreeing_reads: 3, reads: 4, corrected: true, second_opinion: true, quality: 0.5 } }))
    .toEqual({ ...nothing, agreed: { reads: 3, of: 4 }, mended: true, secondOpinion: true, quality: 0.5 });
  expect(readingOf({ plate: { agreeing_reads: 'x', reads: 0, corrected: 1, quality: 7 } })).toEqual(nothing);
  for (const nonsense of [null, 'x', {}, { plate: null }, { plate: { corners: [{ x: 'a' }], alternatives: [3] } }, { plate: { corners: corners.slice(1) } }]) {
    expect(readingOf(nonsense)).toEqual(nothing);
  }
});

it('searches by a whole plate or the last five, and passes a wildcard on to be refused', () => {
  expect(soughtOf(' 12a-123.45 ')).toEqual({ key: '12A12345', last5: null });
  expect(soughtOf('12.345')).toEqual({ key: null, last5: '12345' });
  expect(soughtOf('29đ-1')).toEqual({ key: '29D1', last5: null });
  expect(soughtOf('12A*')).toEqual({ key: '12A*', last5: null });
  expect(soughtOf('  ')).toEqual({ key: null, last5: null });
});
