import { execFileSync } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { Client } from './client';
import { ApiError, errorOf } from './error';

function answering(status: number, body: string, headers: Record<string, string> = {}) {
  return vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status, headers })));
}

const sent = (fetcher: ReturnType<typeof answering>) => {
  const [url, init] = fetcher.mock.calls[0] ?? [];
  return { url, headers: new Headers(init?.headers) };
};

it('repeats the CSRF token on what changes something, and on nothing else', async () => {
  const fetcher = answering(200, '{}');
  const client = new Client(fetcher);
  client.csrf = 'token';
  await client.call('get', '/api/v1/gates');
  expect(sent(fetcher).headers.get('x-chilang-csrf')).toBeNull();
  fetcher.mockClear();
  await client.call('post', '/api/v1/arrivals/{id}/admit', { path: { id: 'a/b' }, body: { revision: 3, look: null, note: null } });
  expect(sent(fetcher).headers.get('x-chilang-csrf')).toBe('token');
  expect(sent(fetcher).url).toBe('/api/v1/arrivals/a%2Fb/admit');
});

it('names the controller everywhere but at the session', async () => {
  const fetcher = answering(200, '{}');
  const client = new Client(fetcher);
  client.controller = 'office';
  await client.call('get', '/api/v1/session');
  expect(sent(fetcher).url).toBe('/api/v1/session');
  fetcher.mockClear();
  await client.call('get', '/api/v1/gates');
  expect(sent(fetcher).url).toBe('/api/v1/gates?controller=office');
});

it('tells what kind of trouble it is', async () => {
  const envelope = (code: string) => JSON.stringify({ error: { code, message: 'Lời của hệ thống.' } });
  const told = (status: number, text: string) => {
    const { trouble, code, message } = errorOf(status, text);
    return [trouble, code, message];
  };
  expect(told(409, envelope('arrival_changed'))).toEqual(['refused', 'arrival_changed', 'Lời của hệ thống.']);
  expect(told(401, envelope('session_ended'))[0]).toBe('expired');
  expect(told(401, envelope('wrong_credentials'))[0]).toBe('refused');
  expect(told(504, envelope('look_timeout'))[0]).toBe('refused');
  expect(told(500, envelope('internal'))[0]).toBe('broken');
  expect(told(502, '<html>bad gateway</html>')).toEqual(['offline', 'unreadable', '']);
  expect(told(400, '{"error":"text"}')[0]).toBe('broken');
  const gone = new Client(() => Promise.reject(new TypeError('failed')));
  await expect(gone.call('get', '/api/v1/gates')).rejects.toMatchObject({ trouble: 'offline' });
});

it('says that the session is over, but not for a wrong password', async () => {
  const over = new Client(answering(401, '{"error":{"code":"session_ended","message":""}}'));
  over.onExpired = vi.fn();
  await expect(over.call('get', '/api/v1/gates')).rejects.toBeInstanceOf(ApiError);
  expect(over.onExpired).toHaveBeenCalledOnce();
  const wrong = new Client(answering(401, '{"error":{"code":"wrong_credentials","message":""}}'));
  wrong.onExpired = vi.fn();
  await expect(wrong.call('post', '/api/v1/session', { body: { user: 'a', password: 'b' } })).rejects.toBeInstanceOf(ApiError);
  expect(wrong.onExpired).not.toHaveBeenCalled();
});

it('reads the hash of a look and goes by the clock of the centre', async () => {
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  const client = new Client(answering(200, 'jpeg', { 'x-chilang-look': 'ab', date }));
  const fetched = await client.picture('/api/v1/arrivals/{id}/look', { path: { id: 'x' } });
  expect(fetched.look).toBe('ab');
  expect(Math.abs(client.now() - Date.now() - 3_600_000)).toBeLessThan(1_600);
});

it('has types that are those of the committed OpenAPI document', { timeout: 30_000 }, () => {
  // Exits with 1 and says what to run when they are not.
  execFileSync(process.execPath, ['tools/api-types.mjs', '--check']);
});

it('says of what it asks by itself that nobody is there, a minute after somebody was', async () => {
  vi.useFakeTimers();
  try {
    const fetcher = answering(200, '{}');
    const client = new Client(fetcher);
    const byItself = async (method: 'get' | 'post') => {
      fetcher.mockClear();
      if (method === 'get') await client.call('get', '/api/v1/gates');
      else await client.call('post', '/api/v1/people/{id}/approve', { path: { id: 'a' } });
      return sent(fetcher).headers.get('x-chilang-background');
    };
    expect(await byItself('get')).toBeNull();
    vi.advanceTimersByTime(61_000);
    expect(await byItself('get')).toBe('1');
    // Nobody changes anything by itself.
    expect(await byItself('post')).toBeNull();
    client.noteHand();
    expect(await byItself('get')).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

it('hears that something comes before everything else', async () => {
  const client = new Client(answering(403, JSON.stringify({ error: { code: 'second_factor_needed', message: 'x' } })));
  client.onFirst = vi.fn();
  await expect(client.call('get', '/api/v1/gates')).rejects.toMatchObject({ trouble: 'refused' });
  expect(client.onFirst).toHaveBeenCalledOnce();
  expect(errorOf(401, JSON.stringify({ error: { code: 'code_needed', message: 'x' } })).trouble).toBe('refused');
});

it('takes every fault out of a refusal, and only what is one', () => {
  const faults = [{ key: 'lines[0].points', vi: 'Ngoài hình.', en: 'Outside.' }, { key: 3 }, null];
  expect(errorOf(422, JSON.stringify({ error: { code: 'faults', message: '', faults } })).faults).toEqual([faults[0]]);
  expect(errorOf(422, JSON.stringify({ error: { code: 'faults', message: '', faults: 'x' } })).faults).toEqual([]);
});
