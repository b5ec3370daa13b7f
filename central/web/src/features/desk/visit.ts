// What may come next of a visit. Pure; the centre holds it, this only keeps the guard from what it would refuse.
import type { Visit } from '../../api/types';

export type Next = 'call' | 'answer' | 'admit' | 'refuse' | 'leave';

export function nextOf({ state, host }: Pick<Visit, 'state' | 'host'>): ReadonlySet<Next> {
  const next = new Set<Next>();
  const undecided = !['admitted', 'refused', 'left'].includes(state);
  if (undecided && host) next.add('call');
  if (undecided && state !== 'waiting') next.add('answer');
  // A word may be turned round by whoever sees it.
  if (undecided || state === 'refused') next.add('admit');
  if (undecided || state === 'admitted') next.add('refuse');
  if (undecided || state === 'admitted') next.add('leave');
  return next;
}

/** Without the host's word a guard says why somebody is let in. */
export const admitNeedsReason = (visit: Pick<Visit, 'state'>) => visit.state !== 'expected';

/** A guard looks at who has to be decided on first, then by who came last. */
export function openFirst(visits: readonly Visit[]): Visit[] {
  const rank = ({ state }: Visit) => (state === 'admitted' ? 1 : 0);
  return [...visits].sort((a, b) => rank(a) - rank(b) || Date.parse(b.arrived_at.utc) - Date.parse(a.arrived_at.utc));
}
