// Drives Debian's Chromium over its debugging pipe: no package, no port. For looking at the console and for pictures of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long something may take to show; more on a machine that is busy with something else. */
const WITHIN_MS = Number(process.env.PLAY_WITHIN_MS ?? 8000);
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-pipe'];

export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'chilang-browser-'));
  const child = spawn('/usr/bin/chromium', [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , to, from] = child.stdio;
  const waiting = new Map();
  const listeners = [];
  let [number, rest] = [0, ''];
  from.on('data', (piece) => {
    rest += piece;
    for (let end = rest.indexOf('\0'); end >= 0; end = rest.indexOf('\0')) {
      const message = JSON.parse(rest.slice(0, end));
      rest = rest.slice(end + 1);
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else for (const listener of listeners) listener(message);
    }
  });
  const ask = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, (message) => (message.error ? reject(new Error(`${method}: ${message.error.message}`)) : resolve(message.result)));
    to.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
  });
  const close = async () => {
    await ask('Browser.close').catch(() => undefined);
    // Its profile holds what was looked at: it goes once the browser wrote its last file.
    if (child.exitCode === null) await new Promise((ended) => { child.once('exit', ended); child.kill(); });
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  return { newPage: (size) => newPage(ask, listeners, size), close };
}

async function newPage(ask, listeners, { width = 1366, height = 768 } = {}) {
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => ask(method, params, sessionId);
  const complaints = [];
  listeners.push((message) => {
    if (message.sessionId !== sessionId) return;
    if (message.method === 'Log.entryAdded') complaints.push(message.params.entry.text);
    if (message.method === 'Runtime.exceptionThrown') complaints.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
    if (message.method === 'Runtime.consoleAPICalled' && message.params.type === 'error') complaints.push(message.params.args.map((a) => a.value ?? a.description).join(' '));
  });
  await Promise.all([send('Page.enable'), send('Runtime.enable'), send('Log.enable')]);
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  // Several desks at once: each page behaves as the one in front.
  await send('Emulation.setFocusEmulationEnabled', { enabled: true });
  const evaluate = async (expression) => (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  const until = async (expression, withinMs = WITHIN_MS) => {
    const end = Date.now() + withinMs;
    while (!(await evaluate(`Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${expression}\n${await evaluate('document.body.innerText')}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  };
  const press = async (key, code) => {
    const text = key.length === 1 ? key : key === 'Enter' ? '\r' : undefined;
    await send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text, windowsVirtualKeyCode: key === 'Enter' ? 13 : undefined });
    await send('Input.dispatchKeyEvent', { type: 'keyUp', key, code });
  };
  return {
    complaints, evaluate, until, press, send,
    go: (url) => send('Page.navigate', { url }),
    type: (text) => send('Input.insertText', { text }),
    fill: async (css, text) => {
      await evaluate(`document.querySelector(${JSON.stringify(css)}).focus()`);
      await send('Input.insertText', { text });
    },
    theme: (value) => send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] }),
    shot: async (file) => writeFileSync(file, Buffer.from((await send('Page.captureScreenshot', { format: 'png' })).data, 'base64')),
    signIn: async (base, user, password) => {
      await send('Page.navigate', { url: base });
      await until('document.querySelector("input[name=user], .bar")');
      if (await evaluate('Boolean(document.querySelector(".bar"))')) return;
      for (const [name, value] of [['user', user], ['password', password]]) {
        await evaluate(`document.querySelector('input[name=${name}]').focus()`);
        await send('Input.insertText', { text: value });
      }
      await press('Enter', 'Enter');
      await until('document.querySelector(".bar")');
    },
  };
}
