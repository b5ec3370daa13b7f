// Who waits, in which order, and which one is looked at. Pure: lists in, lists out.
import type { Arrival, Gate, Verifying } from '../../api/types';

export interface AtGate {
  arrival: Arrival;
  gate: Gate;
  /** Which guard looks into it. */
  verifying: Verifying | null;
}

/** Somebody who waits longer than this sets off the alarm. */
export const TOO_LONG_MS = 30_000;

export const gateKey = (of: { site: string; node: string; gate: string }) => `${of.site}/${of.node}/${of.gate}`;

/** Does somebody have to decide here? With a door the node's outstanding request says it; without one, its *verify*. */
export function needsDecision({ arrival, gate }: Pick<AtGate, 'arrival' | 'gate'>): boolean {
  if (arrival.replayed || arrival.subject !== 'person') return false;
  return gate.has_door ? arrival.waits : arrival.verdict === 'verify';
}

const since = (of: AtGate) => Date.parse(of.arrival.first_seen.utc);

/** Longest waiting first; the id decides between two of one moment, so that rows never swap places. */
function byWaiting(a: AtGate, b: AtGate): number {
  return since(a) - since(b) || (a.arrival.id < b.arrival.id ? -1 : 1);
}

export interface Desk {
  waiting: AtGate[];
  others: AtGate[];
}

/** Everybody at these gates. `decided` are those a guard of this desk has answered and the node has not yet. */
export function lookAt(gates: readonly Gate[], only: string | null, decided: ReadonlySet<string>): Desk {
  const all = gates
    .filter((gate) => only === null || gateKey(gate) === only)
    .flatMap((gate) => gate.arrivals.map((arrival) => ({
      arrival, gate, verifying: gate.verifying.find((each) => each.arrival === arrival.id) ?? null,
    })))
    .sort(byWaiting);
  const waits = (of: AtGate) => needsDecision(of) && !decided.has(of.arrival.id);
  return { waiting: all.filter(waits), others: all.filter((of) => !waits(of)).reverse() };
}

/** The next one from `selected` in the list as it is shown; the first when nobody is selected or he is gone. */
export function step(desk: Desk, selected: string | null, by: 1 | -1): string | null {
  const ids = [...desk.waiting, ...desk.others].map((of) => of.arrival.id);
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(Math.max(at + by, 0), ids.length - 1)] ?? null;
}

/** What is looked at. It stays when the person has left: the guard moves on, not the list. */
export interface Selection {
  id: string | null;
  /** As he was seen last, for when he is gone. */
  last: AtGate | null;
}

export const NOBODY: Selection = { id: null, last: null };

/** The selection after the list changed. Only an empty card takes somebody by itself: the first who waits at the gates this
 * desk watches. */
export function follow(selection: Selection, desk: Desk, watched: readonly AtGate[] = desk.waiting): Selection {
  if (selection.id === null) {
    const [first] = watched;
    return first ? { id: first.arrival.id, last: first } : selection;
  }
  const found = [...desk.waiting, ...desk.others].find((of) => of.arrival.id === selection.id);
  return found && found !== selection.last ? { id: selection.id, last: found } : selection;
}

export const isHere = (selection: Selection, desk: Desk) =>
  [...desk.waiting, ...desk.others].some((of) => of.arrival.id === selection.id);
