// What a node says of a plate, out of its own words. They are JSON of whatever version the node speaks: everything is checked.

export interface Reading {
  /** Corners on the frame, 0..1, clockwise from top left. */
  corners: { x: number; y: number }[];
  /** Other texts it may be, the likeliest first. */
  alternatives: string[];
  /** How many frames read exactly this, of how many that were read; none where it was not said. */
  agreed: { reads: number; of: number } | null;
  /** A weak character was changed to fit the grammar; the general reader was asked as well. */
  mended: boolean;
  secondOpinion: boolean;
  /** How good the best view was, 0..1. */
  quality: number | null;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= -0.5 && value <= 1.5;

export function readingOf(body: unknown): Reading {
  const plate = isObject(body) && isObject(body['plate']) ? body['plate'] : {};
  const [corners, others]: unknown[] = [plate['corners'], plate['alternatives']];
  const points = Array.isArray(corners)
    ? corners.flatMap((each: unknown) => (isObject(each) && isShare(each['x']) && isShare(each['y']) ? [{ x: each['x'], y: each['y'] }] : [])) : [];
  const alternatives = Array.isArray(others)
    ? others.flatMap((each: unknown) => (Array.isArray(each) && typeof each[0] === 'string' ? [each[0]] : [])) : [];
  const [reads, of, quality] = [plate['agreeing_reads'], plate['reads'], plate['quality']];
  return {
    corners: points.length === 4 ? points : [],
    alternatives,
    agreed: typeof reads === 'number' && typeof of === 'number' && of > 0 ? { reads, of } : null,
    mended: plate['corrected'] === true,
    secondOpinion: plate['second_opinion'] === true,
    quality: typeof quality === 'number' && quality >= 0 && quality <= 1 ? quality : null,
  };
}

/** What was typed, as the search takes it: a whole plate, its last five characters, or nothing. */
export function soughtOf(typed: string): { key: string | null; last5: string | null } {
  const text = typed.trim().toUpperCase().replace(/Đ/g, 'D').replace(/[^A-Z0-9*?%]/g, '');
  if (text === '') return { key: null, last5: null };
  return text.length === 5 ? { key: null, last5: text } : { key: text, last5: null };
}
