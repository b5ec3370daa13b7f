import { expect, it } from 'vitest';
import type { Suspicion } from '../../api/types';
import { after, ahead, badHours, byDeadline } from './queue';

function suspicion(id: string, dueDay: number, occurred = '2026-11-23T01:10:00Z', camera = 'road-1'): Suspicion {
  const moment = (utc: string) => ({ utc, text: utc });
  return {
    id, number: id, revision: 1, state: 'pending_review', state_text: '', site: 'road', node: 'n1', camera, violation: 'C-WRONGWAY', rule: 'r', class: 'car',
    occurred_at: moment(occurred), recorded_at: moment(occurred),
    deadlines: [{ kind: 'notice', due_at: moment(`2026-12-${String(dueDay).padStart(2, '0')}T00:00:00Z`), days_left: dueDay, urgency: 'calm', text: '' }],
  };
}

const list = byDeadline([suspicion('c', 9), suspicion('b', 3), suspicion('a', 3), suspicion('d', 20)]);

it('is ordered by deadline', () => {
  expect(list.map((each) => each.id)).toEqual(['a', 'b', 'c', 'd']);
});

it('goes to the next that is not done, and round to what was passed over', () => {
  const done = new Set(['b']);
  expect([after(list, null, done), after(list, 'a', done), after(list, 'c', done, -1)]).toEqual(['a', 'c', 'a']);
  expect(after(list, 'd', new Set(['b', 'c', 'd']))).toBe('a');
  expect(after(list, 'd', new Set(['a', 'b', 'c']))).toBe('d');
  expect(after(list, 'd', new Set(['a', 'b', 'c', 'd']))).toBeNull();
  expect(ahead(list, 'a', done)).toEqual(['c', 'd']);
});

it('finds bad hours of one camera and never mixes two cameras', () => {
  const hours = badHours([suspicion('a', 1), suspicion('b', 1, '2026-11-23T01:59:59Z'), suspicion('c', 1, '2026-11-23T02:00:00Z'), suspicion('d', 1, undefined, 'road-2')]);
  expect(hours.map((hour) => [hour.camera, hour.ids])).toEqual([['road / n1 / road-1', ['a', 'b']]]);
});
