import { describe, expect, it } from 'vitest';
import { numberText, shareText } from './number';
import { byGivenName, fold, matches } from './search';
import { clockText, dayAfter, dayFrom, dayOf, dayText, momentOf, momentText, spanText, windowOf } from './time';

describe('search without accents', () => {
  it('takes đ as d and both places of the tone', () => {
    expect(fold('Đồng Đăng')).toBe('dong dang');
    expect(fold('hoà')).toBe(fold('hòa'));
    expect(matches('Cổng Chi Lăng – Hoà Bình', 'hòa chi lang')).toBe(true);
    expect(matches('Cổng Chi Lăng', 'tan thanh')).toBe(false);
    expect(matches('Cổng', '')).toBe(true);
  });

  it('sorts names by the given name', () => {
    expect(['Mẫu Văn Đức', 'Mẫu Thị An', 'Mẫu Văn Bình'].sort(byGivenName)).toEqual(['Mẫu Thị An', 'Mẫu Văn Bình', 'Mẫu Văn Đức']);
  });
});

describe('time in Vietnam', () => {
  it('is written dd/mm/yyyy HH:MM wherever the browser stands', () => {
    expect(momentText('2026-11-22T17:00:00Z')).toBe('23/11/2026 00:00');
    expect(clockText('2026-11-23T01:15:07Z')).toBe('08:15:07');
    expect(momentText('never')).toBe('');
  });

  it('has days of 24 hours that begin at 17:00 UTC', () => {
    expect(dayOf(Date.parse('2026-11-22T16:59:59Z'))).toBe('2026-11-22');
    expect(dayOf(Date.parse('2026-11-22T17:00:00Z'))).toBe('2026-11-23');
    expect(windowOf('2026-11-23')).toEqual({ from: '2026-11-22T17:00:00.000Z', to: '2026-11-23T17:00:00.000Z' });
    expect(windowOf('23/11/2026')).toBeNull();
    expect(dayText('2026-11-23')).toBe('23/11/2026');
  });

  it('reads days as they are written here, and no others', () => {
    expect([dayFrom('3/2/2026'), dayFrom('03.02.2026'), dayFrom('31/02/2026'), dayFrom('2026-02-03'), dayFrom('')]).toEqual(['2026-02-03', '2026-02-03', null, null, null]);
    expect([dayAfter('2026-02-28', 1), dayAfter('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31']);
  });

  it('reads a day and a time as a moment in Vietnam', () => {
    expect([momentOf('2026-11-23', '8:15'), momentOf('2026-11-23', '00h05'), momentOf('2026-11-23', '24:00'), momentOf('x', '08:15')])
      .toEqual(['2026-11-23T01:15:00.000Z', '2026-11-22T17:05:00.000Z', null, null]);
  });

  it('counts waiting and never below zero', () => {
    expect([spanText(-5000), spanText(30_000), spanText(61_500), spanText(3_661_000)]).toEqual(['0:00', '0:30', '1:01', '1:01:01']);
  });
});

it('writes numbers with dots and never rounds a share up to all', () => {
  expect(numberText(1234567)).toBe('1.234.567');
  expect(shareText(0.9997)).toBe('99,9 %');
  expect(shareText(1)).toBe('100 %');
});
