import { expect, it } from 'vitest';
import { recordedIn, withRecorded } from './recorded';

const told = (at: string) => JSON.stringify({
  at, at_text: '', site: 'office', node: 'n1', camera: 'c', gate: 'main', late: false, passage_id: 'x', decided: 'admit', by: 'baove',
});

it('keeps the latest words once each, and nothing that is no word', () => {
  let said: ReturnType<typeof withRecorded> = [];
  for (const at of ['1', '2', '2', '3', '4', '5', '6', '7']) {
    const one = recordedIn(told(at));
    if (one) said = withRecorded(said, one);
  }
  expect(said.map((each) => each.at)).toEqual(['7', '6', '5', '4', '3', '2']);
  expect([recordedIn('{'), recordedIn('{"decided":"admit"}')]).toEqual([null, null]);
  expect(recordedIn(told('1').replace('"x"', 'null'))?.passage_id).toBeNull();
});
