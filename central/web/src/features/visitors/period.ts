// The times a tourism office counts by. Pure; days are `yyyy-mm-dd`, months `yyyy-mm`, in Vietnam.
import { dayAfter, dayText } from '../../text/time';

export const KINDS = ['day', 'week', 'month', 'year', 'holiday'] as const;
export type Kind = (typeof KINDS)[number];

/** mm/yyyy of a `yyyy-mm`. */
export function monthText(month: string): string {
  return month.split('-').reverse().join('/');
}

/** `yyyy-mm` of what somebody typed as m/yyyy; null for what is no month. */
export function monthFrom(typed: string): string | null {
  const found = /^\s*(\d{1,2})[/.-](\d{4})\s*$/.exec(typed);
  const [, month = '', year = ''] = found ?? [];
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month.padStart(2, '0')}` : null;
}

/** The month so many months later. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const all = year * 12 + number - 1 + months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}

/** The last day of a month, so that stepping never falls into the one after it. */
function within(month: string, day: string): string {
  const last = dayAfter(`${monthAfter(month, 1)}-01`, -1);
  const wanted = `${month}-${day.slice(8)}`;
  return wanted > last ? last : wanted;
}

/** The same day one period later or earlier. */
export function step(kind: Kind, at: string, by: 1 | -1): string {
  if (kind === 'day') return dayAfter(at, by);
  if (kind === 'week') return dayAfter(at, by * 7);
  return within(monthAfter(at.slice(0, 7), kind === 'year' ? by * 12 : by), at);
}

/** What stands on a step of a chart or table: 16/11, or of months 11/2026. */
export function stepText(name: string): string {
  return name.length === 7 ? monthText(name) : dayText(name).slice(0, 5);
}

/** A day or month in full. */
export function periodText(name: string): string {
  return name.length === 7 ? monthText(name) : dayText(name);
}
