// Measures, and judges nothing: what an hour of a busy live feed does to a page. A thousand events a minute, people who come,
// change and leave at two gates, alerts, words of other guards. Prints one JSON line a minute: heap after a collection, DOM nodes,
// tasks longer than 50 ms, the longest of them, and the longest gap between two frames.
//   node tools/feed.mjs [MINUTES] [EVENTS A MINUTE]
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';
import * as samples from './samples.mjs';
import { moment } from './moment.mjs';
import { standIn } from './stand-in.mjs';

const [minutes, rate] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 1000)];
const API = 18_450;
const PAGES = API + 20;
const api = await standIn({ port: API });
const pages = spawn(process.execPath, [fileURLToPath(new URL('serve.mjs', import.meta.url)), String(PAGES), `http://127.0.0.1:${API}`]);
await new Promise((ready) => pages.stdout.once('data', ready));
const browser = await openBrowser();
const page = await browser.newPage();
const people = [];
let told = 0;

/** One event: somebody comes, changes, is decided on by another guard, or leaves. Some ten people stand there at any time. */
function happen() {
  told += 1;
  if (told % 20 === 1) people.push(samples.arrival(0, { gate: told % 40 === 1 ? 'main' : 'side', look: String(told % 10).repeat(64) }));
  if (people.length > 10) people.shift();
  const one = people[told % people.length];
  one.revision += 1;
  one.last_seen = moment(Date.now());
  api.state.gates = samples.gates(people);
  if (told % 200 === 0) api.state.gates[0].alerts = [{ arrival: one.id, at: moment(Date.now()), tailgaters: told / 200, unknown_acts: 0 }];
  if (told % 25 === 0) {
    api.tell('decision', { at: new Date().toISOString(), at_text: '', site: one.site, node: one.node, camera: one.camera, gate: one.gate, late: false, passage_id: one.id, decided: 'admit', by: 'mau-truc-02' });
  } else api.tell(told % 3 === 0 ? 'count' : 'access', { passage_id: one.id });
}

happen();
await page.signIn(`http://127.0.0.1:${PAGES}/desk`, 'mau-truc-01', 'x');
await page.until('document.querySelector(".queue .row")');
await page.evaluate(`
  window.seen = { tasks: 0, longest: 0, gap: 0 };
  new PerformanceObserver((list) => { for (const task of list.getEntries()) { seen.tasks += 1; seen.longest = Math.max(seen.longest, task.duration); } }).observe({ type: 'longtask' });
  let last = performance.now();
  const frame = (now) => { seen.gap = Math.max(seen.gap, now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`);
const began = Date.now();
const beat = setInterval(() => {
  const due = ((Date.now() - began) / 60_000) * rate;
  while (told < due) happen();
}, 20);
await page.send('HeapProfiler.enable');
for (let minute = 1; minute <= minutes; minute += 1) {
  await new Promise((wake) => setTimeout(wake, began + minute * 60_000 - Date.now()));
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await page.send('Memory.getDOMCounters');
  const seen = await page.evaluate('JSON.stringify(seen)').then(JSON.parse);
  await page.evaluate('Object.assign(seen, { tasks: 0, longest: 0, gap: 0 })');
  console.log(JSON.stringify({
    minute, events: told, heap_kib: Math.round(usedSize / 1024), nodes, listeners: jsEventListeners,
    long_tasks: seen.tasks, longest_ms: Math.round(seen.longest), longest_gap_ms: Math.round(seen.gap), complaints: page.complaints.length,
  }));
}
clearInterval(beat);
await browser.close();
pages.kill();
api.close();
process.exit(0);
