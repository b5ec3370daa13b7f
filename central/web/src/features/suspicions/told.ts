// What other desks do with cases, as the live feed tells it: laid over the list, which does not move for it. Pure.
import type { Suspicion } from '../../api/types';

export interface Told {
  id: string;
  state: string;
  holder: string | null;
  /** Until when, in milliseconds. */
  until: number;
  assignedTo: string | null;
  decidedBy: string | null;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

export function toldOf(data: string): Told | null {
  let said: unknown;
  try {
    said = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof said !== 'object' || said === null) return null;
  const words = said as Record<string, unknown>;
  const [id, state] = [text(words['id']), text(words['state'])];
  if (id === null || state === null) return null;
  const until = Date.parse(text(words['until']) ?? '');
  return {
    id, state, holder: text(words['holder']), until: Number.isNaN(until) ? 0 : until,
    assignedTo: text(words['assigned_to']), decidedBy: text(words['decided_by']),
  };
}

/** Who has a case, for whoever is `me`: another officer, or nobody that matters. */
export type Who = { is: 'free' } | { is: 'mine' } | { is: 'given'; to: string } | { is: 'held'; by: string } | { is: 'decided'; by: string | null };

export function whoHas(of: Suspicion, told: Told | undefined, me: string, now: number): Who {
  const state = told?.state ?? of.state;
  if (state !== 'pending_review') return { is: 'decided', by: told?.decidedBy ?? of.decision?.by ?? null };
  const lease = told ? { by: told.holder, until: told.until } : { by: of.lease?.by ?? null, until: Date.parse(of.lease?.until.utc ?? '') };
  if (lease.by !== null && lease.until > now) return lease.by === me ? { is: 'mine' } : { is: 'held', by: lease.by };
  const given = told ? told.assignedTo : of.assigned?.to ?? null;
  if (given === null) return { is: 'free' };
  return given === me ? { is: 'mine' } : { is: 'given', to: given };
}
