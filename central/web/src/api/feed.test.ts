import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveFeed, STALE_AFTER_MS } from './feed';
import { EventReader, type SentEvent } from './sse';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Opened { headers: Headers; say: (text: string) => void; end: () => void; signal: AbortSignal }

function centre(answers: (() => Response | null)[] = []) {
  const opened: Opened[] = [];
  const fetcher = vi.fn<typeof fetch>((_, init) => {
    const other = answers.shift()?.();
    if (other) return Promise.resolve(other);
    return new Promise((answer) => {
      let control: ReadableStreamDefaultController<Uint8Array> | null = null;
      const body = new ReadableStream<Uint8Array>({ start: (c) => void (control = c) });
      const signal = init?.signal as AbortSignal;
      signal.addEventListener('abort', () => control?.error(new Error('aborted')));
      opened.push({
        headers: new Headers(init?.headers), signal,
        say: (text) => control?.enqueue(new TextEncoder().encode(text)), end: () => control?.close(),
      });
      answer(new Response(body));
    });
  });
  return { fetcher, opened };
}

function feedOn(fetcher: typeof fetch) {
  const expired = vi.fn();
  const feed = new LiveFeed('/api/v1/live', expired, { fetch: fetcher, now: () => Date.now(), random: () => 1 });
  const events: SentEvent[] = [];
  feed.listen((event) => void events.push(event));
  return { feed, expired, events };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

it('reads events however they are cut', () => {
  const reader = new EventReader();
  expect(reader.read('event: pa')).toEqual([]);
  expect(reader.read('ss\nid: 1.7\ndata: {"a":\ndata: 1}\n\n: comment\n\nevent: alive\ndata: {}\n\n')).toEqual([
    { event: 'pass', id: '1.7', data: '{"a":\n1}' }, { event: 'alive', id: null, data: '{}' },
  ]);
  expect(() => reader.read('x'.repeat(300_000))).toThrow();
});

it('comes back by itself and says what it saw last', async () => {
  const { fetcher, opened } = centre();
  const { feed, events } = feedOn(fetcher);
  feed.open();
  await settle();
  expect(feed.line().state).toBe('live');
  opened[0]?.say('event: access\nid: life.4\ndata: {}\n\n');
  await settle();
  opened[0]?.end();
  await settle();
  expect(feed.line().state).toBe('stale');
  await settle(600);
  expect(opened[1]?.headers.get('last-event-id')).toBe('life.4');
  expect(feed.line().state).toBe('live');
  expect(events.map((e) => e.event)).toEqual(['access']);
  feed.close();
});

it('waits longer after each failure, and not when the network says that it is back', async () => {
  const bad = () => new Response('bad gateway', { status: 502 });
  const { fetcher } = centre([bad, bad, bad, bad]);
  const { feed } = feedOn(fetcher);
  feed.open();
  await settle();
  expect(feed.line().state).toBe('waiting');
  await settle(500 + 1000 + 10);
  expect(fetcher).toHaveBeenCalledTimes(3);
  await settle(1900);
  expect(fetcher).toHaveBeenCalledTimes(3);
  feed.nudge();
  await settle();
  expect(fetcher).toHaveBeenCalledTimes(4);
  feed.close();
});

it('is stale when an open line falls silent, and begins again', async () => {
  const { fetcher, opened } = centre();
  const { feed } = feedOn(fetcher);
  feed.open();
  await settle();
  for (let n = 0; n < 6; n += 1) {
    await settle(10_000);
    opened[0]?.say('event: alive\ndata: {}\n\n');
  }
  await settle();
  expect(feed.line().state).toBe('live');
  const states: string[] = [];
  feed.watchLine(() => void states.push(feed.line().state));
  await settle(STALE_AFTER_MS + 2_000);
  expect(states[0]).toBe('stale');
  expect(opened[0]?.signal.aborted).toBe(true);
  await settle(20_000);
  expect(fetcher.mock.calls.length).toBeGreaterThan(1);
  feed.close();
});

it('ends for good when the session is over, however that is said', async () => {
  const first = centre();
  const said = feedOn(first.fetcher);
  said.feed.open();
  await settle();
  first.opened[0]?.say('event: bye\ndata: {}\n\n');
  await settle(60_000);
  expect(said.expired).toHaveBeenCalledOnce();
  expect(first.fetcher).toHaveBeenCalledOnce();

  const second = centre([() => new Response('{"error":{"code":"session_ended","message":""}}', { status: 401 })]);
  const refused = feedOn(second.fetcher);
  refused.feed.open();
  await settle(60_000);
  expect(refused.expired).toHaveBeenCalledOnce();
  expect(refused.feed.line().state).toBe('closed');
});
