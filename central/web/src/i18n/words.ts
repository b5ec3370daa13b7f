// All words of the console. A leaf is a pair, Vietnamese and English, so that a sentence cannot exist in one language only.
import type { admin } from './words/admin';
import type { audit } from './words/audit';
import type { desk } from './words/desk';
import type { devices } from './words/devices';
import { errors } from './words/errors';
import type { exports } from './words/exports';
import type { people } from './words/people';
import { shell } from './words/shell';
import type { still } from './words/still';
import type { suspicions } from './words/suspicions';
import type { vehicle } from './words/vehicle';
import type { vehicles } from './words/vehicles';
import type { visitors } from './words/visitors';
import type { visits } from './words/visits';

/** Words every screen needs. */
export const words = { shell, errors } as const;
/** Words that come with their screen (`addWords`): a first load carries those of one screen only. */
interface Later {
  readonly admin: typeof admin;
  readonly audit: typeof audit;
  readonly desk: typeof desk;
  readonly devices: typeof devices;
  readonly exports: typeof exports;
  readonly people: typeof people;
  readonly still: typeof still;
  readonly suspicions: typeof suspicions;
  readonly vehicle: typeof vehicle;
  readonly vehicles: typeof vehicles;
  readonly visitors: typeof visitors;
  readonly visits: typeof visits;
}

export type Pair = readonly [vi: string, en: string];
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends Pair ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
/** A key of a sentence. */
export type Key = Leaves<typeof words & Later>;

export interface Tree { readonly [name: string]: Pair | Tree }
const isPair = (value: Pair | Tree): value is Pair => Array.isArray(value);

/** Every key with its pair. */
export function pairs(tree: Tree = words, under = ''): [string, Pair][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    isPair(value) ? [[under + name, value] satisfies [string, Pair]] : pairs(value, `${under}${name}.`));
}
