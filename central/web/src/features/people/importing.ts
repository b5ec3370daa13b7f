// Which lines of a spreadsheet go in one request: a few at a time, with the pictures they name and no more than a request takes.
// Pure: of a file only its size is asked for.

export interface ImportLine {
  line: number;
  pictures: readonly string[];
}

/** Lines of one request: judging pictures takes time, and whoever waits wants to see it move. */
export const LINES_AT_ONCE = 5;
/** Bytes of pictures of one request, before base64 makes four of three. */
export const BYTES_AT_ONCE = 24 << 20;

/** Lines in portions; a line whose pictures alone are more than a request takes stands in `heavy`. */
export function portionsOf<T extends ImportLine>(lines: readonly T[], sizeOf: (name: string) => number): { portions: T[][]; heavy: T[] } {
  const portions: T[][] = [];
  const heavy: T[] = [];
  let open: T[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = line.pictures.reduce((sum, name) => sum + sizeOf(name), 0);
    if (size > BYTES_AT_ONCE) {
      heavy.push(line);
      continue;
    }
    if (open.length === LINES_AT_ONCE || bytes + size > BYTES_AT_ONCE) {
      portions.push(open);
      open = [];
      bytes = 0;
    }
    open.push(line);
    bytes += size;
  }
  if (open.length > 0) portions.push(open);
  return { portions, heavy };
}
