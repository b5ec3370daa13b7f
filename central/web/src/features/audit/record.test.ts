import { expect, it } from 'vitest';
import { shownOf } from './record';

it('shows what it knows of a record and nothing of what it does not', () => {
  const record = { schema: 'chilang.audit/1', at: 5, actor: { name: 'mau-01', role: 'desk' }, action: 'arrivals.search', site: 'office', window: { from: 1_000, to: 2_000 }, detail: 'tìm đồ thất lạc' };
  expect(shownOf(record)).toEqual({ who: 'mau-01', role: 'desk', action: 'arrivals.search', site: 'office', window: { from: 1, to: 2 }, object: '', detail: 'tìm đồ thất lạc' });
  expect(shownOf('x')).toEqual({ who: null, role: null, action: '', site: '', window: null, object: '', detail: '' });
});
