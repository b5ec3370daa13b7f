// What the live feed tells of guards' words. Pure.

export interface Recorded {
  at: string;
  site: string;
  node: string;
  gate: string;
  passage_id: string | null;
  decided: string;
  by: string;
}

/** More than a guard reads at a glance stands in the access log. */
const MOST = 6;

const isText = (value: unknown): value is string => typeof value === 'string';

/** The word in an event; null where it is none. */
export function recordedIn(data: string): Recorded | null {
  let told: Partial<Record<keyof Recorded, unknown>>;
  try {
    told = JSON.parse(data) as typeof told;
  } catch {
    return null;
  }
  const { at, site, node, gate, passage_id: passage, decided, by } = told;
  if (!isText(at) || !isText(site) || !isText(node) || !isText(gate) || !isText(decided) || !isText(by)) return null;
  return { at, site, node, gate, passage_id: isText(passage) ? passage : null, decided, by };
}

/** The latest first; told twice after a cut line it stands there once. */
export function withRecorded(was: readonly Recorded[], fresh: Recorded): readonly Recorded[] {
  const same = (each: Recorded) => each.at === fresh.at && each.passage_id === fresh.passage_id && each.decided === fresh.decided && each.by === fresh.by;
  return was.some(same) ? was : [fresh, ...was].slice(0, MOST);
}
