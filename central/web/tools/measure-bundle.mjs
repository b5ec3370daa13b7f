// What a first visit loads, in gzip: index.html's scripts and styles with everything they import at once, plus the largest
// screen, plus the charts. Fails above the budget, so that a careless import shows in the build and not at a desk on a thin line.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const BUDGET = 350 * 1024;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifest.json', dist), 'utf8'));

async function weight(files) {
  let sum = 0;
  for (const file of files) sum += gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;
  return sum;
}

function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const css of chunk.css ?? []) found.add(css);
  for (const next of chunk.imports ?? []) filesOf(next, found);
  return found;
}

const entry = filesOf('index.html');
const shell = (await weight(entry)) + (await weight(['index.html']));
console.log(`shell                 ${(shell / 1024).toFixed(1)} KB gzip`);
let largest = 0;
for (const key of Object.keys(manifest).filter((k) => manifest[k].isDynamicEntry)) {
  // What a screen loads later (the charts) comes after it is usable, and counts all the same.
  const files = new Set([key, ...(manifest[key].dynamicImports ?? [])].flatMap((part) => [...filesOf(part)]));
  const bytes = await weight([...files].filter((file) => !entry.has(file)));
  console.log(`${key.padEnd(48)} +${(bytes / 1024).toFixed(1)} KB gzip`);
  largest = Math.max(largest, bytes);
}
const first = shell + largest;
console.log(`first load, worst screen ${(first / 1024).toFixed(1)} KB gzip of ${BUDGET / 1024}`);
if (first > BUDGET) process.exit(1);
