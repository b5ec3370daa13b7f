import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addWords } from '../../i18n';
import { suspicions as words } from '../../i18n/words/suspicions';
import type { SuspicionDetail } from '../../api/types';
import { DecideCase } from './DecideCase';

addWords('suspicions', words);
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
const ITEMS = ['plate', 'priority', 'directive', 'arrangement'];
const detail: SuspicionDetail = {
  id: 'x', number: '1', revision: 1, state: 'pending_review', state_text: '', site: 's', node: 'n', camera: 'c', violation: 'C-WRONGWAY', rule: 'r',
  class: 'car', occurred_at: moment, recorded_at: moment, deadlines: [], vehicle_passage: 'v', body: {}, evidence: [], allowed: [],
  checklist: ITEMS.map((item) => ({ item, text_vi: item, text_en: item })),
  rejection_reasons: [{ reason: 'plate_unreadable', text: '' }, { reason: 'duplicate', text: '' }],
};

function desk(mine: boolean, allShown = true) {
  const [confirm, reject] = [vi.fn(), vi.fn()];
  render(<DecideCase detail={detail} allShown={allShown} mine={mine} busy={false} confirm={confirm} reject={reject} />);
  now += 400;
  const press = (...codes: string[]) => codes.forEach((code) => fireEvent.keyDown(window, { code }));
  return { confirm, reject, press };
}

it('confirms in six keys, and not while a statement is missing', () => {
  const { confirm, press } = desk(true);
  press('KeyX', 'Digit1', 'Digit2', 'Digit3', 'Enter');
  expect(confirm).not.toHaveBeenCalled();
  press('Digit4', 'Enter');
  expect(confirm).toHaveBeenCalledExactlyOnceWith(ITEMS);
});

it('rejects in two keys with a reason', () => {
  const { reject, press } = desk(true);
  press('KeyB', 'Digit2');
  expect(reject).toHaveBeenCalledExactlyOnceWith('duplicate');
});

it('decides nothing about a case that another officer has, nor confirms what was not seen', () => {
  const other = desk(false);
  other.press('KeyX', 'Digit1', 'Digit2', 'Digit3', 'Digit4', 'Enter', 'KeyB', 'Digit2');
  expect(other.confirm).not.toHaveBeenCalled();
  expect(other.reject).not.toHaveBeenCalled();
  cleanup();
  const unseen = desk(true, false);
  unseen.press('KeyX', 'Digit1', 'Digit2', 'Digit3', 'Digit4', 'Enter');
  expect(unseen.confirm).not.toHaveBeenCalled();
});
