import { expect, it } from 'vitest';
import { changed, type Drawn, drawingOf, faultsOf, freshLine, sameDrawn, stepped, toSend, undone } from './drawing';

const inForce = drawingOf({
  revision: 4, node_revision: 4, editable: true, why_not: null, counts: 'persons',
  lines: [{ id: 'vach-1', name: 'Cổng', points: [[0.1, 0.5], [0.9, 0.5]], used_by: [] }],
  zones: [{ id: 'main', name: 'Cổng chính', points: [[0.2, 0.2], [0.6, 0.2], [0.4, 0.6]] }],
});

it('goes back by whole strokes', () => {
  const drag = (x: number) => changed(inForce.now, 'vach-1', { points: [[x, 0.5], [0.9, 0.5]] });
  let drawing = inForce;
  for (const x of [0.2, 0.3, 0.4]) drawing = stepped(drawing, drag(x), 'drag 1');
  drawing = stepped(drawing, [...drawing.now, freshLine(drawing.now, 'Vạch')]);
  expect(drawing.now).toHaveLength(3);
  drawing = undone(drawing);
  expect(drawing.now[0]?.points[0]).toEqual([0.4, 0.5]);
  drawing = undone(drawing);
  expect(sameDrawn(drawing.now, inForce.now)).toBe(true);
  expect(undone(drawing)).toBe(drawing);
});

it('says everything that is wrong at once', () => {
  const line = { ...freshLine(inForce.now, ' '), points: [[0.5, 0.5], [0.5, 0.5]] } satisfies Drawn;
  const zone: Drawn = { id: 'a', is: 'zone', name: 'A', usedBy: [], points: [[0.2, 0.2], [0.6, 0.7], [0.6, 0.2], [0.2, 0.6]] };
  const small: Drawn = { ...zone, id: 'b', points: [[0, 0], [0.01, 0], [0.01, 0.01]] };
  expect(faultsOf([line, { ...line, id: 'x', name: 'Cổng', points: [[0, 0], [1, 1]] }, { ...line, id: 'y', name: 'Cổng ', points: [[0, 0], [1, 1]] }, zone, small])).toEqual([
    { id: 'vach-2', fault: 'noName' }, { id: 'vach-2', fault: 'tooShort' }, { id: 'x', fault: 'sameName' }, { id: 'y', fault: 'sameName' },
    { id: 'a', fault: 'crossed' }, { id: 'b', fault: 'tooSmall' },
  ]);
  expect(faultsOf(inForce.now)).toEqual([]);
});

it('gives a new line an id of its own and sends both kinds apart', () => {
  const sent = toSend([...inForce.now, freshLine(inForce.now, ' Lối phụ ')]);
  expect(sent.lines.map(({ id, name }) => [id, name])).toEqual([['vach-1', 'Cổng'], ['vach-2', 'Lối phụ']]);
  expect(sent.zones).toEqual([{ id: 'main', points: [[0.2, 0.2], [0.6, 0.2], [0.4, 0.6]] }]);
});
