// What the stand-in shows: a morning at one building and one road.
import { moment } from './moment.mjs';

let number = 0;
export const uuid = () => `01a2062f-699a-7000-8000-${String((number += 1)).padStart(12, '0')}`;

export function arrival(secondsAgo, more = {}) {
  const at = Date.now() - secondsAgo * 1000;
  return {
    id: uuid(), revision: 2, state: 'update', end: null, site: 'office', node: 'node-1', camera: 'gate-1', gate: 'main', subject: 'person',
    first_seen: moment(at), last_seen: moment(Date.now()), verdict: 'verify', reasons: ['no_match'], reasons_text: ['không có trong danh sách của cổng này'],
    sureness: 'unlike', liveness: 'live', named: false, look: 'a'.repeat(64), waits: true, tailgaters: 0, alarm: false, replayed: false, ...more,
  };
}

export function gates(arrivals) {
  const gate = (name, title, more = {}) => ({
    site: 'office', node: 'node-1', gate: name, title, camera: `gate-${name}`, has_door: true, face_alone: true, node_online: true, verifying: [], alerts: [], camera_now: null,
    arrivals: arrivals.filter((a) => a.gate === name), ...more,
  });
  return [gate('main', 'Cổng chính'), gate('side', 'Cổng phụ phía Bắc')];
}

export const REASONS = [
  ['plate_unreadable', 'Mờ, không đọc được biển số'], ['priority_vehicle', 'Xe ưu tiên'], ['directed_by_police', 'Theo hiệu lệnh của cảnh sát giao thông'],
  ['signal_fault', 'Tín hiệu đèn lỗi'], ['temporary_arrangement', 'Sai làn do tổ chức giao thông tạm thời'], ['duplicate', 'Trùng lặp'],
  ['not_enough_evidence', 'Không đủ chứng cứ'], ['wrong_recognition', 'Nhận dạng sai'], ['military_or_foreign', 'Biển quân đội hoặc nước ngoài'], ['outside_time', 'Ngoài phạm vi thời gian'],
].map(([reason, text]) => ({ reason, text }));

export function suspicion(n, daysLeft) {
  const at = Date.now() - (10 - daysLeft) * 86_400_000 - n * 60_000;
  const plate = n % 4 === 3 ? null : `12A-12${n % 10}.4${n % 10}`;
  return {
    id: uuid(), number: `2026-${String(n + 1).padStart(6, '0')}`, revision: 1, state: 'pending_review', state_text: 'Chờ thẩm định',
    caution: 'Gợi ý của hệ thống – cần cán bộ xác minh. Chưa phải kết luận vi phạm.', site: 'chi-lang-square', node: 'node-1', camera: n % 3 ? 'road-1' : 'road-2',
    violation: 'C-WRONGWAY', rule: 'wrong-way v1', class: 'car', plate, occurred_at: moment(at), recorded_at: moment(at + 2000),
    deadlines: [
      { kind: 'notice', due_at: moment(at + 864e6), days_left: daysLeft, urgency: daysLeft <= 0 ? 'over' : daysLeft <= 3 ? 'soon' : 'calm', text: daysLeft > 0 ? `Còn ${daysLeft} ngày để gửi thông báo (hạn 10 ngày).` : 'Quá hạn 10 ngày gửi thông báo.' },
      { kind: 'limitation', due_at: moment(at + 31_536e6), days_left: 355 + daysLeft, urgency: 'calm', text: `Còn ${355 + daysLeft} ngày hết thời hiệu.` },
    ],
    notice_sent_at: null, retracted_at: null, decision: null, lease: null, assigned: null,
  };
}

