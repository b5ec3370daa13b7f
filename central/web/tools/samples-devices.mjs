// What the stand-in shows of devices: a drawn street as a camera would send it coarse, lines on it, and a bad week.
import { moment } from './moment.mjs';
import { drawnStreet } from './drawn.mjs';

const HOUR = 3_600_000;
export const street = { coarse: drawnStreet(640, 360, 16), clear: drawnStreet(1280, 720, 1) };

export const nodes = () => [
  {
    site: 'chi-lang-square', node: 'node-1', state: 'online', state_text: '', since: moment(Date.now() - 80 * HOUR),
    birth: {
      software: 'edge-node 0.1.0', models: { detector: { name: 'yolox-nano' }, plate_detector: { name: 'stock' }, plate_reader: { name: 'stock' } }, bundle_revisions: { cameras: 3, rules: 6 },
      clock_sources: { 'square-1': 'rtcp_sender_report', 'road-1': 'arrival' }, machine: { disk: {}, words: [] }, first_unacknowledged: 901, last_seq: 903,
    },
    bundles_published: [{ kind: 'cameras', revision: 3 }, { kind: 'rules', revision: 6 }], ledgers: [{ log_id: 'x', last_seq: 903, duplicates: 0, gaps: [], last_heard_at: moment(Date.now()) }], quarantined: [], ledger_alarm: null, queued: 3,
  },
  {
    site: 'office', node: 'node-2', state: 'offline', state_text: '', since: moment(Date.now() - 2 * HOUR),
    birth: { software: 'edge-node 0.1.0', models: {}, bundle_revisions: { cameras: 1, rules: 2 }, clock_sources: {}, machine: { words: ['Ổ đĩa còn 4 % chỗ trống: xoá bớt hoặc thay ổ lớn hơn.'] }, first_unacknowledged: 1, last_seq: 0 },
    bundles_published: [{ kind: 'cameras', revision: 1 }, { kind: 'rules', revision: 3 }], ledgers: [], quarantined: [{ reason: 'bad_signature', messages: 2 }], ledger_alarm: null,
  },
];

export const cameras = () => [
  { site: 'chi-lang-square', node: 'node-1', camera: 'square-1', state: 'online', state_text: '', view: [], reason: '', since: moment(Date.now() - 50 * HOUR), stream: { fps: 25, reconnects: 1 }, reported_at: moment(Date.now()), lag_ms: 310, clock_error_ms: 12 },
  { site: 'chi-lang-square', node: 'node-1', camera: 'road-1', state: 'online', state_text: '', view: ['moved'], reason: 'Hình đã lệch so với lúc vẽ vạch', since: moment(Date.now() - HOUR), stream: { fps: 12.5, reconnects: 4 }, reported_at: moment(Date.now()), lag_ms: 1240, clock_error_ms: 180 },
  { site: 'office', node: 'node-2', camera: 'gate-1', state: 'offline', state_text: '', view: [], reason: 'Camera không trả lời', since: moment(Date.now() - 2 * HOUR), stream: {}, reported_at: moment(Date.now()) },
];

const inForce = () => ({
  revision: 6, node_revision: 6, editable: true, why_not: null, counts: 'persons',
  lines: [
    { id: 'cong-dong', name: 'Cổng Đông', points: [[0.12, 0.62], [0.52, 0.7]], used_by: [] },
    { id: 'loi-di', name: 'Lối đi bộ', points: [[0.9, 0.42], [0.62, 0.9]], used_by: [{ kind: 'door', name: 'main' }] },
  ],
  zones: [{ id: 'main', name: 'Cổng chính', points: [[0.56, 0.3], [0.8, 0.28], [0.86, 0.5], [0.6, 0.52]] }],
});
let lines = inForce();
export const reset = () => { lines = inForce(); };
export const readLines = () => {
  // The node takes it at the second look.
  const said = structuredClone(lines);
  lines.node_revision = lines.revision;
  return said;
};
export function putLines(body) {
  if (body.revision !== lines.revision) return null;
  lines = { ...lines, revision: lines.revision + 1, lines: body.lines.map((each) => ({ ...each, used_by: lines.lines.find((line) => line.id === each.id)?.used_by ?? [] })), zones: lines.zones.map((zone) => ({ ...zone, points: body.zones.find((each) => each.id === zone.id)?.points ?? zone.points })) };
  return structuredClone(lines);
}
export const preview = (body) => ({
  since: moment(Date.now() - 3 * HOUR), until: moment(Date.now()), tracks: 412,
  lines: body.lines.map(({ id }, n) => ({ id, in: 214 - 60 * n, out: 187 - 55 * n, doubtful: 3 + n })),
});

export function outages(search) {
  const now = Date.now();
  const all = [
    ['office', 'node-2', null, 'node_offline', 2, null, null], ['office', 'node-2', 'gate-1', 'offline', 2, null, 'Camera không trả lời'],
    ['chi-lang-square', 'node-1', 'road-1', 'dark+moved', 9, 7.5, 'Hình tối, lệch góc'], ['chi-lang-square', 'node-1', 'square-1', 'offline', 75, 71, 'Sai mật khẩu'],
    ['chi-lang-square', 'node-1', 'road-1', 'no_report', 120, 119.9, null],
  ].map(([site, node, camera, kind, began, ended, words]) => ({ site, node, camera, kind, kind_text: kind, words, began_at: moment(now - began * HOUR), ended_at: ended === null ? null : moment(now - ended * HOUR) }));
  const fits = (each) => ['site', 'node', 'camera'].every((name) => !search.get(name) || each[name] === search.get(name));
  const share = { 'square-1': 0.976, 'road-1': 0.99, 'gate-1': 0.988 };
  return {
    from: moment(Date.parse(search.get('from'))), to: moment(now), items: all.filter(fits), next: null,
    availability: [{ site: 'office', node: 'node-2', camera: null, share: 0.988 }, ...cameras().map(({ site, node, camera }) => ({ site, node, camera, share: share[camera] }))].filter(fits),
  };
}
