// A record of the audit log, as far as it is known here: JSON of whatever version wrote it.
export interface Shown {
  who: string | null;
  role: string | null;
  action: string;
  site: string;
  window: { from: number; to: number } | null;
  object: string;
  detail: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown) => (typeof value === 'string' ? value : '');

export function shownOf(record: unknown): Shown {
  const of = isObject(record) ? record : {};
  const actor = isObject(of['actor']) ? of['actor'] : {};
  const window = isObject(of['window']) ? of['window'] : {};
  const [from, to] = [window['from'], window['to']];
  return {
    who: text(actor['name']) || null,
    role: text(actor['role']) || null,
    action: text(of['action']),
    site: text(of['site']),
    // Microseconds, as everywhere in the contract.
    window: typeof from === 'number' && typeof to === 'number' ? { from: from / 1000, to: to / 1000 } : null,
    object: [text(of['object']), text(of['subject'])].filter((each) => each !== '').join(' · '),
    detail: text(of['detail']),
  };
}
