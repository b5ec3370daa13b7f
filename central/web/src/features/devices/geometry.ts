// Lines and zones on a camera's picture. Pure. Coordinates are shares of the picture, from its top left, as in the contract:
// what is drawn on a still fits every other size of the stream. `in` is from the left of a line to its right, walking from its
// first point to its last.

export type Point = readonly [x: number, y: number];
export type Shape = readonly Point[];

/** Where a key moves a point: about five pixels of a Full HD picture, or one. */
export const STEP = 0.0025;
export const FINE = 0.0005;
export const LEAST_LENGTH = 0.02;
/** The service refuses less: nobody would ever stand in it. */
export const LEAST_AREA = 0.001;
export const LEAST_ZONE_POINTS = 3;
export const MOST_ZONE_POINTS = 16;

const within = (value: number) => Math.min(1, Math.max(0, value));
/** A tenth of a thousandth of the picture is finer than any camera sees; more digits would only be noise in the bundle. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

export const pointAt = (x: number, y: number): Point => [rounded(within(x)), rounded(within(y))];

export function moved(shape: Shape, index: number, to: Point): Shape {
  return shape.map((point, n) => (n === index ? pointAt(to[0], to[1]) : point));
}

export function nudged(shape: Shape, index: number, dx: number, dy: number): Shape {
  const point = shape[index];
  return point ? moved(shape, index, [point[0] + dx, point[1] + dy]) : shape;
}

/** The whole shape by so much, held at the picture's edge without being bent. */
export function shifted(shape: Shape, dx: number, dy: number): Shape {
  const room = (axis: 0 | 1, by: number) => {
    const all = shape.map((point) => point[axis]);
    return Math.min(1 - Math.max(...all), Math.max(-Math.min(...all), by));
  };
  const [x, y] = [room(0, dx), room(1, dy)];
  return shape.map((point) => pointAt(point[0] + x, point[1] + y));
}

/** A point more, half way to the next one (of a zone's last: to the first). */
export function withPoint(shape: Shape, after: number): Shape {
  const [a, b] = [shape[after], shape[(after + 1) % shape.length]];
  if (!a || !b) return shape;
  const middle = pointAt((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  return [...shape.slice(0, after + 1), middle, ...shape.slice(after + 1)];
}

export function withoutPoint(shape: Shape, index: number, least: number): Shape {
  return shape.length > least ? shape.filter((_, n) => n !== index) : shape;
}

/** The same line, counting the other way. */
export const turned = (shape: Shape): Shape => [...shape].reverse();

/** Twice the area of the triangle, signed: above zero where `c` is at the right of a→b on the screen. */
const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

export type Side = 'left' | 'right';
/** On which side of a→b. A point on the line counts as its right side, as on the node. */
export const sideOf = (a: Point, b: Point, point: Point): Side => (turn(a, b, point) < 0 ? 'left' : 'right');

export interface Arrow { from: Point; to: Point }
/** The arrow that shows which way is in: across the middle of the line, to its right. In pixels, for a picture is not square. */
export function arrowOf(shape: Shape, width: number, height: number, length: number): Arrow | null {
  const pixels = shape.map(([x, y]): Point => [x * width, y * height]);
  const middle = Math.floor((pixels.length - 1) / 2);
  const [a, b] = [pixels[middle], pixels[middle + 1]];
  if (!a || !b) return null;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long = Math.hypot(dx, dy);
  if (long === 0) return null;
  const from: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return { from, to: [from[0] - (dy / long) * length, from[1] + (dx / long) * length] };
}

/** The two barbs of an arrow's head. */
export function headOf({ from, to }: Arrow, size: number): Point[] {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  return [angle + 2.6, angle - 2.6].map((at): Point => [to[0] + Math.cos(at) * size, to[1] + Math.sin(at) * size]);
}

export function lengthOf(shape: Shape): number {
  return shape.slice(1).reduce((sum, point, n) => sum + Math.hypot(point[0] - (shape[n]?.[0] ?? 0), point[1] - (shape[n]?.[1] ?? 0)), 0);
}

/** By the shoelace formula, as a share of the picture. */
export function areaOf(shape: Shape): number {
  const doubled = shape.reduce((sum, [x, y], n) => {
    const [nextX, nextY] = shape[(n + 1) % shape.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(doubled) / 2;
}

function crosses(a: Point, b: Point, c: Point, d: Point): boolean {
  return Math.sign(turn(a, b, c)) * Math.sign(turn(a, b, d)) < 0 && Math.sign(turn(c, d, a)) * Math.sign(turn(c, d, b)) < 0;
}

/** Does a zone's edge run through another of its edges? */
export function crossesItself(shape: Shape): boolean {
  const edges = shape.map((point, n): [Point, Point] => [point, shape[(n + 1) % shape.length] ?? point]);
  return edges.some(([a, b], n) => edges.slice(n + 2).some(([c, d], more) => !(n === 0 && n + 2 + more === edges.length - 1) && crosses(a, b, c, d)));
}

/** The middle of all points, where a name is written. */
export function middleOf(shape: Shape): Point {
  const sum = shape.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / Math.max(1, shape.length), sum[1] / Math.max(1, shape.length)];
}
