import { expect, it } from 'vitest';
import { areaOf, arrowOf, crossesItself, headOf, lengthOf, moved, nudged, pointAt, type Shape, shifted, sideOf, turned, withoutPoint, withPoint } from './geometry';

const UPWARDS: Shape = [[0.5, 1], [0.5, 0]];
const SQUARE: Shape = [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6], [0.2, 0.6]];

it('knows sides as the node does: a point on the line is at its right', () => {
  const [a = [0, 0], b = [0, 0]] = UPWARDS;
  expect([sideOf(a, b, [0.2, 0.5]), sideOf(a, b, [0.8, 0.5]), sideOf(a, b, [0.5, 0.5])]).toEqual(['left', 'right', 'right']);
  const [c = [0, 0], d = [0, 0]] = turned(UPWARDS);
  expect(sideOf(c, d, [0.8, 0.5])).toBe('left');
});

it('points its arrow to the right of the line, at a right angle on the screen', () => {
  const arrow = arrowOf(UPWARDS, 1000, 500, 100);
  expect(arrow).toEqual({ from: [500, 250], to: [600, 250] });
  expect(arrowOf(turned(UPWARDS), 1000, 500, 100)?.to).toEqual([400, 250]);
  const slanted = arrowOf([[0, 0], [1, 1]], 1600, 900, 50);
  expect(slanted && (slanted.to[0] - slanted.from[0]) * 1600 + (slanted.to[1] - slanted.from[1]) * 900).toBeCloseTo(0);
  // Whatever the slope, the tip lies where the node says "right".
  for (const line of [[[0.1, 0.6], [0.9, 0.5]], [[0.9, 0.2], [0.1, 0.9]], [[0.3, 0.1], [0.3, 0.8]]] satisfies [[number, number], [number, number]][]) {
    const tip = arrowOf(line, 1600, 900, 60)?.to ?? [0, 0];
    expect(sideOf(line[0], line[1], [tip[0] / 1600, tip[1] / 900])).toBe('right');
  }
  expect(arrowOf([[0.5, 0.5], [0.5, 0.5]], 100, 100, 10)).toBeNull();
  expect(arrow && headOf(arrow, 10).every(([x]) => x < 600)).toBe(true);
});

it('moves points inside the picture only', () => {
  expect(moved(UPWARDS, 0, [1.4, -0.2])).toEqual([[1, 0], [0.5, 0]]);
  expect(nudged(UPWARDS, 1, -0.01, -0.01)[1]).toEqual([0.49, 0]);
  expect(nudged(UPWARDS, 7, 0.1, 0.1)).toBe(UPWARDS);
  expect(pointAt(0.123456, 0.5)).toEqual([0.1235, 0.5]);
  expect(shifted(SQUARE, 0.9, -0.9)).toEqual([[0.6, 0], [1, 0], [1, 0.4], [0.6, 0.4]]);
});

it('adds a point between two and takes none below what the shape needs', () => {
  expect(withPoint(SQUARE, 3).at(-1)).toEqual([0.2, 0.4]);
  expect(withPoint(SQUARE, 0)[1]).toEqual([0.4, 0.2]);
  expect(withoutPoint(SQUARE, 1, 3)).toHaveLength(3);
  expect(withoutPoint(SQUARE.slice(1), 1, 3)).toHaveLength(3);
});

it('measures, and sees a zone that crosses itself', () => {
  expect(areaOf(SQUARE)).toBeCloseTo(0.16);
  expect(lengthOf(UPWARDS)).toBe(1);
  expect(crossesItself(SQUARE)).toBe(false);
  expect(crossesItself([[0.2, 0.2], [0.6, 0.6], [0.6, 0.2], [0.2, 0.6]])).toBe(true);
  expect(crossesItself([[0.2, 0.2], [0.6, 0.2], [0.4, 0.6]])).toBe(false);
});
