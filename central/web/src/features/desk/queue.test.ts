import { expect, it } from 'vitest';
import type { Arrival, Gate } from '../../api/types';
import { KeyGuard } from '../../ui/keyGuard';
import { follow, lookAt, needsDecision, NOBODY, step } from './queue';

const moment = (second: number) => {
  const utc = new Date(Date.UTC(2026, 10, 23, 1, 0, second)).toISOString();
  return { utc, text: utc };
};

function arrival(id: string, second: number, more: Partial<Arrival> = {}): Arrival {
  return {
    id, revision: 1, state: 'update', site: 'office', node: 'n1', camera: 'cam', gate: 'main', subject: 'person',
    first_seen: moment(second), last_seen: moment(second), verdict: 'verify', reasons: [], reasons_text: [],
    named: false, waits: true, tailgaters: 0, alarm: false, replayed: false, ...more,
  };
}

function gate(name: string, arrivals: Arrival[], more: Partial<Gate> = {}): Gate {
  return { site: 'office', node: 'n1', gate: name, title: name, camera: 'cam', has_door: true, face_alone: true, node_online: true, arrivals, verifying: [], alerts: [], ...more };
}

const none = new Set<string>();
const ids = (of: { arrival: Arrival }[]) => of.map((each) => each.arrival.id);

it('puts the longest waiting first over all gates, and keeps those of one moment in their order', () => {
  const gates = [gate('main', [arrival('c', 9), arrival('b', 5)]), gate('side', [arrival('a', 5), arrival('d', 1)])];
  expect(ids(lookAt(gates, null, none).waiting)).toEqual(['d', 'a', 'b', 'c']);
  expect(ids(lookAt(gates, 'office/n1/side', none).waiting)).toEqual(['d', 'a']);
});

it('lets nobody wait who was let in, is from a file, or was answered here a moment ago', () => {
  const gates = [gate('main', [
    arrival('in', 1, { verdict: 'admit', waits: false }), arrival('file', 2, { replayed: true }), arrival('mine', 3), arrival('waits', 4),
  ])];
  const desk = lookAt(gates, null, new Set(['mine']));
  expect(ids(desk.waiting)).toEqual(['waits']);
  expect(ids(desk.others)).toEqual(['mine', 'file', 'in']);
  const noDoor = gate('lobby', [], { has_door: false });
  expect(needsDecision({ gate: noDoor, arrival: arrival('x', 1, { waits: false }) })).toBe(true);
});

it('never moves the selection by itself', () => {
  const before = lookAt([gate('main', [arrival('b', 5)])], null, none);
  const chosen = follow(NOBODY, before);
  expect(chosen.id).toBe('b');
  // Somebody who waits longer comes up; then the chosen one leaves; then everybody does.
  const longer = lookAt([gate('main', [arrival('b', 5, { revision: 2 }), arrival('a', 1)])], null, none);
  const still = follow(chosen, longer);
  expect([still.id, still.last?.arrival.revision]).toEqual(['b', 2]);
  const left = follow(still, lookAt([gate('main', [arrival('a', 1)])], null, none));
  expect([left.id, left.last?.arrival.revision]).toEqual(['b', 2]);
  expect(follow(left, lookAt([], null, none)).id).toBe('b');
  // A desk that watches one gate is not sent to another.
  expect(follow(NOBODY, longer, []).id).toBeNull();
});

it('steps through the list as it is shown and stops at its ends', () => {
  const desk = lookAt([gate('main', [arrival('a', 1), arrival('b', 2), arrival('c', 3, { waits: false })])], null, none);
  expect([step(desk, null, 1), step(desk, 'a', 1), step(desk, 'b', 1), step(desk, 'c', 1), step(desk, 'a', -1), step(desk, 'gone', -1)])
    .toEqual(['a', 'b', 'c', 'c', 'a', 'a']);
});

it('lets keys act only on a card that was shown for 0.4 s', () => {
  const guard = new KeyGuard();
  guard.show('a/1/x', 1000);
  expect(guard.mayAct('a/1/x', 1399)).toBe(false);
  expect(guard.mayAct('a/1/x', 1400)).toBe(true);
  expect(guard.mayAct('b/1/x', 5000)).toBe(false);
  // Being drawn again is no new card; another revision is.
  guard.show('a/1/x', 2000);
  expect(guard.mayAct('a/1/x', 2000)).toBe(true);
  guard.show('a/2/x', 2000);
  expect(guard.mayAct('a/2/x', 2399)).toBe(false);
  guard.show(null, 2500);
  guard.show('a/2/x', 2600);
  expect(guard.mayAct('a/2/x', 2700)).toBe(false);
});
