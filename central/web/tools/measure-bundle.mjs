// What a first visit loads, in gzip: the page with its scripts and styles, and the heaviest screen with everything it loads by
// itself, however many steps that takes. Fails above the budget, so that a careless import shows in the build and not at a
// desk on a thin line.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const BUDGET = 350 * 1024;
/** Loaded when somebody opens it, never with the screen. Whatever is not named here counts. */
const BY_HAND = ['EntryDialog', 'ReportView', 'Setup', 'ImportDialog', 'Webcam'];
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifest.json', dist), 'utf8'));
const nameOf = (key) => manifest[key].name ?? key;
const gone = BY_HAND.filter((name) => !Object.keys(manifest).some((key) => nameOf(key) === name));
if (gone.length > 0) throw new Error(`no such parts: ${gone.join(', ')}`);

async function weight(files) {
  let sum = 0;
  for (const file of files) sum += gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;
  return sum;
}

/** The files of a part with all it imports; with `byItself` also what is loaded after it without anybody's doing. */
function filesOf(key, byItself, found = new Set(), seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return found;
  seen.add(key);
  found.add(chunk.file);
  for (const css of chunk.css ?? []) found.add(css);
  for (const next of chunk.imports ?? []) if (next !== 'index.html') filesOf(next, byItself, found, seen);
  if (byItself) for (const next of chunk.dynamicImports ?? []) if (!BY_HAND.includes(nameOf(next))) filesOf(next, byItself, found, seen);
  return found;
}

const entry = filesOf('index.html', false);
const shell = (await weight(entry)) + (await weight(['index.html']));
console.log(`shell                    ${(shell / 1024).toFixed(1)} KB gzip`);
let largest = 0;
for (const key of manifest['index.html'].dynamicImports) {
  const bytes = await weight([...filesOf(key, true)].filter((file) => !entry.has(file)));
  console.log(`${nameOf(key).padEnd(24)} +${(bytes / 1024).toFixed(1)} KB gzip`);
  largest = Math.max(largest, bytes);
}
const first = shell + largest;
console.log(`first load, worst screen ${(first / 1024).toFixed(1)} KB gzip of ${BUDGET / 1024}`);
if (first > BUDGET) process.exit(1);
