// The live feed: one line to the centre that mends itself. It tells when it is stale, so that no screen shows old things as
// fresh, and keeps no events: whoever listens keeps what it needs.
//
// Not an EventSource: that one gives up for good on the first answer that is no stream (a proxy's 502 while the centre
// restarts), and a new one cannot say what was seen last.
import { BY_ITSELF } from './client';
import { errorOf } from './error';
import { EventReader, type SentEvent } from './sse';

/** `waiting`: no line yet; `live`: heard of lately; `stale`: it was there and is silent or gone; `closed`: ended on purpose. */
export type LineState = 'waiting' | 'live' | 'stale' | 'closed';

export interface Line {
  state: LineState;
  /** When something was heard last, by this machine's clock; 0 before. */
  heardAt: number;
}

export interface FeedMeans {
  fetch: typeof fetch;
  now: () => number;
  /** A random number in 0..1, so that a hundred desks do not come back in one moment. */
  random: () => number;
}

/** The centre says `alive` every 10 s; two of them lost and a little more is a dead line. */
export const STALE_AFTER_MS = 25_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

type Listener = (event: SentEvent) => void;

export class LiveFeed {
  #line: Line = { state: 'waiting', heardAt: 0 };
  #lastId: string | null = null;
  #failures = 0;
  #abort: AbortController | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #listeners = new Set<Listener>();
  #watchers = new Set<() => void>();

  /** `expired` is called when the centre says that the session is over. */
  constructor(
    private readonly url: string,
    private readonly expired: () => void,
    private readonly means: FeedMeans = { fetch: (i, n) => fetch(i, n), now: () => Date.now(), random: () => Math.random() },
  ) {}

  line = (): Line => this.#line;

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  watchLine = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  open(): void {
    if (this.#line.state === 'closed') this.#become('waiting');
    this.#watch ??= setInterval(() => this.#check(), 1_000);
    void this.#run();
  }

  close(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#become('closed');
    this.#abort?.abort();
  }

  /** The network says that it is back: no need to wait for the next attempt. */
  nudge = (): void => {
    if (this.#line.state === 'closed' || this.#abort !== null) return;
    clearTimeout(this.#retry);
    void this.#run();
  };

  async #run(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream', ...BY_ITSELF };
      if (this.#lastId !== null) headers['last-event-id'] = this.#lastId;
      const answer = await this.means.fetch(this.url, { headers, credentials: 'same-origin', cache: 'no-store', signal: abort.signal });
      if (!answer.ok || answer.body === null) {
        const error = errorOf(answer.status, await answer.text());
        if (error.trouble === 'expired') this.#over();
        throw error;
      }
      this.#heard();
      if (await this.#read(answer.body)) this.#over();
    } catch {
      // Whatever it was, the line is gone and comes back by itself; the state says so to people.
    } finally {
      if (this.#abort === abort) this.#abort = null;
    }
    if (this.line().state !== 'closed') this.#again();
  }

  /** Reads until the line ends; true when the centre said that the session is over. */
  async #read(body: ReadableStream<Uint8Array>): Promise<boolean> {
    const [reader, text, events] = [body.getReader(), new TextDecoder(), new EventReader()];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      for (const event of events.read(text.decode(value, { stream: true }))) {
        this.#heard();
        this.#failures = 0;
        if (event.event === 'bye') return true;
        if (event.id !== null && event.id !== '') this.#lastId = event.id;
        for (const listener of this.#listeners) listener(event);
      }
    }
  }

  #again(): void {
    this.#become(this.#line.heardAt === 0 ? 'waiting' : 'stale');
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
    this.#failures += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#run(), wait * (0.5 + this.means.random() / 2));
  }

  #heard(): void {
    this.#line = { state: this.#line.state, heardAt: this.means.now() };
    this.#become('live');
  }

  /** A line can be open and dead: nothing says so but silence. */
  #check(): void {
    if (this.#line.state !== 'live' || this.means.now() - this.#line.heardAt <= STALE_AFTER_MS) return;
    this.#become('stale');
    this.#abort?.abort();
  }

  #over(): void {
    this.close();
    this.expired();
  }

  #become(state: LineState): void {
    if (this.#line.state === state) return;
    this.#line = { ...this.#line, state };
    for (const watcher of this.#watchers) watcher();
  }
}
