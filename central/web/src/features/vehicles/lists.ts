// What an entry of a list may be: how long, at how many places. The centre judges; this tells it before something is sent. Pure.
import type { ListEntry, ListKind } from '../../api/types';
import { DAY_MS, dayAfter, dayOf } from '../../text/time';

export const KINDS = ['wanted', 'allowed'] as const satisfies readonly ListKind[];
export const MOST_PLACES = 20;
/** A plate that is looked out for at several places lives a week: more would be a trail. */
const SEVERAL_PLACES_DAYS = 7;
const MOST_DAYS = 184;

/** Days from the approval to the end, at most. */
export function mostDays(kind: string, places: number): number {
  return kind === 'wanted' && places > 1 ? SEVERAL_PLACES_DAYS : MOST_DAYS;
}

/** The last whole day that fits if somebody approved now. */
export function lastDay(kind: string, places: number, now: number): string {
  return dayAfter(dayOf(now + mostDays(kind, places) * DAY_MS), -1);
}

export type Fault = 'noPlace' | 'manyPlaces' | 'over' | 'tooLong';

/** What is wrong with places and end of what somebody is about to propose; the first thing only. */
export function faultOf({ kind, places, until }: { kind: ListKind; places: number; until: string }, now: number): Fault | null {
  if (places === 0) return 'noPlace';
  if (places > MOST_PLACES) return 'manyPlaces';
  if (until < dayOf(now)) return 'over';
  return until > lastDay(kind, places, now) ? 'tooLong' : null;
}

/** The moment from which an approval fits, where now is too early for it; null where now will do. */
export function approvableFrom({ kind, sites, expires_at: expires }: Pick<ListEntry, 'kind' | 'sites' | 'expires_at'>, now: number): number | null {
  const from = Date.parse(expires.utc) - mostDays(kind, sites.length) * DAY_MS;
  return from > now ? from : null;
}

/** An entry ends by the clock, not by the next answer. */
export function stateOf({ state, expires_at: expires }: Pick<ListEntry, 'state' | 'expires_at'>, now: number): string {
  return ['proposed', 'approved'].includes(state) && Date.parse(expires.utc) <= now ? 'expired' : state;
}

/** Pages as they were read with an entry as it is now; a new one stands first. Reading again would be another look-up. */
export function withEntry<P extends { items: ListEntry[] }>(pages: readonly P[], entry: ListEntry): P[] {
  const known = pages.some((page) => page.items.some((each) => each.entry_id === entry.entry_id));
  return pages.map((page, n) => ({
    ...page,
    items: known ? page.items.map((each) => (each.entry_id === entry.entry_id ? entry : each)) : n === 0 ? [entry, ...page.items] : page.items,
  }));
}
