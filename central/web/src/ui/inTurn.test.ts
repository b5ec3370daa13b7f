import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inTurn, PAUSE_MS } from './inTurn';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('lets the first through at once and the next ones after their pauses, each camera by itself', async () => {
  const began = Date.now();
  const done: string[] = [];
  const ask = (key: string) => void inTurn(key).then(() => done.push(`${key} ${Date.now() - began}`));
  for (const key of ['still a', 'still a', 'still b', 'try a', 'still a']) ask(key);
  await vi.advanceTimersByTimeAsync(3 * PAUSE_MS);
  ask('still a');
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['still a 0', 'still b 0', 'try a 0', `still a ${PAUSE_MS}`, `still a ${2 * PAUSE_MS}`, `still a ${3 * PAUSE_MS}`]);
});
