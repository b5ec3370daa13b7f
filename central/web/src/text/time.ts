// Dates and times the Vietnamese way, in Vietnam, wherever the browser stands. Vietnam has no summer time: a civil day is
// always 24 hours and begins at 17:00 UTC.

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23', day: '2-digit', month: '2-digit', year: 'numeric',
  hour: '2-digit', minute: '2-digit', second: '2-digit',
});
export const DAY_MS = 86_400_000;
const AHEAD_MS = 7 * 3_600_000;

type Part = 'day' | 'month' | 'year' | 'hour' | 'minute' | 'second';

function parts(at: number | string): Record<Part, string> | null {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  const found = { day: '', month: '', year: '', hour: '', minute: '', second: '' };
  for (const { type, value } of CLOCK.formatToParts(date)) if (type in found) found[type as Part] = value;
  return found;
}

/** dd/mm/yyyy HH:MM. Empty for what is no moment. */
export function momentText(at: number | string): string {
  const p = parts(at);
  return p ? `${p.day}/${p.month}/${p.year} ${p.hour}:${p.minute}` : '';
}

/** HH:MM:SS. */
export function clockText(at: number | string): string {
  const p = parts(at);
  return p ? `${p.hour}:${p.minute}:${p.second}` : '';
}

/** HH:MM. */
export function hourText(at: number | string): string {
  return clockText(at).slice(0, 5);
}

/** m:ss, or h:mm:ss from an hour on: how long somebody waits. Never below zero. */
export function spanText(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The civil day in Vietnam, `yyyy-mm-dd`. */
export function dayOf(at: number): string {
  return new Date(at + AHEAD_MS).toISOString().slice(0, 10);
}

/** dd/mm/yyyy of a `yyyy-mm-dd`. */
export function dayText(day: string): string {
  return day.split('-').reverse().join('/');
}

/** `yyyy-mm-dd` of what somebody typed as d/m/yyyy; null for what is no day. */
export function dayFrom(typed: string): string | null {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed);
  if (!found) return null;
  const [, day = '', month = '', year = ''] = found;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  // 31/02 is no day: it would come out as another one.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null;
}

/** The moment of a civil day and HH:MM in Vietnam, RFC 3339; null for what is none. */
export function momentOf(day: string, time: string): string | null {
  const found = /^\s*([01]?\d|2[0-3])[:.h]([0-5]\d)\s*$/.exec(time);
  const start = windowOf(day);
  if (!found || !start) return null;
  return new Date(Date.parse(start.from) + (Number(found[1]) * 60 + Number(found[2])) * 60_000).toISOString();
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** First moment of a civil day and the moment after its last, RFC 3339. */
export function windowOf(day: string): { from: string; to: string } | null {
  const start = Date.parse(`${day}T00:00:00Z`) - AHEAD_MS;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(start)) return null;
  return { from: new Date(start).toISOString(), to: new Date(start + DAY_MS).toISOString() };
}
