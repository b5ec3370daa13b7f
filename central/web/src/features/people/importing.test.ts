import { expect, it } from 'vitest';
import { BYTES_AT_ONCE, portionsOf } from './importing';

const line = (number: number, ...pictures: string[]) => ({ line: number, pictures });

it('sends a few lines at a time, no more bytes than a request takes, and leaves out what never fits', () => {
  const sizes: Record<string, number> = { small: 10, half: BYTES_AT_ONCE / 2 + 1, whole: BYTES_AT_ONCE + 1 };
  const of = (...lines: ReturnType<typeof line>[]) => {
    const { portions, heavy } = portionsOf(lines, (name) => sizes[name] ?? 0);
    return { portions: portions.map((each) => each.map((l) => l.line)), heavy: heavy.map((l) => l.line) };
  };
  expect(of()).toEqual({ portions: [], heavy: [] });
  expect(of(...[2, 3, 4, 5, 6, 7].map((n) => line(n, 'small')))).toEqual({ portions: [[2, 3, 4, 5, 6], [7]], heavy: [] });
  expect(of(line(2, 'half'), line(3, 'half'), line(4, 'whole'), line(5, 'khong-co'))).toEqual({ portions: [[2], [3, 5]], heavy: [4] });
});
