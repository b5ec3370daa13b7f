// More of the stand-in: devices, visits, grants, retention. Each answers as the centre does where a screen depends on it.
import * as devices from './samples-devices.mjs';

/** Answers a question of these, and does nothing where it is another's. */
export function more({ asked, url, path, body, json, no, picture }) {
  const [, kind, , , , verb, then] = path.split('/');
  if (path === '/devices/outages') return json(devices.outages(url.searchParams));
  if (kind !== 'cameras' || verb === undefined) return undefined;
  const captured = { 'x-chilang-captured-at': new Date().toISOString() };
  if (verb === 'still') return picture(devices.street.coarse, 'image/png', captured);
  if (verb === 'clear-still') return picture(devices.street.clear, 'image/png', captured);
  if (then === 'preview') return json(devices.preview(body));
  if (asked.method === 'GET') return json(devices.readLines());
  const put = devices.putLines(body);
  return put ? json(put) : no(409, 'revision_changed');
}
