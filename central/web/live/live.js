// The bare live page: sign in, then show what arrives. Everything is put in as text, never as markup; nothing is kept in the
// browser's storage. The stream reconnects by itself; when nothing was heard for a while the page says that it is stale.
'use strict';

const ROWS = 30;
const STALE_AFTER_MS = 25000; // the server sends a sign of life every 10 s
const READS = {
  passes: ['desk', 'traffic_officer', 'traffic_leader'],
  suspicions: ['traffic_officer', 'traffic_leader'],
  counts: ['desk', 'traffic_officer', 'traffic_leader', 'tourism'],
  cameras: ['operator', 'administrator'],
};
const CLASSES = {
  car: 'ô tô con', truck: 'xe tải', bus: 'xe khách', motorcycle: 'xe mô tô', bicycle: 'xe đạp', vehicle: 'phương tiện',
};
const CAMERA_STATES = {
  online: 'Hoạt động bình thường', offline: 'Mất kết nối', starting: 'Đang kết nối', disabled: 'Đã tắt',
};
const VIOLATIONS = {
  'C-WRONGWAY': 'Ô tô đi ngược chiều', 'M-WRONGWAY': 'Xe mô tô đi ngược chiều',
};
const VIEW_TROUBLE = { dark: 'tối hoặc bị che', frozen: 'hình đứng', moved: 'lệch góc' };

let session = null;
let stream = null;
let heardAt = 0;
let staleSince = '';
let rereading = null;

const $ = (id) => document.getElementById(id);
const controller = () => $('controller').value;
const site = () => $('site').value;
const query = (more) => new URLSearchParams({ controller: controller(), ...more }).toString();
const rolesHere = () => session.roles.filter((r) => r.controller === controller()).map((r) => r.role);
const may = (what) => rolesHere().some((role) => READS[what].includes(role));

async function call(method, path, body) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (session && method !== 'GET') headers['x-chilang-csrf'] = session.csrf;
  const answer = await fetch(path, {
    method, headers, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  let value = null;
  // What stands between us and the centre may answer in its own words.
  try { value = text ? JSON.parse(text) : null; } catch { value = null; }
  if (!answer.ok) {
    const error = new Error(value && value.error ? value.error.message : 'Hệ thống không trả lời. / The system does not answer.');
    error.status = answer.status;
    throw error;
  }
  return value;
}

// dd/mm/yyyy hh:mm:ss in Vietnam, wherever the browser stands.
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23', day: '2-digit', month: '2-digit', year: 'numeric',
  hour: '2-digit', minute: '2-digit', second: '2-digit',
});
function moment(value, seconds = true) {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  const p = Object.fromEntries(CLOCK.formatToParts(at).map((part) => [part.type, part.value]));
  return `${p.day}/${p.month}/${p.year} ${p.hour}:${p.minute}${seconds ? `:${p.second}` : ''}`;
}

// A heading over nothing tells nobody whether nothing happened or nothing works.
function tellEmpty() {
  for (const name of ['passes', 'suspicions', 'counts', 'cameras']) $(`${name}-empty`).hidden = $(name).rows.length > 0;
}

function row(cells, key) {
  const tr = document.createElement('tr');
  if (key) tr.dataset.key = key;
  for (const cell of cells) {
    const td = document.createElement('td');
    td.textContent = cell === null || cell === undefined ? '' : String(cell);
    if (typeof cell === 'number' || /^\d+ %$/.test(td.textContent)) td.className = 'n';
    tr.append(td);
  }
  return tr;
}

// A later word about the same thing replaces the earlier one and stays where it was; a new thing goes on top.
function put(table, key, cells, limit) {
  const body = $(table);
  const fresh = row(cells, key);
  const old = [...body.rows].find((tr) => tr.dataset.key === key);
  for (const tr of body.querySelectorAll('tr.fresh')) tr.classList.remove('fresh');
  fresh.classList.add('fresh');
  if (old) old.replaceWith(fresh);
  else body.prepend(fresh);
  while (limit && body.rows.length > limit) body.rows[body.rows.length - 1].remove();
  tellEmpty();
}

