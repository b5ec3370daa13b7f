// More of the stand-in: devices, visits, grants, lists of plates, retention. Each answers as the centre does where a screen depends on it.
import * as devices from './samples-devices.mjs';
import { moment } from './moment.mjs';
import * as office from './samples-more.mjs';
import * as lists from './samples-lists.mjs';
import * as visits from './samples-visits.mjs';

/** Answers a question of these, and does nothing where it is another's. */
export function more({ asked, url, path, body, json, no, picture, state, tell }) {
  const [, kind, id, step, , verb, then] = path.split('/');
  const posted = asked.method === 'POST';
  if (path === '/devices/outages') return json(devices.outages(url.searchParams));
  if (kind === 'grants') {
    const of = office.grants.find((each) => each.grant_id === id);
    if (!posted) return json({ items: office.grants, next: null });
    if (step === 'approve') Object.assign(of, { state: 'granted', decided_by: state.user, decided_at: moment(Date.now()), expires_at: moment(Date.now() + body.days * 86_400_000), may_approve: false, may_use: true });
    if (step === 'refuse') Object.assign(of, { state: 'refused', decided_by: state.user, decided_at: moment(Date.now()), decided_why: body.reason });
    if (step === 'withdraw') Object.assign(of, { state: 'withdrawn', withdrawn_by: state.user, withdrawn_at: moment(Date.now()), withdrawn_why: body.reason });
    return json(of ?? office.grants[2]);
  }
  if (kind === 'plate-lists') {
    const of = lists.entries.find((each) => each.entry_id === id);
    if (!posted) return json({ items: lists.entries.filter((each) => each.kind === url.searchParams.get('kind') && ['', each.state].includes(url.searchParams.get('state') ?? '')), next: null });
    if (!of) { const made = lists.add(body, state.user); return made ? json(made) : no(409, 'already_listed', 'Biển số này đã có mục đang chờ hoặc đang có hiệu lực tại một trong các địa điểm đã chọn.'); }
    const now = lists.step(of, step, body, state.user);
    return now ? json(now) : no(409, 'not_proposed', 'Mục này đã có quyết định hoặc đã kết thúc. Hãy xem lại.');
  }
  if (kind === 'plate-alerts') {
    if (state.forbidden) return no(403, 'forbidden', 'Vai trò của tài khoản không được phép làm việc này.');
    const alert = state.alerts?.find((each) => each.alert_id === id);
    if (posted && alert.seen_by === null) Object.assign(alert, { seen_by: state.user, seen_at: moment(Date.now()) });
    if (posted) return json(alert);
    const all = state.alerts ?? [];
    const waiting = new Map();
    for (const each of all) if (each.seen_by === null) waiting.set(each.site, (waiting.get(each.site) ?? 0) + 1);
    const site = url.searchParams.get('site');
    if (!site) return no(400, 'one_site', 'Hãy chọn đúng một địa điểm.');
    return json({ items: all.filter((each) => each.site === site), unseen: [...waiting].map(([at, unseen]) => ({ site: at, unseen })), next: null });
  }
  if (path === '/passes/exports') return json({ items: office.exported, next: null });
  if (kind === 'retention') {
    if (asked.method === 'GET') return json(office.retention());
    const now = office.setRetention(id, body);
    return now ? json(now) : no(409, 'retention_changed');
  }
  if (path === '/users') return json({ items: office.users, next: null });
  if (path === '/about') return json(office.about);
  if (kind === 'visits') {
    if (path === '/visits') return posted ? json(visits.add(body)) : json({ items: visits.present(url.searchParams.get('site')), next: null });
    if (id === 'search') return json({ items: visits.all.filter((each) => each.site === body.site && (!body.text || each.visitor_name.includes(body.text))), next: null });
    if (id === 'print') return json({ items: visits.all, total: visits.all.length, site: body.site, day: body.day, printed_at: moment(Date.now()), printed_by: state.user });
    const now = visits.step(id, step, body, state.user);
    if (now) tell('visit', { site: now.site, visit_id: id, state: now.state, revision: now.revision, by: state.user });
    return now ? json(now) : no(409, 'visit_changed', 'Khách này đã có thay đổi.');
  }
  if (path === '/hosts/search') return json({ items: visits.found(body.text), next: null });
  if (kind === 'hosts') {
    if (!posted) return json({ items: visits.hosts.filter((each) => (url.searchParams.get('ended') === 'true') === (each.ended_at !== null)), next: null });
    const host = step === 'end' ? visits.hosts.find((each) => each.host_id === id) : { ...body, host_id: crypto.randomUUID(), entered_at: moment(Date.now()), entered_by: state.user, ended_at: null, ended_by: null };
    if (step === 'end') Object.assign(host, { ended_at: moment(Date.now()), ended_by: state.user });
    else visits.hosts.push(host);
    return json(host);
  }
  if (kind !== 'cameras' || verb === undefined) return undefined;
  if (state.nodeSilent) return no(504, 'node_silent', 'Thiết bị biên không trả lời trong 8 giây. Kiểm tra nguồn điện và đường truyền, rồi thử lại.');
  const captured = { 'x-chilang-captured-at': new Date().toISOString() };
  if (verb === 'still') return picture(devices.street.coarse, 'image/png', captured);
  if (verb === 'clear-still') return picture(devices.street.clear, 'image/png', captured);
  if (then === 'preview') return json(devices.preview(body));
  if (asked.method === 'GET') return json(devices.readLines());
  if (state.faults) return json({ error: { code: 'faults', message: 'Nội dung gửi có chỗ chưa đúng:', faults: state.faults } }, 422);
  const put = devices.putLines(body);
  return put ? json(put) : no(409, 'revision_changed');
}
