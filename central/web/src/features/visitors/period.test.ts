import { expect, it } from 'vitest';
import { monthAfter, monthFrom, monthText, periodText, step, stepText } from './period';

it('reads months as they are written here, and no others', () => {
  expect([monthFrom('10/2026'), monthFrom(' 3.2025 '), monthFrom('13/2026'), monthFrom('2026-10'), monthFrom('')]).toEqual(['2026-10', '2025-03', null, null, null]);
  expect(monthText('2026-10')).toBe('10/2026');
});

it('steps by periods and stays in the month it went to', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-03', -12)]).toEqual(['2027-01', '2025-12', '2025-03']);
  expect([step('day', '2026-03-01', -1), step('week', '2026-03-01', 1)]).toEqual(['2026-02-28', '2026-03-08']);
  expect([step('month', '2026-03-31', -1), step('year', '2024-02-29', 1)]).toEqual(['2026-02-28', '2025-02-28']);
});

it('writes days and months the Vietnamese way', () => {
  expect([stepText('2026-11-16'), stepText('2026-11'), periodText('2026-11-16'), periodText('2025-10')]).toEqual(['16/11', '11/2026', '16/11/2026', '10/2025']);
});
