// Which suspicion comes next. Pure.
import type { Suspicion } from '../../api/types';

/** So many of the next are fetched ahead, so that the next case is there at once. */
export const AHEAD = 5;

const due = (of: Suspicion) => Math.min(...of.deadlines.map((each) => Date.parse(each.due_at.utc)), Number.MAX_SAFE_INTEGER);

/** By deadline; the number decides between two of one moment, so that rows never swap places. */
export function byDeadline(list: readonly Suspicion[]): Suspicion[] {
  return [...list].sort((a, b) => due(a) - due(b) || (a.number < b.number ? -1 : 1));
}

/** The one after `id` that is not done; the first when `id` is none of them. */
export function after(list: readonly Suspicion[], id: string | null, done: ReadonlySet<string>, by: 1 | -1 = 1): string | null {
  const at = list.findIndex((each) => each.id === id);
  const rest = by === 1 ? list.slice(at + 1) : list.slice(0, Math.max(at, 0)).reverse();
  const next = rest.find((each) => !done.has(each.id));
  if (next) return next.id;
  // At the end: what was passed over comes again.
  return list.find((each) => !done.has(each.id) && each.id !== id)?.id ?? (id !== null && !done.has(id) ? id : null);
}

export function ahead(list: readonly Suspicion[], id: string | null, done: ReadonlySet<string>): string[] {
  const at = list.findIndex((each) => each.id === id);
  return list.slice(at + 1).filter((each) => !done.has(each.id)).slice(0, AHEAD).map((each) => each.id);
}

export interface BadHour {
  key: string;
  camera: string;
  start: number;
  ids: string[];
}

const HOUR_MS = 3_600_000;
/** The service takes so many at once. */
const MOST = 200;

/** Hours of one camera with two or more suspicions, the fullest first: a lamp fault or a building site shows like that. */
export function badHours(list: readonly Suspicion[]): BadHour[] {
  const hours = new Map<string, BadHour>();
  for (const each of list) {
    const start = Math.floor(Date.parse(each.occurred_at.utc) / HOUR_MS) * HOUR_MS;
    const camera = `${each.site} / ${each.node} / ${each.camera}`;
    const key = `${camera} ${start}`;
    const hour = hours.get(key) ?? { key, camera, start, ids: [] };
    if (hour.ids.length < MOST) hour.ids.push(each.id);
    hours.set(key, hour);
  }
  return [...hours.values()].filter((hour) => hour.ids.length > 1).sort((a, b) => b.ids.length - a.ids.length || b.start - a.start);
}