/** The rule and the checklist of C-WRONGWAY, as the committed files have them. */
export const LAW = {
  code: 'C-WRONGWAY', legal_ref: '168/2024 Đ6 k9 d', behaviour_vi: 'Đi ngược chiều đường một chiều / đường có biển Cấm đi ngược chiều', behaviour_en: 'Wrong way', statute: null,
  fine_min: 18_000_000, fine_max: 20_000_000, points: 4, note: null, valid_from: moment(Date.parse('2024-12-31T17:00:00Z')), valid_to: null,
};
export const CHECKLIST = [
  { item: 'plate', text_vi: 'Biển số trên ảnh đúng như kết quả đọc', text_en: 'The plate in the picture is as read' },
  { item: 'priority', text_vi: 'Không phải xe ưu tiên đang làm nhiệm vụ', text_en: 'No priority vehicle on duty' },
  { item: 'directive', text_vi: 'Không có hiệu lệnh của cảnh sát giao thông', text_en: 'Not directed by traffic police' },
  { item: 'arrangement', text_vi: 'Không có tổ chức giao thông tạm thời, biển báo và vạch còn hiệu lực', text_en: 'No temporary arrangement; signs and markings in force' },
];

export function overview(suspicions) {
  const expiring = suspicions.filter((s) => s.deadlines[0].days_left <= 3);
  return {
    expiring, expiring_count: expiring.length, waiting: suspicions.length, counted_since: moment(Date.now() - 30 * 86_400_000),
    officers: ['mau-can-bo-01', 'mau-can-bo-02', 'mau-doi-truong'].map((name, n) => ({ name, assigned: 4 - n, expiring: n, on_screen: n === 0 ? 1 : 0, confirmed_today: 31 - 9 * n, rejected_today: 12 - 3 * n })),
    cameras: [
      { site: 'chi-lang-square', node: 'node-1', camera: 'road-1', rule: 'wrong-way', violation: 'C-WRONGWAY', decided: 212, rejected: 31, share: 31 / 212, few: false },
      { site: 'chi-lang-square', node: 'node-1', camera: 'road-2', rule: 'wrong-way', violation: 'M-WRONGWAY', decided: 7, rejected: 5, share: 5 / 7, few: true },
    ],
  };
}

/** Hours of a day up to now, with a lost hour and a half-watched one. */
export function counts(search) {
  const [from, to] = [Date.parse(search.get('from')), Date.parse(search.get('to'))];
  const step = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[search.get('step')];
  const buckets = (scale) => {
    const list = [];
    for (let at = from; at < to; at += step) {
      const hour = new Date(at + 7 * 3_600_000).getUTCHours();
      const lost = hour === 9 || at > Date.now();
      const half = hour === 13;
      const busy = Math.max(0, Math.round(scale * Math.sin(((hour - 5) / 15) * Math.PI)));
      list.push(lost
        ? { start: moment(at), in: null, out: null, doubtful: null, coverage: 0, note: 'Thiếu dữ liệu.' }
        : { start: moment(at), in: busy, out: Math.round(busy * 0.8), doubtful: busy % 7, coverage: half ? 0.62 : 1, note: half ? 'Thiếu dữ liệu một phần: camera hoạt động 62 % thời gian.' : null });
    }
    return list;
  };
  return {
    site: search.get('site'), step: search.get('step'),
    method: 'Lượt qua vạch đếm, do hệ thống đếm tự động; một người qua lại nhiều lần được tính nhiều lượt.',
    lines: [
      { node: 'node-1', camera: 'square-1', line: 'cong-dong', class: 'person', buckets: buckets(1240) },
      { node: 'node-1', camera: 'square-2', line: 'cong-tay', class: 'person', buckets: buckets(410) },
    ],
  };
}

export const passes = () => [['chi-lang-square', 30], ['office', 26], ['chi-lang-square', 2]].map(([site, hours], n) => ({
  passage_id: uuid(), revision: 2, state: 'final', end: 'left', site, node: 'node-1', camera: `road-${n + 1}`, class: 'car', first_seen: moment(Date.now() - hours * 3_600_000), last_seen: moment(Date.now() - hours * 3_600_000 + 4000),
  plate: { text: '12A-122.45', key: '12A12245', confidence: 0.93, colour: 'white' }, unreadable: false, correction: null,
}));
