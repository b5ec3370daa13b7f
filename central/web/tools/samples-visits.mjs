// Hosts and visitors of the stand-in: invented, plainly samples. A visit goes on as at the centre: by steps that quote its revision.
import { randomUUID } from 'node:crypto';
import { moment } from './moment.mjs';

const HOUR = 3_600_000;
const host = (n, department, room, phone) => ({ host_id: `00000000-0000-0000-0000-0000000005${String(n).padStart(2, '0')}`, name: `Mẫu tiếp ${String(n).padStart(2, '0')}`, department, room, phone });
const HOSTS = [host(1, 'Văn phòng Ủy ban', '203', '0205 000 0203'), host(2, 'Phòng Tài chính – Kế hoạch', '305', '0205 000 0305'), host(3, 'Phòng Nội vụ', '112', null)];
export const hosts = HOSTS.map((each) => ({ ...each, sites: ['office'], entered_at: moment(Date.now() - 900 * HOUR), entered_by: 'mau-dang-ky-01', ended_at: null, ended_by: null }));

const visit = (name, state, hoursAgo, more = {}) => ({
  visit_id: randomUUID(), revision: 1, site: 'office', visitor_name: name, organisation: 'Công ty Mẫu', purpose: 'Nộp hồ sơ', badge: null, arrival_id: null, host: HOSTS[0], state, state_text: '',
  arrived_at: moment(Date.now() - hoursAgo * HOUR), registered_by: 'mau-truc-01', called_at: null, called_by: null, answered_at: null, answer: null, admitted_at: null, refused_at: null, refusal_reason: null, left_at: null,
  decided_by: null, decided_why: null, steps: [], ...more,
});
export const all = [
  visit('Mẫu khách 01', 'admitted', 1, { admitted_at: moment(Date.now() - 0.9 * HOUR), decided_by: 'mau-truc-02', badge: '12', revision: 4 }),
  visit('Mẫu khách 02', 'left', 3, { admitted_at: moment(Date.now() - 2.9 * HOUR), left_at: moment(Date.now() - 2 * HOUR), decided_by: 'mau-truc-02', host: HOSTS[1], purpose: 'Họp về kế hoạch năm', revision: 5 }),
  visit('Mẫu khách 03', 'refused', 4, { refused_at: moment(Date.now() - 3.9 * HOUR), refusal_reason: 'no_appointment', decided_by: 'mau-truc-02', organisation: null, host: { ...HOSTS[2], host_id: null, department: null, room: null }, revision: 3 }),
];

export const present = (site) => all.filter((each) => each.site === site && !['refused', 'left'].includes(each.state));
export const found = (text) => HOSTS.filter((each) => `${each.name} ${each.department}`.toLowerCase().includes(text.toLowerCase()));

export function add(body) {
  const made = visit(body.visitor_name, 'waiting', 0, { site: body.site, organisation: body.organisation, purpose: body.purpose, badge: body.badge, arrival_id: body.arrival_id,
    host: HOSTS.find((each) => each.host_id === body.host_id) ?? (body.host_name ? { host_id: null, name: body.host_name, department: null, room: null, phone: null } : null) });
  all.unshift(made);
  return made;
}

/** The visit after the step; null where the revision is not the one that was on the screen. */
export function step(id, verb, body, by) {
  const of = all.find((each) => each.visit_id === id);
  if (!of || of.revision !== body.revision) return null;
  const at = moment(Date.now());
  const state = { 'call-host': 'host_called', 'host-answer': body.answer, admit: 'admitted', refuse: 'refused', leave: 'left' }[verb];
  Object.assign(of, { revision: of.revision + 1, state });
  if (verb === 'call-host') Object.assign(of, { called_at: at, called_by: by, host: HOSTS.find((each) => each.host_id === body.host_id) ?? of.host });
  if (verb === 'host-answer') Object.assign(of, { answered_at: at, answer: body.answer });
  if (verb === 'admit') Object.assign(of, { admitted_at: at, decided_by: by });
  if (verb === 'refuse') Object.assign(of, { refused_at: at, refusal_reason: body.reason, decided_by: by });
  if (verb === 'leave') Object.assign(of, { left_at: at });
  of.steps.push({ number: of.revision, step: verb.replace('-', '_'), state, at, by, host_name: verb === 'call-host' ? of.host?.name ?? null : null, reason: body.reason ?? null, note: body.note ?? null });
  return of;
}
