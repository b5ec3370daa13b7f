import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addWords } from '../../i18n';
import { desk as words } from '../../i18n/words/desk';
import type { Arrival } from '../../api/types';
import type { PictureState } from '../../ui/usePicture';
import { Decide } from './Decide';
import type { Outcome } from './useDecision';

addWords('desk', words);
let now = 0;
beforeEach(() => {
  now = 10_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const moment = { utc: '2026-11-23T01:00:00Z', text: '' };
const LOOK = 'a'.repeat(64);
const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  id: 'x', revision: 3, state: 'update', site: 's', node: 'n', camera: 'c', gate: 'g', subject: 'person', first_seen: moment, last_seen: moment,
  verdict: 'verify', reasons: [], reasons_text: [], named: true, look: LOOK, waits: true, tailgaters: 0, alarm: false, replayed: false, ...more,
});
const shown = (look: string): PictureState => ({ is: 'shown', picture: {} as ImageBitmap, look });

function desk(first: Arrival, look: PictureState = shown(LOOK), outcome: Outcome | null = null) {
  const decide = vi.fn();
  const card = (of: Arrival, state: PictureState) => (
    <QueryClientProvider client={new QueryClient()}>
      <Decide arrival={of} open look={state} outcome={outcome} decide={decide} forget={() => undefined} />
    </QueryClientProvider>
  );
  const { rerender } = render(card(first, look));
  const press = (code: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(window, { code, ...more });
  return { decide, press, show: (of: Arrival, state = look) => rerender(card(of, state)) };
}

it('ignores a key on a card that came up less than 0.4 s ago, and a key that is held down', () => {
  const { decide, press, show } = desk(arrival());
  now += 399;
  press('KeyC');
  expect(decide).not.toHaveBeenCalled();
  now += 1;
  press('KeyC', { repeat: true });
  press('KeyC', { ctrlKey: true });
  expect(decide).not.toHaveBeenCalled();
  // The picture changed under the finger: another card.
  show(arrival({ revision: 4, look: 'b'.repeat(64) }), shown('b'.repeat(64)));
  press('KeyC');
  expect(decide).not.toHaveBeenCalled();
  now += 400;
  press('KeyC');
  expect(decide).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ revision: 4, look: 'b'.repeat(64) }), { verdict: 'admit' });
});

it('admits nobody whose picture was not seen', () => {
  const { decide, press, show } = desk(arrival(), { is: 'loading' });
  now += 1_000;
  press('KeyC');
  show(arrival(), shown('c'.repeat(64)));
  now += 1_000;
  press('KeyC');
  expect(decide).not.toHaveBeenCalled();
});

it('says by one key that somebody is looked into, and leaves him to be decided on', () => {
  const { decide, press } = desk(arrival(), { is: 'loading' }, { is: 'done', arrival: 'x', verdict: 'verifying', answer: null });
  now += 500;
  press('KeyX');
  expect(decide).toHaveBeenCalledExactlyOnceWith(expect.anything(), { verdict: 'verifying' });
  expect(screen.getByText(/vẫn chờ quyết định/)).toBeTruthy();
});

it('denies by two keys in quick succession, and another reason only with words', () => {
  const { decide, press } = desk(arrival());
  now += 500;
  press('KeyK');
  press('Digit2');
  expect(decide).toHaveBeenLastCalledWith(expect.anything(), { verdict: 'refuse', reason: 'no_papers', note: null });
  press('KeyK');
  press('Digit7');
  const field = screen.getByPlaceholderText(/bắt buộc/);
  // A digit typed into the note is a digit.
  fireEvent.keyDown(field, { code: 'Digit1' });
  expect(decide).toHaveBeenCalledOnce();
  fireEvent.change(field, { target: { value: ' gây rối ' } });
  fireEvent.submit(field);
  expect(decide).toHaveBeenLastCalledWith(expect.anything(), { verdict: 'refuse', reason: 'other', note: 'gây rối' });
});
