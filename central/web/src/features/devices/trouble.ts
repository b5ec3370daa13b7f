// What is wrong with a camera, worst first. Pure. `view` and `stream` are the node's own words: everything is checked.
import type { CameraView, NodeView } from '../../api/types';
import { devices } from '../../i18n/words/devices';

export type Todo = keyof typeof devices.todo;
export type ViewTrouble = keyof typeof devices.view;

export function viewTroubles(view: unknown): ViewTrouble[] {
  const known = Object.keys(devices.view) as ViewTrouble[];
  return Array.isArray(view) ? known.filter((each) => view.includes(each)) : [];
}

/** What somebody should do about it; null when nothing. */
export function todoOf(camera: CameraView): Todo | null {
  switch (camera.state) {
    case 'online':
      return viewTroubles(camera.view)[0] ?? null;
    case 'offline':
    case 'starting':
      return camera.state;
    case 'disabled':
      return null;
    default:
      return 'unknown';
  }
}

/** What needs somebody stands first; then by place and name. */
export function worstFirst(cameras: readonly CameraView[]): CameraView[] {
  const rank = (camera: CameraView) => {
    const todo = todoOf(camera);
    return todo === null ? 2 : todo === 'starting' ? 1 : 0;
  };
  const name = (camera: CameraView) => `${camera.site}/${camera.node}/${camera.camera}`;
  return [...cameras].sort((a, b) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1));
}

/** A figure of the stream report. */
export function figure(stream: unknown, name: string): number | null {
  if (typeof stream !== 'object' || stream === null) return null;
  const value = (stream as Record<string, unknown>)[name];
  return typeof value === 'number' ? value : null;
}

/** What a node said of itself; only texts are shown. */
export function softwareOf(birth: unknown): string {
  if (typeof birth !== 'object' || birth === null) return '';
  const software = (birth as Record<string, unknown>)['software'];
  if (typeof software === 'string') return software;
  if (typeof software !== 'object' || software === null) return '';
  return Object.values(software).filter((value) => typeof value === 'string').join(' ');
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {});

/** What a node said of itself when it connected. */
export interface Said {
  models: { role: string; name: string }[];
  /** Bundle revisions it has in force. */
  revisions: { kind: string; revision: number }[];
  /** Where its cameras' times come from. */
  clocks: ReadonlyMap<string, string>;
  /** What is wrong with its machine, in its own words. */
  wrong: string[];
  /** Events that were not acknowledged then. */
  queued: number | null;
}

export function saidBy(birth: unknown): Said {
  const said = record(birth);
  const texts = (of: unknown) => Object.entries(record(of)).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const [first, last, words] = [said['first_unacknowledged'], said['last_seq'], record(said['machine'])['words']];
  return {
    models: Object.entries(record(said['models'])).flatMap(([role, model]) => {
      const name = record(model)['name'];
      return typeof name === 'string' ? [{ role, name }] : [];
    }),
    revisions: Object.entries(record(said['bundle_revisions'])).flatMap(([kind, revision]) => (typeof revision === 'number' ? [{ kind, revision }] : [])),
    clocks: new Map(texts(said['clock_sources'])),
    wrong: Array.isArray(words) ? words.filter((each): each is string => typeof each === 'string') : [],
    queued: typeof first === 'number' && typeof last === 'number' ? Math.max(0, last - first + 1) : null,
  };
}

export function missingEvents(node: NodeView): number {
  return node.ledgers.reduce((sum, ledger) => sum + ledger.gaps.reduce((gaps, gap) => gaps + gap.to - gap.from + 1, 0), 0);
}
