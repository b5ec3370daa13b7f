// All words of the console. A leaf is a pair, Vietnamese and English, so that a sentence cannot exist in one language only.
import type { admin } from './words/admin';
import { audit } from './words/audit';
import { desk } from './words/desk';
import { devices } from './words/devices';
import { errors } from './words/errors';
import { people } from './words/people';
import { shell } from './words/shell';
import { suspicions } from './words/suspicions';
import { vehicle } from './words/vehicle';
import { vehicles } from './words/vehicles';
import { visitors } from './words/visitors';

export const words = { shell, desk, suspicions, vehicle, vehicles, visitors, devices, people, audit, errors } as const;
/** Words that come with their screen (`addWords`): the first load does not carry them. */
interface Later { readonly admin: typeof admin }

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
