// Finds Vietnamese text however it was typed: without marks, with đ as d, with the tone on either vowel (hoà, hòa).

/** Lower case, without marks; đ becomes d. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().trim();
}

/** Does every word that was typed stand somewhere in the text? */
export function matches(text: string, typed: string): boolean {
  const folded = fold(text);
  return fold(typed).split(/\s+/).every((word) => folded.includes(word));
}

const collator = new Intl.Collator('vi');

/** Vietnamese names are sorted by the given name, which stands last. */
export function byGivenName(a: string, b: string): number {
  const given = (name: string) => name.trim().split(/\s+/).at(-1) ?? '';
  return collator.compare(given(a), given(b)) || collator.compare(a, b);
}
