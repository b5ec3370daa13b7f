// A stand-in for the centre, with drawn people and invented samples ("Mẫu 01"), so that screens can be looked at and played
// through in a browser without cameras. It judges as the centre does where a screen depends on it (revision, look, CSRF).
// Never part of the product: nothing here is built into dist/.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { drawnFace } from './drawn.mjs';
import { moment } from './moment.mjs';
import { more } from './stand-in-more.mjs';
import * as visitors from './samples-visitors.mjs';

const road = readFileSync(new URL('../../../docs/images/road.jpg', import.meta.url));
const hash = (n) => String(n).repeat(64).slice(0, 64);
const ROLES = { desk: 'Bàn trực an ninh', traffic_officer: 'Cán bộ thẩm định', traffic_leader: 'Lãnh đạo thẩm định', tourism: 'Cán bộ du lịch', operator: 'Kỹ thuật vận hành', registrar: 'Cán bộ đăng ký', administrator: 'Quản trị', auditor: 'Cán bộ kiểm tra nhật ký' };

export function standIn({ port, controllers = ['office'] }) {
  const streams = new Set();
  const decisions = new Map();
  const state = { user: 'mau-truc-01', pin: null, locked: false, handovers: [], expired: false, silent: false, gates: [], suspicions: [], counts: null, nodes: [], cameras: [], people: [], passes: [], audit: [], arrivals: [], seen: [], decisions };
  const all = () => state.gates.flatMap((g) => g.arrivals);
  const tell = (event, data) => { for (const s of streams) s.write(`event: ${event}\nid: life.${Date.now()}\ndata: ${JSON.stringify(data)}\n\n`); };

  const server = createServer(async (asked, answer) => {
    const url = new URL(asked.url, 'http://x');
    let text = '';
    for await (const piece of asked) text += piece;
    const body = text === '' ? {} : JSON.parse(text);
    const json = (value, status = 200) => {
      answer.writeHead(status, { 'content-type': 'application/json' });
      answer.end(JSON.stringify(value));
    };
    const no = (status, code, message = code) => json({ error: { code, message } }, status);
    const picture = (bytes, type, headers = {}) => { answer.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers }); answer.end(bytes); };
    const path = url.pathname.replace('/api/v1', '');
    state.seen.push({ method: asked.method, path, body, csrf: asked.headers['x-chilang-csrf'] ?? null });
    if (state.expired && path !== '/session') return no(401, 'session_ended', 'Phiên làm việc đã hết. Vui lòng đăng nhập lại.');
    if (asked.method !== 'GET' && path !== '/session' && asked.headers['x-chilang-csrf'] !== 'csrf') return no(403, 'csrf');
    const [, kind, id, verb, role] = path.split('/');
    const arrival = all().find((a) => a.id === id);
    const decided = (verdict) => {
      if (!arrival) return no(409, 'arrival_over', 'Người này đã rời cổng.');
      if (body.revision !== arrival.revision || (body.look ?? null) !== arrival.look) return no(409, 'arrival_changed', 'Tình hình tại cổng đã thay đổi từ khi được mở. Hãy xem lại.');
      const list = decisions.get(id) ?? [];
      list.push({ id: randomUUID(), verdict, reason: body.reason ?? null, note: body.note ?? null, by: state.user, at: moment(Date.now()) });
      decisions.set(id, list);
      arrival.revision += 1;
      if (verdict !== 'not_this_person') arrival.waits = false;
      setTimeout(() => { tell('access', { passage_id: id }); word(arrival, verdict); }, 50);
      return json({ decision: randomUUID(), command: 'sent', command_text: 'Đã gửi lệnh.' });
    };
    const word = (of, verdict) => tell('decision', { at: new Date().toISOString(), at_text: '', site: of.site, node: of.node, camera: of.camera, gate: of.gate, late: false, passage_id: of.id, decided: verdict, by: state.user });
    const session = () => ({ user: state.user, csrf: 'csrf', locked: state.locked, has_pin: state.pin !== null, must: null, second_factor: false, roles: controllers.flatMap((controller) => Object.entries(ROLES).map(([r, label]) => ({ controller, role: r, label })))  });
    if (path === '/session') {
      if (asked.method === 'DELETE') return answer.writeHead(204).end();
      if (asked.method === 'POST') state.expired = false;
      return json(session());
    }
    if (path === '/session/pin') { state.pin = body.pin; return answer.writeHead(204).end(); }
    if (path === '/session/lock') { state.locked = true; return answer.writeHead(204).end(); }
    if (path === '/session/unlock') {
      if (body.pin !== state.pin) return no(403, 'wrong_pin', 'PIN không đúng.');
      state.locked = false;
      return answer.writeHead(204).end();
    }
    if (path === '/session/hand-over') {
      state.handovers.unshift({ from: state.user, to: body.user, at: moment(Date.now()), waiting: 1, note: body.note });
      state.user = body.user;
      return json(session());
    }
    if (path === '/handovers') return json({ items: state.handovers, next: null });
    if (state.locked && !['/gates', '/live'].includes(path)) return no(423, 'screen_locked', 'Màn hình đang khoá: nhập PIN để mở.');
    if (path === '/live') {
      if (state.silent) return answer.destroy();
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      answer.write(`event: hello\nid: life.1\ndata: {}\n\n`);
      streams.add(answer);
      const alive = setInterval(() => answer.write('event: alive\ndata: {}\n\n'), 5_000);
      answer.on('close', () => { clearInterval(alive); streams.delete(answer); });
      return undefined;
    }
    more({ asked, url, path, body, state, json, no, picture, tell });
    if (answer.headersSent) return undefined;
    if (path === '/gates') return json({ items: state.gates, next: null });
    if (path === '/sites') return json({ items: [{ site: 'chi-lang-square' }, { site: 'office' }], next: null });
    if (path === '/gates/roll-call') {
      return json({ since: moment(Date.now() - 3e7), at: moment(Date.now()), caution: '', let_in_by_guards: 3, opened_by_hand: 1, counted_in: 41, counted_out: 12,
        people: ['Mẫu 02', 'Mẫu 01', 'Mẫu 03'].map((name, n) => ({ name, unit: 'Văn phòng', first: moment(Date.now() - 2e7 + n * 1e5), last: moment(Date.now() - 1e6), gate: 'main' })) });
    }
    if (path === '/arrivals/search') return json({ items: state.arrivals, next: null });
    if (kind === 'gates' && role === undefined && path.endsWith('/open')) return json({ decision: randomUUID(), command: 'sent', command_text: '' });
    if (kind === 'arrivals') {
      if (verb === 'admit') return decided('admit');
      if (verb === 'refuse') return decided('refuse');
      if (verb === 'not-this-person') return decided('not_this_person');
      const gate = state.gates.find((g) => g.arrivals.includes(arrival) || g.alerts.some((a) => a.arrival === id));
      if (verb === 'alert-seen') { if (gate) gate.alerts = []; return answer.writeHead(204).end(); }
      if (verb === 'verify' && arrival) {
        const verifying = { arrival: id, by: state.user, since: moment(Date.now()) };
        gate.verifying = [verifying];
        word(arrival, 'verifying');
        return json(verifying);
      }
      if (!arrival) return no(404, 'not_found', 'Không tìm thấy.');
      if (verb === 'look') return picture(drawnFace(arrival.look.charCodeAt(0), true), 'image/png', { 'x-chilang-look': arrival.look });
      if (verb === 'enrolled-picture') return arrival.named ? picture(drawnFace(arrival.look?.charCodeAt(0) ?? 1, false), 'image/png') : no(404, 'not_found');
      const person = arrival.named ? { list: 'enrolled', name: 'Mẫu 04', unit: 'Văn phòng Ủy ban' } : null;
      return json({ ...arrival, caution: 'Gợi ý của hệ thống – bảo vệ xác minh và quyết định.', person, decisions: decisions.get(id) ?? [], acts: [] });
    }
    if (path === '/counts') return json(state.counts?.(url.searchParams) ?? { site: url.searchParams.get('site'), step: 'hour', lines: [], method: '' });
    if (kind === 'visitors' && asked.method === 'GET') {
      const of = { places: () => visitors.places, holidays: () => visitors.holidays, now: () => visitors.now(url.searchParams.get('site')), figures: () => visitors.figures(url.searchParams), report: () => visitors.report(url.searchParams), entries: visitors.entries }[id];
      return of ? json(of()) : no(404, 'not_found');
    }
    if (kind === 'visitors') return id === 'export' ? picture('PK', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', { 'content-disposition': 'attachment; filename="luot-khach-2026-10-da-chot.xlsx"' }) : json({ version: 3, id: 'x' });
    if (path === '/nodes') return json({ items: state.nodes, next: null });
    if (path === '/cameras') return json({ items: state.cameras, next: null });
    if (path === '/passes/search') return json({ items: state.passes, next: null });
    if (kind === 'passes') return verb === 'evidence' ? picture(road, 'image/jpeg') : json({ ...state.passes.find((p) => p.passage_id === id), body: state.passBody, evidence: ['frame', 'plate_crop'].map((r, n) => ({ role: r, sha256: hash(n), bytes: 1000, state: 'stored', captured_at: moment(Date.now()) })) });
    if (kind === 'people' && asked.method === 'GET') return verb === 'certificate' ? json({ document: '{"deleted":true}', signature: 'ed25519;k;s' }) : json({ items: state.people, next: null });
    if (kind === 'watch') return asked.method === 'GET' ? json({ items: state.watch ?? [], next: null }) : json({ id, person: id, pictures: [], galleries: [] });
    if (kind === 'audit') return json({ items: state.audit, next: null, chain_faults: [] });
    if (path === '/suspicions') return json({ items: state.suspicions.filter((s) => s.state === (url.searchParams.get('state') ?? 'pending_review')), next: null, waiting: { suspicions: state.suspicions.filter((s) => s.state === 'pending_review').length, newest: moment(Date.now()) } });
    if (path === '/suspicions/reject-many') {
      for (const s of state.suspicions) if (body.ids.includes(s.id)) s.state = 'rejected';
      return json({ rejected: body.ids, refused: [] });
    }
    if (path === '/suspicions/take-next') {
      const free = state.suspicions.find((s) => s.state === 'pending_review' && !s.lease && !s.assigned && !body.skip.includes(s.id));
      return json({ id: free?.id ?? null });
    }
    if (path === '/suspicions/overview') return json(state.overview);
    if (kind === 'suspicions') {
      const suspicion = state.suspicions.find((s) => s.id === id);
      if (!suspicion) return no(404, 'not_found', 'Không tìm thấy.');
      if (verb === 'evidence') return picture(road, 'image/jpeg');
      if (verb === 'take') return suspicion.lease ? no(409, 'held_by_other', `Cán bộ ${suspicion.lease.by} đang xử lý hồ sơ này (đến 23/11/2026 08:18:00).`) : json(suspicion);
      if (verb === 'release') return json({ released: true });
      if (verb === 'assign') { suspicion.assigned = body.officer ? { to: body.officer, by: 'mau-doi-truong', at: moment(Date.now()), mine: false } : null; return json(suspicion); }
      if (verb === 'notice') { suspicion.notice_sent_at = moment(Date.parse(body.sent_at)); return json(suspicion); }
      if (verb === 'confirm' || verb === 'reject') {
        if (suspicion.state !== 'pending_review') return no(409, 'already_decided', 'Hồ sơ đã có quyết định.');
        suspicion.state = verb === 'confirm' ? 'confirmed' : 'rejected';
        suspicion.revision += 1;
        suspicion.decision = { by: 'mau-can-bo-01', at: moment(Date.now()), reason: body.reason ?? null, reason_text: null, note: body.note ?? null, checked: [] };
        return json(suspicion);
      }
      return json({ ...suspicion, vehicle_passage: randomUUID(), body: state.passBody ?? {}, allowed: state.allowed ?? [], rejection_reasons: state.reasons, law: state.law, checklist: state.checklist,
        evidence: ['after', 'before'].map((r, n) => ({ role: r, sha256: hash(n + 2), bytes: 1000, state: 'stored', captured_at: moment(Date.parse(suspicion.occurred_at.utc) + n * 400) })) });
    }
    return no(404, 'not_found', 'Không tìm thấy.');
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({ state, tell, cut: () => { for (const s of streams) s.destroy(); }, close: () => server.close() })));
}
