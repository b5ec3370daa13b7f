import { expect, it } from 'vitest';
import type { CameraView } from '../../api/types';
import { figure, softwareOf, todoOf, viewTroubles, worstFirst } from './trouble';

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