function place(e) {
  return `${e.site} / ${e.camera}`;
}

function plateText(plate, unreadable) {
  if (plate) return plate;
  return unreadable ? 'không đọc được biển số' : '';
}

const SHOW = {
  pass(e) {
    if (e.state === 'retracted') {
      for (const tr of $('passes').rows) if (tr.dataset.key === e.passage_id) { tr.remove(); break; }
      tellEmpty();
      return;
    }
    put('passes', e.passage_id, [e.at_text, place(e), CLASSES[e.class] || e.class, plateText(e.plate, e.unreadable)], ROWS);
  },
  suspicion() {
    // The list holds plates and deadlines: read again, once for all that arrive within a second.
    rereading ??= setTimeout(() => {
      rereading = null;
      if (session) loadSuspicions().catch(failed);
    }, 1000);
  },
  count(e) {
    put('counts', `${e.node}/${e.camera}/${e.line}/${e.start}`,
      [moment(e.start, false), place(e), e.line, e.in, e.out, `${Math.round(e.analysed_ms / 600)} %`], ROWS);
  },
  camera(e) {
    const trouble = (e.view || []).map((v) => VIEW_TROUBLE[v] || v).join(', ');
    const state = (CAMERA_STATES[e.camera_state] || e.camera_state) + (trouble ? ` – ${trouble}` : '');
    put('cameras', `${e.site}/${e.node}/${e.camera}`, [`${e.site} / ${e.node} / ${e.camera}`, state, e.reason, moment(e.since)]);
  },
};

async function loadSuspicions() {
  const page = await call('GET', `/api/v1/suspicions?${query({ state: 'pending_review', limit: String(ROWS) })}`);
  // The table shows the oldest; how long the queue is must not depend on how many rows fit.
  $('suspicions-waiting').textContent = page.waiting && page.waiting.suspicions > 0
    ? `Đang chờ: ${page.waiting.suspicions}. Mới nhất: ${page.waiting.newest.text}.` : '';
  $('suspicions').replaceChildren(...page.items.map((s) => row([
    s.occurred_at.text, `${s.site} / ${s.camera}`, VIOLATIONS[s.violation] || s.violation, s.plate || 'không đọc được biển số',
    s.deadlines.length ? s.deadlines[0].text : '',
  ], s.id)));
  tellEmpty();
}

async function loadCameras() {
  const page = await call('GET', `/api/v1/cameras?${query({})}`);
  $('cameras').replaceChildren(...page.items.map((c) => row(
    [`${c.site} / ${c.node} / ${c.camera}`, c.state_text, c.reason, c.since.text],
    `${c.site}/${c.node}/${c.camera}`,
  )));
  tellEmpty();
}

// Passages are told of one place at a time: there is no choice of all.
async function loadSites() {
  const { items } = await call('GET', `/api/v1/sites?${query({})}`);
  const before = site();
  $('site').replaceChildren(...items.map((s) => new Option(s.site, s.site)));
  if (items.some((s) => s.site === before)) $('site').value = before;
  $('site-label').hidden = items.length < 2 || !may('passes');
}

async function loadAll() {
  if (may('suspicions')) await loadSuspicions();
  if (may('cameras')) await loadCameras();
}

function failed(error) {
  if (error.status === 401) signedOut('Phiên làm việc đã hết. Vui lòng đăng nhập lại. / The session is over, please sign in again.');
}

function heard() {
  heardAt = Date.now();
  showConnection();
}

