// Lists of plates and their alerts of the stand-in: invented, plainly samples.
import { moment } from './moment.mjs';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const id = (n) => `00000000-0000-0000-0000-0000000009${String(n).padStart(2, '0')}`;
const TEXT = { proposed: 'Chờ phê duyệt', approved: 'Đang có hiệu lực', refused: 'Không phê duyệt', withdrawn: 'Đã rút', expired: 'Hết hiệu lực' };
const entry = (n, kind, state, more = {}) => ({
  entry_id: id(n), kind, state, state_text: TEXT[state], plate: `12A-12${n % 10}.45`, sites: ['chi-lang-square'], keeper: 'Đội Cảnh sát giao thông số 2', reason: 'Xe liên quan vụ va chạm bỏ đi, cần xác minh', expires_at: moment(Date.now() + 4 * DAY),
  proposed_by: 'mau-can-bo-02', proposed_at: moment(Date.now() - 4 * HOUR), decided_by: null, decided_at: null, decided_why: null, ended_by: null, ended_at: null, ended_why: null, may_approve: false, ...more,
});
const decided = { decided_by: 'mau-doi-truong', decided_at: moment(Date.now() - 3 * HOUR) };

export const start = () => [
  entry(1, 'wanted', 'proposed', { may_approve: true, sites: ['chi-lang-square', 'office'] }),
  entry(2, 'wanted', 'approved', decided),
  entry(3, 'wanted', 'proposed', { proposed_by: 'mau-truc-01' }),
  entry(4, 'wanted', 'refused', { ...decided, decided_why: 'Chưa nêu rõ căn cứ theo dõi' }),
  entry(5, 'wanted', 'withdrawn', { ...decided, ended_by: 'mau-can-bo-02', ended_at: moment(Date.now() - HOUR), ended_why: 'Đã tìm được xe' }),
  entry(6, 'wanted', 'expired', { ...decided, expires_at: moment(Date.now() - HOUR) }),
  entry(11, 'allowed', 'approved', { ...decided, plate: '12A-120.40', keeper: 'Công ty Môi trường đô thị Mẫu', reason: 'Xe quét đường được phép đi ngược chiều từ 22 giờ đến 4 giờ', expires_at: moment(Date.now() + 60 * DAY) }),
];
export const entries = start();

export function add(body, by) {
  if (entries.some((each) => each.kind === body.kind && each.plate === body.plate && ['proposed', 'approved'].includes(each.state))) return null;
  const made = entry(20 + entries.length, body.kind, 'proposed', { ...body, expires_at: moment(Date.parse(body.expires_at)), proposed_by: by, proposed_at: moment(Date.now()) });
  entries.unshift(made);
  return made;
}

/** The entry after the step; null where it is not proposed any more. */
export function step(of, verb, body, by) {
  const at = moment(Date.now());
  const state = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' }[verb];
  if (verb !== 'withdraw' && of.state !== 'proposed') return null;
  Object.assign(of, { state, state_text: TEXT[state], may_approve: false });
  if (verb === 'withdraw') Object.assign(of, { ended_by: by, ended_at: at, ended_why: body.reason });
  else Object.assign(of, { decided_by: by, decided_at: at, decided_why: body.reason ?? null });
  return of;
}

export const alert = (n, minutesAgo, pass, more = {}) => ({
  alert_id: id(50 + n), entry_id: id(2), plate: '12A-122.45', reason: 'Xe liên quan vụ va chạm bỏ đi, cần xác minh', keeper: 'Đội Cảnh sát giao thông số 2',
  site: 'chi-lang-square', node: 'node-1', camera: 'road-1', passage_id: pass, at: moment(Date.now() - minutesAgo * MINUTE), still_read: true, seen_by: null, seen_at: null, ...more,
});
export const alerts = (passes) => [
  alert(1, 400, passes[0].passage_id, { seen_by: 'mau-can-bo-02', seen_at: moment(Date.now() - 390 * MINUTE) }),
  alert(2, 95, passes[1].passage_id, { still_read: false, camera: 'road-2' }),
  alert(3, 12, passes[2].passage_id),
];
