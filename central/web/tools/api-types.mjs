// Writes src/api/schema.ts out of the committed OpenAPI document; with --check it only says whether the file is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

const document = new URL('../../../docs/openapi.json', import.meta.url);
const target = fileURLToPath(new URL('../src/api/schema.ts', import.meta.url));

export async function generate() {
  const head = '// Generated from docs/openapi.json by `npm run api-types`; not to be edited.\n\n';
  return head + astToString(await openapi(document, { alphabetize: true }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fresh = await generate();
  if (process.argv.includes('--check')) {
    if ((await readFile(target, 'utf8')) !== fresh) {
      console.error('src/api/schema.ts is not what docs/openapi.json gives: run `npm run api-types`');
      process.exit(1);
    }
  } else {
    await writeFile(target, fresh);
  }
}
