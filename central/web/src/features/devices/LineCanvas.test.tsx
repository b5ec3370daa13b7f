import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { addWords } from '../../i18n';
import { devices as words } from '../../i18n/words/devices';
import type { Drawn } from './drawing';
import { LineCanvas } from './LineCanvas';

addWords('devices', words);
afterEach(cleanup);

const LINE: Drawn = { id: 'vach-1', is: 'line', name: 'A', usedBy: [], points: [[0.2, 0.5], [0.8, 0.5]] };
const ZONE: Drawn = { id: 'main', is: 'zone', name: 'B', usedBy: [], points: [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6], [0.2, 0.6]] };

function canvas(all: Drawn[], locked = false) {
  const change = vi.fn();
  render(<LineCanvas all={all} selected={null} locked={locked} width={1600} height={900} select={() => undefined} change={change} />);
  const press = (point: number, key: string, more: object = {}) => fireEvent.keyDown(screen.getAllByRole('button')[point] as Element, { key, ...more });
  return { change, press };
}

it('moves a point by arrows, the same way on the screen in both directions, and finely with Shift', () => {
  const { change, press } = canvas([LINE]);
  press(0, 'ArrowRight');
  expect(change).toHaveBeenLastCalledWith('vach-1', [[0.2025, 0.5], [0.8, 0.5]], 'keys vach-1 0');
  press(1, 'ArrowDown');
  // 0.0025 of 1600 pixels are 4, and so are 0.0044 of 900.
  expect(change).toHaveBeenLastCalledWith('vach-1', [[0.2, 0.5], [0.8, 0.5044]], 'keys vach-1 1');
  press(1, 'ArrowLeft', { shiftKey: true });
  expect(change).toHaveBeenLastCalledWith('vach-1', [[0.2, 0.5], [0.7995, 0.5]], 'keys vach-1 1');
});

it('adds and takes away corners of a zone, never of a line', () => {
  const { change, press } = canvas([ZONE, LINE]);
  press(0, '+');
  expect(change.mock.lastCall?.[1]).toHaveLength(5);
  press(2, 'Delete');
  expect(change.mock.lastCall?.[1]).toEqual([[0.2, 0.2], [0.6, 0.2], [0.2, 0.6]]);
  change.mockClear();
  press(4, '+');
  press(5, 'Delete');
  press(4, 'z', { ctrlKey: true });
  press(4, 'Tab');
  expect(change).not.toHaveBeenCalled();
});

it('changes nothing where nothing may be changed', () => {
  const { change, press } = canvas([LINE], true);
  press(0, 'ArrowRight');
  expect(change).not.toHaveBeenCalled();
  expect(screen.getAllByRole('button')[0]?.getAttribute('tabindex')).toBe('-1');
});
