// Serves dist/ the way `central` is to: under its content policy, long caching for hashed assets, every screen's address giving
// the page; and passes /api on to a running centre. For looking at the console and for the browser tests, never for a desk.
// node tools/serve.mjs [port] [centre]
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const [port = '8090', centre = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };
// The very text of central/src/api/frame.rs, and a place where the browser says what it blocked.
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
  + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /blocked";

createServer((asked, answer) => {
  const path = new URL(asked.url ?? '/', 'http://x').pathname;
  if (path === '/blocked') {
    asked.on('data', (piece) => console.log('BLOCKED', String(piece)));
    asked.on('end', () => answer.writeHead(204).end());
    return;
  }
  if (path.startsWith('/api/')) {
    const on = request(centre + asked.url, { method: asked.method, headers: asked.headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
      // A stream that breaks off must break off here too, or the page would take the silence for a slow line.
      came.on('close', () => answer.destroy());
    });
    on.on('error', () => answer.writeHead(502).end('bad gateway'));
    answer.on('close', () => on.destroy());
    asked.pipe(on);
    return;
  }
  const wanted = join(dist, normalize(path));
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, 'index.html');
  answer.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  createReadStream(file).pipe(answer);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port} → ${centre}`));
