// What a registrar typed, as the service takes it, or what is missing. Pure but for reading files.
import type { components } from '../../api/schema';
import { windowOf } from '../../text/time';

export type Proposal = components['schemas']['Propose'];
export const MOST_PICTURES = 5;
export const MOST_BYTES = 4 << 20;

export interface Typed {
  name: string;
  unit: string;
  basis: string;
  /** `yyyy-mm-dd`; null where a law is the basis. */
  consentOn: string | null;
  validTo: string;
  gates: string;
  hours: { days: number[]; from: string; to: string } | null;
}

/** Minutes since midnight of HH:MM; 24:00 is the end of a day. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 60 + minutes : null;
}

export const gatesOf = (text: string): string[] => [...new Set(text.split(/[\n,;]/).map((line) => line.trim()).filter((line) => line !== ''))];

export function proposalOf(typed: Typed, pictures: string[]): Proposal {
  const hours = typed.hours === null ? [] : [{ days: typed.hours.days, from_minute: minuteOf(typed.hours.from) ?? 0, to_minute: minuteOf(typed.hours.to) ?? 1440 }];
  return {
    name: typed.name.trim(), unit: typed.unit.trim(), basis: typed.basis.trim(), consent_on: typed.consentOn,
    // The last day counts whole: the moment it ends is the next one's first.
    valid_to: windowOf(typed.validTo)?.to ?? '', valid_from: null, gates: gatesOf(typed.gates), hours, pictures,
  };
}

/** A file as base64. In pieces: one call with four million arguments is too many. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
