// Which alerts are shown, and in which order. Pure.
import type { PlateAlert, PlateAlertPage, UnseenAlerts } from '../../api/types';
import { DAY_MS } from '../../text/time';

/** What nobody has said to know of stands first, then what is newest. */
export function inOrder(alerts: readonly PlateAlert[]): PlateAlert[] {
  const rank = (of: PlateAlert) => (isSeen(of) ? 1 : 0);
  return [...alerts].sort((a, b) => rank(a) - rank(b) || Date.parse(b.at.utc) - Date.parse(a.at.utc));
}

/** Nothing older than a day is ever shown, also while the centre cannot be asked. */
export function ofTheDay(alerts: readonly PlateAlert[], now: number): PlateAlert[] {
  return alerts.filter((each) => Date.parse(each.at.utc) > now - DAY_MS);
}

export function isSeen(of: Pick<PlateAlert, 'seen_by'>): boolean {
  return of.seen_by !== null && of.seen_by !== undefined;
}

export function unseenOf(alerts: readonly PlateAlert[]): number {
  return alerts.filter((each) => !isSeen(each)).length;
}

/** The alerts of one place, and how many wait at each other one: no plate of theirs. */
export interface AlertsAt {
  alerts: PlateAlert[];
  elsewhere: readonly UnseenAlerts[];
}

/** What the service said of a place. */
export function at(site: string, page: PlateAlertPage): AlertsAt {
  return { alerts: inOrder(page.items), elsewhere: page.unseen.filter((each) => each.site !== site) };
}

/** How many nobody has said to know of, here and elsewhere. */
export function unseenAnywhere(of: AlertsAt): number {
  return unseenOf(of.alerts) + of.elsewhere.reduce((sum, each) => sum + each.unseen, 0);
}
