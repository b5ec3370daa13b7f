import { expect, it } from 'vitest';
import type { CameraView } from '../../api/types';
import { figure, saidBy, softwareOf, todoOf, viewTroubles, worstFirst } from './trouble';

function camera(name: string, state: string, view: unknown = []): CameraView {
  const moment = { utc: '2026-11-23T01:00:00Z', text: '' };
  return { site: 's', node: 'n', camera: name, state, state_text: '', view, reason: '', since: moment, stream: { fps: 25 }, reported_at: moment };
}

it('puts what needs somebody first', () => {
  const list = [camera('a', 'online'), camera('b', 'starting'), camera('c', 'offline'), camera('d', 'online', ['moved']), camera('e', 'disabled')];
  expect(worstFirst(list).map((each) => each.camera)).toEqual(['c', 'd', 'b', 'a', 'e']);
  expect(list.map(todoOf)).toEqual([null, 'starting', 'offline', 'moved', null]);
  expect(todoOf(camera('x', 'a-newer-word'))).toBe('unknown');
});

it('takes only what it knows out of a node’s words', () => {
  expect(viewTroubles(['moved', 'upside_down'])).toEqual(['moved']);
  expect(viewTroubles('moved')).toEqual([]);
  expect([figure({ fps: 25 }, 'fps'), figure({ fps: 'x' }, 'fps'), figure(null, 'fps')]).toEqual([25, null, null]);
  expect([softwareOf({ software: { name: 'edge-node', version: '0.1.0', n: 3 } }), softwareOf({ software: 'x' }), softwareOf(3)]).toEqual(['edge-node 0.1.0', 'x', '']);
});

it('reads a node’s birth and nothing out of nonsense', () => {
  const said = saidBy({ models: { person: { name: 'yolox-nano', sha256: 'a' }, plate: 3 }, bundle_revisions: { rules: 7, cameras: 'x' }, clock_sources: { 'road-1': 'rtcp' }, machine: { words: ['Đĩa sắp đầy', 4] }, first_unacknowledged: 11, last_seq: 14 });
  expect(said).toEqual({ models: [{ role: 'person', name: 'yolox-nano' }], revisions: [{ kind: 'rules', revision: 7 }], clocks: new Map([['road-1', 'rtcp']]), wrong: ['Đĩa sắp đầy'], queued: 4 });
  for (const nonsense of [null, 3, 'x', {}]) expect(saidBy(nonsense)).toEqual({ models: [], revisions: [], clocks: new Map(), wrong: [], queued: null });
});
