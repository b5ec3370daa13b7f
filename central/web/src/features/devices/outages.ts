// Outages as stretches on a strip of time. Pure.
import type { Outage, Outages } from '../../api/types';

export interface Stretch {
  /** Shares of the strip. */
  from: number;
  to: number;
  outage: Outage;
}

export interface Strip {
  site: string;
  node: string;
  camera: string | null;
  stretches: Stretch[];
  /** Share of the time it was at work; null where the centre does not say. */
  share: number | null;
}

interface Device { site: string; node: string; camera?: string | null }
const keyOf = (of: Device) => `${of.site}/${of.node}/${of.camera ?? ''}`;

/** One strip a device: nodes before their cameras, each with what of its outages lies between the two moments. */
export function stripsOf({ items, availability }: Pick<Outages, 'items' | 'availability'>, from: number, to: number): Strip[] {
  const strips = new Map<string, Strip>();
  const stripOf = (of: Device) => {
    const found = strips.get(keyOf(of)) ?? { site: of.site, node: of.node, camera: of.camera ?? null, stretches: [], share: null };
    strips.set(keyOf(of), found);
    return found;
  };
  for (const each of availability) stripOf(each).share = each.share ?? null;
  for (const outage of items) {
    const [began, ended] = [Date.parse(outage.began_at.utc), outage.ended_at ? Date.parse(outage.ended_at.utc) : to];
    if (!(ended > from && began < to)) continue;
    const share = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)));
    stripOf(outage).stretches.push({ from: share(began), to: share(ended), outage });
  }
  return [...strips.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The latest first; what still lasts stands before what is over. */
export function latestFirst(items: readonly Outage[]): Outage[] {
  const rank = (each: Outage) => (each.ended_at ? 0 : 1);
  return [...items].sort((a, b) => rank(b) - rank(a) || Date.parse(b.began_at.utc) - Date.parse(a.began_at.utc));
}
