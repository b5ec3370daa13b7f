// Grants, the register of exports and times of retention of the stand-in.
import { moment } from './moment.mjs';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const grant = (n, state, more = {}) => ({
  grant_id: `00000000-0000-0000-0000-0000000006${String(n).padStart(2, '0')}`, state, state_text: '', case_id: 'x', case_number: `2026-0000${10 + n}`, plate: `12A-12${n}.45`, from: moment(Date.now() - 5 * DAY), to: moment(Date.now() - DAY),
  sites: ['chi-lang-square', 'office'], reason: 'Xác minh hành trình trước và sau hành vi', asked_by: 'mau-can-bo-02', asked_at: moment(Date.now() - 4 * HOUR), decided_by: null, decided_at: null, decided_why: null, expires_at: null,
  withdrawn_by: null, withdrawn_at: null, withdrawn_why: null, may_approve: false, may_use: false, ...more,
});
export const grants = [
  grant(1, 'asked', { may_approve: true }),
  grant(2, 'granted', { decided_by: 'mau-truc-01', decided_at: moment(Date.now() - HOUR), expires_at: moment(Date.now() + 2 * DAY + 4 * HOUR), may_use: true }),
  grant(3, 'asked', { asked_by: 'mau-truc-01' }),
  grant(4, 'refused', { decided_by: 'mau-doi-truong', decided_at: moment(Date.now() - HOUR), decided_why: 'Khoảng thời gian quá rộng' }),
  grant(5, 'expired', { decided_by: 'mau-doi-truong', decided_at: moment(Date.now() - 8 * DAY), expires_at: moment(Date.now() - DAY) }),
];
export const exported = ['xlsx', 'csv'].map((format, n) => ({
  export_id: `00000000-0000-0000-0000-00000000070${n}`, at: moment(Date.now() - n * DAY), by: 'mau-can-bo-01', site: 'chi-lang-square', from: moment(Date.now() - n * DAY - 6 * HOUR), to: moment(Date.now() - n * DAY),
  rows: 1204 - n * 900, format, reason: 'Báo cáo lưu lượng đêm lễ hội', sha256: String(n + 7).repeat(64),
}));

const setting = (name, least, most, days, more = {}) => ({
  class: name, settable: least !== null, default_days: days, least_days: least, most_days: most, days, version: 0, since: null, by: null, reason: null,
  basis: least === null ? 'Luật quy định cố định.' : 'Nghị định mẫu: đủ để xử lý, không lâu hơn cần thiết.', coming: null, ...more,
});
const settings = [
  setting('plate', 7, 30, 30), setting('picture', 7, 30, 30, { days: 21, version: 2, since: moment(Date.now() - 40 * DAY), by: 'mau-quan-tri', reason: 'Theo quy chế của đơn vị' }),
  setting('access', 365, 730, 365), setting('audit', 730, 1825, 730), setting('biometric', null, null, null),
];
export const retention = () => ({
  classes: [{ class: 'plate', rule: 'days', days: 30, guarded: true, tables: ['vehicle_passages'] }, { class: 'audit', rule: 'days', days: 730, guarded: true, tables: ['audit_log'] }],
  next: [{ what: 'events', rows: 1204, oldest: moment(Date.now() - 30 * DAY) }], rejected_content_days: 30, rejected_record_days: 730, removed: [{ at: moment(Date.now() - HOUR), what: 'events 12, evidence 3', shared: false }], settings,
});
export function setRetention(name, body) {
  const of = settings.find((each) => each.class === name);
  if (of.version !== body.version) return null;
  of.version += 1;
  if (body.days < of.days) of.coming = { days: body.days, from: moment(Date.now() + DAY), by: 'mau-quan-tri', reason: body.reason };
  else Object.assign(of, { days: body.days, since: moment(Date.now()), by: 'mau-quan-tri', reason: body.reason, coming: null });
  return of;
}
export const users = ['mau-quan-tri', 'mau-truc-01', 'mau-can-bo-01'].map((name, n) => ({
  id: `00000000-0000-0000-0000-00000000080${n}`, name, roles: [['administrator'], ['desk'], ['traffic_officer', 'traffic_leader']][n], locked_at: n === 2 ? moment(Date.now() - DAY) : null, last_seen_at: n === 1 ? null : moment(Date.now()),
  own: n === 0, program: false, elsewhere: false, password_must_change: n === 1, second_factor: n === 0,
}));
export const about = { version: '0.1.0', commit: null, licence: 'Apache-2.0', built_in: [{ part: 'central', name: 'axum', version: '0.8.0', licence: 'MIT' }] };
