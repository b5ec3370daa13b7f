import { expect, it } from 'vitest';
import type { Visit } from '../../api/types';
import { admitNeedsReason, nextOf, openFirst } from './visit';

const host = { host_id: 'h', name: 'Mẫu 05', department: null, room: null, phone: null };
const next = (state: string, of: Visit['host'] = host) => [...nextOf({ state, host: of })].sort().join(' ');

it('offers what the centre would take, and nothing else', () => {
  expect(next('waiting')).toBe('admit call leave refuse');
  expect(next('waiting', null)).toBe('admit leave refuse');
  expect(next('host_called')).toBe('admit answer call leave refuse');
  expect(next('no_answer')).toBe('admit answer call leave refuse');
  expect(next('admitted')).toBe('leave refuse');
  expect(next('refused')).toBe('admit');
  expect(next('left')).toBe('');
});

it('asks why where the host did not say it', () => {
  expect(['expected', 'waiting', 'no_answer', 'refused'].map((state) => admitNeedsReason({ state }))).toEqual([false, true, true, true]);
});

it('puts who waits before who is in', () => {
  const visit = (id: string, state: string, hour: number) => ({ visit_id: id, state, arrived_at: { utc: new Date(Date.UTC(2026, 10, 23, hour)).toISOString(), text: '' } }) as Visit;
  expect(openFirst([visit('a', 'admitted', 5), visit('b', 'waiting', 1), visit('c', 'host_called', 2)]).map((each) => each.visit_id)).toEqual(['c', 'b', 'a']);
});
