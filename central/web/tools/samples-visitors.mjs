// Sample answers of the tourism office's routes for the stand-in centre: one place with two lines and a gap, one without cameras,
// one frozen month with a supplement. The figures are made up.
import { moment } from './moment.mjs';

const figure = (part = {}) => ({
  in: 1250, out: 1190, method: 'automatic', coverage: 0.973, days: 1, days_by_hand: 0, days_missing: 0, lacks: true, machine: null, supplement: null, ...part,
});
const unknown = figure({ in: null, out: null, method: null, coverage: 0, days_missing: 1 });
const toCome = figure({ in: null, out: null, method: null, coverage: null, days: 0, lacks: false });
const byHand = figure({ in: 1400, out: 1320, method: 'by_hand', coverage: null, days_by_hand: 1, lacks: false, machine: { in: 1100, out: 1020 } });
const GATE = 'node-1/square-1/axis';

export const places = {
  items: [
    {
      site: 'chi-lang', title: 'Quảng trường mẫu', version: 1, capacity: 800, needs_model: false,
      gates: [
        { gate: GATE, title: 'Cổng chính', version: 1, by_camera: true, adds_up: true },
        { gate: 'node-1/square-2/axis', title: 'Sân trong', version: 1, by_camera: true, adds_up: false },
      ],
    },
    { site: 'chua-mau', title: 'Chùa mẫu', version: 1, capacity: null, needs_model: false, gates: [{ gate: 'ca-dia-diem', title: 'Cả địa điểm', version: 1, by_camera: false, adds_up: true }] },
  ],
  next: null,
};

export const holidays = { items: [{ id: '00000000-0000-0000-0000-000000000001', version: 1, name: 'Hội mẫu', first_day: '2026-11-20', last_day: '2026-11-23' }], next: null };

export function now(site) {
  return {
    site, title: 'Quảng trường mẫu', at: moment(1_795_400_000_000), today: figure(), month: figure({ in: 28_430, out: 27_900, days: 23, days_missing: 2 }),
    year: figure({ in: 341_200, out: 338_050, method: 'both', days: 327, days_by_hand: 31, supplement: { in: 120, out: 96 } }),
    last_year: figure({ in: 402_000, out: null, method: 'by_hand', coverage: null, days: 365, days_by_hand: 365, lacks: false }),
    inside: { count: 731, drift: 0, fullness: 'nearly_full', per_cent: 91, lacks: true }, capacity: 800, needs_model: false,
  };
}

export function figures(search) {
  const kind = search.get('kind');
  const at = search.get('at') ?? '2026-11-20';
  const count = { day: 1, week: 7, month: 30, year: 12, holiday: 4 }[kind];
  const steps = Array.from({ length: count }, (_, n) => (kind === 'year' ? `${at.slice(0, 4)}-${String(n + 1).padStart(2, '0')}` : `${at.slice(0, 8)}${kind === 'day' ? at.slice(8) : String(n + 1).padStart(2, '0')}`));
  const some = steps.map((_, n) => (n === 2 ? unknown : n === 4 ? byHand : n > count * 0.8 && count > 4 ? toCome : figure({ in: 900 + ((n * 137) % 600), lacks: n % 5 === 3 })));
  const sum = figure({ in: 28_430, out: 27_900, method: 'both', days: count, days_by_hand: 1, days_missing: 1, supplement: kind === 'month' || kind === 'year' ? { in: 120, out: 96 } : null });
  const gates = places.items[0].gates.map(({ version, ...gate }) => ({ ...gate, version: 0, sum, steps: some.map((each) => ({ version: 0, figure: each })) }));
  return {
    site: search.get('site'), title: 'Quảng trường mẫu', kind, first_day: kind === 'year' ? `${steps[0]}-01` : steps[0], last_day: kind === 'year' ? `${steps.at(-1)}-31` : steps.at(-1),
    holiday: kind === 'holiday' ? 'Hội mẫu' : null, steps, total: { sum, steps: some }, gates,
    before: { first_day: '2025-11-01', last_day: '2025-11-30', total: figure({ in: 25_100, out: 24_800, lacks: false, coverage: 1 }) },
    frozen: kind === 'year' ? [{ ...frozen, at: moment(1_795_400_000_000) }] : [], capacity: 800, over: false, definitions: '',
  };
}

const frozen = { month: '2026-10', sha256: 'ab'.repeat(32), signed_name: 'Mẫu 01', signed_title: 'Trưởng phòng mẫu', by: 'mau-du-lich-01' };

export function report(search) {
  const month = search.get('month');
  const is = month === '2026-10' || search.get('frozen') !== null;
  const place = (site, title, total) => ({ site, title, capacity: 800, total, so_far: figure({ in: 341_200 }), year_before: figure({ in: 25_100, lacks: false }), gates: [] });
  return {
    month, over: true, frozen: is ? { ...frozen, month, at: moment(1_795_400_000_000) } : null, sha256: 'ab'.repeat(32),
    places: [place('chi-lang', 'Quảng trường mẫu', figure({ in: 28_430, days: 31 })), place('chua-mau', 'Chùa mẫu', figure({ in: 12_000, out: null, method: 'by_hand', coverage: null, days: 31, days_by_hand: 31, lacks: false }))],
    supplement: is ? [{ place: 'Quảng trường mẫu', gate: 'Cổng chính', day: `${month}-16`, in: 120, out: 96 }] : [], definitions: '',
  };
}

export const entries = () => ({
  items: [
    { gate: GATE, title: 'Cổng chính', period: '2026-11-05', version: 2, in: 1400, out: 1320, reason: 'Đối chiếu vé bán ra', by: 'mau-du-lich-01', at: moment(1_795_400_000_000), machine: { in: 1100, out: 1020 } },
    { gate: GATE, title: 'Cổng chính', period: '2026-11-05', version: 1, in: 1500, out: 1320, reason: 'Đếm tay', by: 'mau-du-lich-01', at: moment(1_795_300_000_000), machine: { in: 1100, out: 1020 } },
  ],
  next: null,
});
