// Measures, and judges nothing: from the address to a page one can work with, on a running centre. Usable is when the screen stands
// and nothing of it is loading any more, the last time that came to be so within SETTLED. Prints one JSON line a screen: milliseconds
// with nothing in the browser's cache, and with everything.
//   CHILANG_PASSWORD=... node tools/pages.mjs http://127.0.0.1:8480 baove /desk [/visitors ...]
import { openBrowser } from './browser.mjs';

const TIMES = 5;
const SETTLED = 4_000;
const [base, user, ...paths] = process.argv.slice(2);
const password = process.env.CHILANG_PASSWORD;
if (!base || !user || paths.length === 0 || !password) {
  console.error('usage: CHILANG_PASSWORD=... node tools/pages.mjs ADDRESS USER PATH [PATH ...]');
  process.exit(2);
}

/** Runs in the page: notes each moment at which it turned usable. */
function watch() {
  window.usable = [];
  let was = false;
  const look = () => {
    const is = Boolean(document.querySelector('.bar') && document.querySelector('.desk, .review, .page') && !document.querySelector('.state-loading'));
    if (is && !was) window.usable.push(performance.now());
    was = is;
    requestAnimationFrame(look);
  };
  look();
}

const browser = await openBrowser();
const page = await browser.newPage();
await page.signIn(base, user, password);
await page.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watch})()` });
await page.send('Network.enable');
const rounded = (all) => all.sort((a, b) => a - b).map(Math.round);
for (const path of paths) {
  const line = { path, times: TIMES };
  for (const cache of ['cold', 'warm']) {
    await page.send('Network.setCacheDisabled', { cacheDisabled: cache === 'cold' });
    const seen = [];
    for (let n = 0; n < TIMES; n += 1) {
      await page.go('about:blank');
      await page.go(base + path);
      await new Promise((wake) => setTimeout(wake, SETTLED));
      const moments = await page.evaluate('window.usable');
      if (moments.length === 0) throw new Error(`${path} was not usable after ${SETTLED} ms: ${await page.evaluate('document.body.innerText')}`);
      seen.push(moments.at(-1));
    }
    const sorted = rounded(seen);
    line[`${cache}_ms`] = { median: sorted[Math.floor(TIMES / 2)], most: sorted[TIMES - 1] };
  }
  console.log(JSON.stringify(line));
}
await browser.close();
