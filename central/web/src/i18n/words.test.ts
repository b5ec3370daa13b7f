import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pairs, words } from './words';
import { admin } from './words/admin';
import { audit } from './words/audit';
import { desk } from './words/desk';
import { devices } from './words/devices';
import { exports } from './words/exports';
import { people } from './words/people';
import { still } from './words/still';
import { suspicions } from './words/suspicions';
import { vehicle } from './words/vehicle';
import { vehicles } from './words/vehicles';
import { visitors } from './words/visitors';
import { visits } from './words/visits';

// With those that come with their screen.
const all = pairs({ ...words, admin, audit, desk, devices, exports, people, still, suspicions, vehicle, vehicles, visitors, visits });
const keys = new Set(all.map(([key]) => key));

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('i18n') && !file.includes('.test.'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
}

it('has every sentence in both languages, with the same values in it', () => {
  const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
  for (const [key, [vi, en]] of all) {
    expect(vi.trim() !== '' && en.trim() !== '', key).toBe(true);
    expect(values(en), key).toEqual(values(vi));
    expect(vi.includes('!') || en.includes('!'), `${key}: no exclamation marks`).toBe(false);
    expect(vi.normalize('NFC'), `${key}: composed letters`).toBe(vi);
  }
});

it('has no sentence that nothing shows, and every one that is asked for', () => {
  const text = sources('src').join('\n');
  const whole = new Set([...text.matchAll(/'((?:\w+\.)+\w+)'/g)].map((m) => m[1] ?? ''));
  // `desk.refusal.${reason}` and 'desk.refusal.' stand for everything below.
  const below = [...text.matchAll(/[`']((?:\w+\.)+\w*?)(?:\$\{|')/g)].map((m) => m[1] ?? '').filter((p) => p.split('.').length > 2 || p === 'errors.');
  const parts = below.filter((part) => !keys.has(part));
  const unused = [...keys].filter((key) => !whole.has(key) && !parts.some((part) => key.startsWith(part)));
  expect(unused).toEqual([]);
  const tops = new Set([...keys].map((key) => key.split('.')[0]));
  const missing = [...whole].filter((key) => tops.has(key.split('.')[0]) && !keys.has(key));
  expect(missing).toEqual([]);
});

it('says nothing to users but through these sentences', () => {
  // A Vietnamese letter in a source that is no sentence list is a sentence in the wrong place.
  const found = sources('src').flatMap((text) => text.split('\n'))
    .filter((line) => !/^\s*(\/\/|\*|\/\*\*)/.test(line) && /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i.test(line.replace(/\/\/.*$/, '')));
  expect(found.filter((line) => !line.includes("'Tiếng Việt'") && !line.includes('[đĐ]') && !line.includes('/Đ/g'))).toEqual([]);
});
