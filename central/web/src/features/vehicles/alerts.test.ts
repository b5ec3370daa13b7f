import { expect, it } from 'vitest';
import type { PlateAlert } from '../../api/types';
import { at, inOrder, ofTheDay, unseenAnywhere, unseenOf } from './alerts';

const NOW = Date.UTC(2026, 10, 23, 8);
const alert = (id: string, minutesAgo: number, seenBy: string | null = null): PlateAlert => ({
  alert_id: id, entry_id: 'e', plate: '12A-122.45', reason: '', keeper: '', site: 's', node: 'n', camera: 'c', passage_id: 'p',
  at: { utc: new Date(NOW - minutesAgo * 60_000).toISOString(), text: '' }, still_read: true, seen_by: seenBy, seen_at: null,
});
const ids = (alerts: PlateAlert[]) => alerts.map((each) => each.alert_id).join('');

it('puts the unseen first, then the newest', () => {
  const alerts = [alert('a', 300), alert('b', 5, 'mau-can-bo-02'), alert('c', 20), alert('d', 400, 'mau-can-bo-01')];
  expect(ids(inOrder(alerts))).toBe('cabd');
  expect(ids(alerts)).toBe('abcd');
  expect(unseenOf(alerts)).toBe(2);
});

it('shows nothing that is older than a day', () => {
  expect(ids(ofTheDay([alert('a', 24 * 60), alert('b', 24 * 60 - 1)], NOW))).toBe('b');
});

it('counts what waits at other places without a word of it', () => {
  const page = { items: [alert('a', 5), alert('b', 1, 'mau-can-bo-02')], unseen: [{ site: 's', unseen: 1 }, { site: 'far', unseen: 3 }], next: null };
  const told = at('s', page);
  expect(told.elsewhere).toEqual([{ site: 'far', unseen: 3 }]);
  expect(unseenAnywhere(told)).toBe(4);
});