function showConnection() {
  const element = $('connection');
  if (!session) {
    element.className = 'state';
    element.textContent = 'Chưa đăng nhập / Not signed in';
    return;
  }
  const open = stream && stream.readyState === EventSource.OPEN;
  const stale = !open || Date.now() - heardAt > STALE_AFTER_MS;
  element.className = stale ? 'state stale' : 'state live';
  element.textContent = stale ? 'Mất kết nối – đang kết nối lại / Reconnecting' : 'Đang nhận trực tiếp / Live';
  // The first second of a new page is no loss.
  if (stale && heardAt && !staleSince) {
    staleSince = moment(heardAt);
    $('stale-since').textContent = staleSince;
  }
  if (!stale) staleSince = '';
  $('stale').hidden = !staleSince;
  $('board').classList.toggle('stale-data', Boolean(staleSince));
}

function connect() {
  if (stream) stream.close();
  stream = new EventSource(`/api/v1/live?${query(site() ? { site: site() } : {})}`);
  stream.onopen = () => {
    heard();
    // The list of places was not to be had before, or the first node is new.
    if (!site()) loadSites().then(() => { if (site()) connect(); }, failed);
  };
  stream.onerror = () => {
    showConnection();
    // A refusal (the session is over) closes for good; everything else the browser tries again by itself.
    if (stream.readyState === EventSource.CLOSED) {
      call('GET', '/api/v1/session').then(() => setTimeout(connect, 3000), (error) => {
        if (error.status === 401) failed(error);
        else setTimeout(connect, 3000);
      });
    }
  };
  stream.addEventListener('hello', heard);
  stream.addEventListener('alive', heard);
  stream.addEventListener('resync', () => { heard(); loadAll().catch(failed); });
  stream.addEventListener('bye', () => signedOut('Phiên làm việc đã hết. Vui lòng đăng nhập lại. / The session is over, please sign in again.'));
  for (const kind of Object.keys(SHOW)) {
    stream.addEventListener(kind, (message) => { heard(); SHOW[kind](JSON.parse(message.data)); });
  }
}

async function openBoard() {
  heardAt = 0;
  for (const name of ['passes', 'suspicions', 'counts', 'cameras']) {
    $(name).replaceChildren();
    $(`section-${name}`).hidden = !may(name);
  }
  tellEmpty();
  loadAll().catch(failed);
  await loadSites().catch(failed);
  if (session) connect();
}

function watchSite() {
  $('passes').replaceChildren();
  tellEmpty();
  connect();
}

function signedIn(value) {
  session = value;
  heardAt = 0;
  staleSince = '';
  $('sign-in').hidden = true;
  $('board').hidden = false;
  $('sign-out').hidden = false;
  $('sign-in-error').textContent = '';
  const labels = [...new Set(session.roles.map((r) => r.label))].join(', ');
  $('who').textContent = `${session.user} (${labels})`;
  const controllers = [...new Set(session.roles.map((r) => r.controller))];
  $('controller').replaceChildren(...controllers.map((name) => new Option(name, name)));
  $('controller-label').hidden = controllers.length < 2;
  openBoard();
}

function signedOut(message) {
  session = null;
  if (stream) stream.close();
  stream = null;
  for (const name of ['passes', 'suspicions', 'counts', 'cameras']) $(name).replaceChildren();
  $('suspicions-waiting').textContent = '';
  $('who').textContent = '';
  $('board').hidden = true;
  $('sign-out').hidden = true;
  $('controller-label').hidden = true;
  $('site-label').hidden = true;
  $('sign-in').hidden = false;
  $('sign-in-error').textContent = message || '';
  showConnection();
}

$('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const password = $('password').value;
  $('password').value = '';
  try {
    signedIn(await call('POST', '/api/v1/session', { user: $('user').value, password }));
  } catch (error) {
    $('sign-in-error').textContent = error.message;
  }
});
$('sign-out').addEventListener('click', async () => {
  try {
    await call('DELETE', '/api/v1/session');
  } finally {
    signedOut('');
  }
});
$('controller').addEventListener('change', openBoard);
$('site').addEventListener('change', watchSite);

setInterval(showConnection, 1000);
call('GET', '/api/v1/session').then(signedIn, () => signedOut(''));
