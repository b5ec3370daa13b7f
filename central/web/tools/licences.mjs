// What is installed may be used: every package carries one of these licences. A new one is a decision, not an accident.
import { readdirSync, readFileSync } from 'node:fs';

const ALLOWED = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', '(MIT OR CC0-1.0)']);
/** argparse, behind the linter: the licence of Python itself, permissive. axe, run on our pages in tests and changed by nobody: file-level
 * copyleft. Nothing of either is in what we ship. */
const TOOLS_ONLY = new Set(['argparse Python-2.0', 'axe-core MPL-2.0']);
const modules = new URL('../node_modules/', import.meta.url);

function* packages(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const inside = new URL(`${entry.name}/`, folder);
    if (entry.name.startsWith('@')) yield* packages(inside);
    else {
      yield inside;
      const nested = readdirSync(inside).includes('node_modules') ? new URL('node_modules/', inside) : null;
      if (nested) yield* packages(nested);
    }
  }
}

let faults = 0;
for (const folder of packages(modules)) {
  let about;
  try {
    about = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  } catch {
    continue;
  }
  const licence = typeof about.license === 'string' ? about.license : about.license?.type ?? about.licenses?.[0]?.type;
  if (!about.name || ALLOWED.has(licence) || TOOLS_ONLY.has(`${about.name} ${licence}`)) continue;
  faults += 1;
  console.error(`${about.name} ${about.version}: licence ${licence ?? 'not named'}`);
}
process.exit(faults === 0 ? 0 : 1);
