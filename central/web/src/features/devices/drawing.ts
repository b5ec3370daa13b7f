// What is drawn on one camera, step by step, with a way back. Pure.
import type { CameraLines, UsedBy } from '../../api/types';
import { areaOf, crossesItself, LEAST_AREA, LEAST_LENGTH, lengthOf, pointAt, type Shape } from './geometry';

export interface Drawn {
  id: string;
  is: 'line' | 'zone';
  name: string;
  points: Shape;
  /** What rests on it: then it stays, and counts the way it does. */
  usedBy: readonly UsedBy[];
}

export interface Drawing {
  now: readonly Drawn[];
  /** Earlier ones, the latest last. */
  before: readonly (readonly Drawn[])[];
  /** What is being dragged or typed into: all of it is one step back. */
  stroke: string | null;
}

const MOST_STEPS = 100;

/** As it is in force. */
export function drawingOf(lines: CameraLines): Drawing {
  const shape = (points: number[][]): Shape => points.map(([x = 0, y = 0]) => pointAt(x, y));
  const now = [
    ...lines.lines.map((each): Drawn => ({ id: each.id, is: 'line', name: each.name, points: shape(each.points), usedBy: each.used_by })),
    ...lines.zones.map((each): Drawn => ({ id: each.id, is: 'zone', name: each.name, points: shape(each.points), usedBy: [] })),
  ];
  return { now, before: [], stroke: null };
}

/** Another step. Those of one stroke (a drag, a name being typed, a key held down) count as one. */
export function stepped(drawing: Drawing, now: readonly Drawn[], stroke: string | null = null): Drawing {
  const goesOn = stroke !== null && stroke === drawing.stroke;
  return { now, stroke, before: goesOn ? drawing.before : [...drawing.before, drawing.now].slice(-MOST_STEPS) };
}

export function undone(drawing: Drawing): Drawing {
  const last = drawing.before.at(-1);
  return last ? { now: last, before: drawing.before.slice(0, -1), stroke: null } : drawing;
}

export function changed(all: readonly Drawn[], id: string, part: Partial<Drawn>): Drawn[] {
  return all.map((each) => (each.id === id ? { ...each, ...part } : each));
}

/** A new line in the middle of the picture, a little beside those that stand there. Its id is one no other line of the camera has:
 * figures are kept under it. */
export function freshLine(all: readonly Drawn[], name: string): Drawn {
  let n = 1;
  while (all.some((each) => each.id === `vach-${n}`)) n += 1;
  const y = 0.5 + (all.length % 5) * 0.06;
  return { id: `vach-${n}`, is: 'line', name, points: [pointAt(0.3, y), pointAt(0.7, y)], usedBy: [] };
}

export type Fault = 'noName' | 'sameName' | 'tooShort' | 'tooSmall' | 'crossed';

/** Everything that is wrong, at once, before it is sent. */
export function faultsOf(all: readonly Drawn[]): { id: string; fault: Fault }[] {
  return all.flatMap((each) => {
    const name = each.name.trim();
    const found: Fault[] = [];
    if (each.is === 'line' && name === '') found.push('noName');
    else if (each.is === 'line' && all.some((other) => other.id !== each.id && other.is === 'line' && other.name.trim() === name)) found.push('sameName');
    if (each.is === 'line' && lengthOf(each.points) < LEAST_LENGTH) found.push('tooShort');
    if (each.is === 'zone' && areaOf(each.points) < LEAST_AREA) found.push('tooSmall');
    if (each.is === 'zone' && crossesItself(each.points)) found.push('crossed');
    return found.map((fault) => ({ id: each.id, fault }));
  });
}

/** As the service takes it. */
export function toSend(all: readonly Drawn[]) {
  const points = (shape: Shape) => shape.map(([x, y]) => [x, y]);
  return {
    lines: all.filter((each) => each.is === 'line').map((each) => ({ id: each.id, name: each.name.trim(), points: points(each.points) })),
    zones: all.filter((each) => each.is === 'zone').map((each) => ({ id: each.id, points: points(each.points) })),
  };
}

export const sameDrawn = (a: readonly Drawn[], b: readonly Drawn[]) => JSON.stringify(toSend(a)) === JSON.stringify(toSend(b));
