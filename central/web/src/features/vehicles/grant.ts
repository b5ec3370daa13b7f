// How long a grant still holds. Pure.
import type { Grant } from '../../api/types';

export interface Left { over: boolean; days: number; hours: number; minutes: number }

/** Null where nothing runs: not granted, or ended otherwise. Rounded down: never more than there is. */
export function leftOf({ state, expires_at: expires }: Pick<Grant, 'state' | 'expires_at'>, now: number): Left | null {
  if (!expires || !['granted', 'expired'].includes(state)) return null;
  const minutes = Math.max(0, Math.floor((Date.parse(expires.utc) - now) / 60_000));
  return { over: state === 'expired' || Date.parse(expires.utc) <= now, days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}
