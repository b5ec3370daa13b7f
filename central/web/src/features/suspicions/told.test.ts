import { expect, it } from 'vitest';
import type { Suspicion } from '../../api/types';
import { toldOf, whoHas } from './told';

const moment = (utc: string) => ({ utc, text: utc });
const NOW = Date.parse('2026-11-23T01:15:00Z');
const suspicion: Suspicion = {
  id: 'a', number: '1', revision: 1, state: 'pending_review', state_text: '', site: 'road', node: 'n1', camera: 'c', violation: 'C-WRONGWAY', rule: 'r',
  class: 'car', occurred_at: moment('2026-11-23T01:10:00Z'), recorded_at: moment('2026-11-23T01:10:00Z'), deadlines: [],
};
const held = { ...suspicion, lease: { by: 'can-bo-01', until: moment('2026-11-23T01:16:00Z'), mine: false } };
const said = (more: object) => toldOf(JSON.stringify({ id: 'a', state: 'pending_review', ...more })) ?? undefined;

it('says who has a case, and what was heard since the list was read goes first', () => {
  expect(whoHas(suspicion, undefined, 'can-bo-02', NOW)).toEqual({ is: 'free' });
  expect(whoHas(held, undefined, 'can-bo-02', NOW)).toEqual({ is: 'held', by: 'can-bo-01' });
  expect(whoHas(held, undefined, 'can-bo-01', NOW)).toEqual({ is: 'mine' });
  expect(whoHas(held, undefined, 'can-bo-02', NOW + 60_000)).toEqual({ is: 'free' });
  expect(whoHas(held, said({}), 'can-bo-02', NOW)).toEqual({ is: 'free' });
  expect(whoHas(suspicion, said({ assigned_to: 'can-bo-01' }), 'can-bo-02', NOW)).toEqual({ is: 'given', to: 'can-bo-01' });
  expect(whoHas(suspicion, said({ state: 'rejected', decided_by: 'can-bo-01' }), 'can-bo-02', NOW)).toEqual({ is: 'decided', by: 'can-bo-01' });
});

it('takes nothing out of nonsense', () => {
  for (const nonsense of ['', 'x', '3', 'null', '{}', '{"id":3,"state":"x"}']) expect(toldOf(nonsense)).toBeNull();
});
