// Talks to the centre: cookie, CSRF header, controller, one error type. It knows no screen and keeps no answer. The types of
// questions and answers come out of the OpenAPI document.
import { ApiError, errorOf, FIRST } from './error';
import type { paths } from './schema';

export type Method = 'get' | 'post' | 'put' | 'delete';
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends object ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends keyof paths> = paths[P][M];
type ParametersOf<O> = O extends { parameters: infer A } ? A : never;
type Part<A, K extends string> = A extends Record<K, infer V> ? V : undefined;
type Orless<Q> = { [K in keyof Q]: Q[K] | null };
/** Null, like leaving out, sends nothing. */
type Query<O> = Orless<Omit<NonNullable<ParametersOf<O> extends { query?: infer Q } ? Q : object>, 'controller'>>;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;
export type Answer<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : undefined;

export interface Asked<O> {
  path?: Part<ParametersOf<O>, 'path'>;
  query?: Query<O>;
  body?: BodyOf<O>;
  signal?: AbortSignal;
}

/** What came with a picture. */
export interface Fetched {
  blob: Blob;
  /** Hash of the picture at a gate, to be quoted in a decision. */
  look: string | null;
}

/** RFC 4918: what is asked for stands behind a lock. */
const LOCKED = 423;
/** A file that was asked for. */
export interface FileAnswer {
  blob: Blob;
  /** As the centre named it; it holds no plate and no name. */
  name: string;
  headers: Headers;
}

/** Nothing on a screen may wait longer for an answer than the service itself allows. */
const ANSWER_WITHIN_MS = 25_000;
/** The centre notes a session's use to the minute. */
const HAND_COUNTS_MS = 60_000;
/** Says that a page asks by itself: the session is not kept alive by it. */
export const BY_ITSELF = { 'x-chilang-background': '1' };

export class Client {
  /** Told by the service with the session; repeated on everything that changes something. */
  csrf: string | null = null;
  /** Whose data is looked at; named on every request, for accounts with roles at several. */
  controller: string | null = null;
  /** Called once for each answer that says that nobody is signed in. */
  onExpired: (() => void) | null = null;
  /** Called when the service says that this screen is locked: perhaps another window of it was. */
  onLocked: (() => void) | null = null;
  /** Called for each answer that says that something has to be done before anything else. */
  onFirst: (() => void) | null = null;
  #offsetMs = 0;
  // A page that was just opened was opened by somebody.
  #handAt = Date.now();

  constructor(private readonly fetcher: typeof fetch = (input, init) => fetch(input, init)) {}

  /** Now by the centre's clock, to about a second: waiting times must not depend on how a desk's clock is set. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Somebody pressed a key or moved the pointer: what is asked for in the next minute is asked for by a person. */
  noteHand = (): void => {
    this.#handAt = Date.now();
  };

  async call<M extends Method, P extends PathOf<M>>(
    method: M, path: P, asked: Asked<Operation<M, P>> = {},
  ): Promise<Answer<M, P>> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (asked.body !== undefined) headers['content-type'] = 'application/json';
    const body = asked.body === undefined ? null : JSON.stringify(asked.body);
    const url = this.url(path, asked.path as object | undefined, asked.query as object | undefined);
    const text = await (await this.#send(method, url, headers, body, asked.signal)).text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer<M, P>;
  }

  /** A picture. It never stands in an `<img>`: its hash comes in a header, and each request is on record. */
  async picture<P extends PathOf<'get'>>(path: P, asked: Asked<Operation<'get', P>> = {}): Promise<Fetched> {
    const url = this.url(path, asked.path as object | undefined);
    const answer = await this.#send('get', url, { accept: 'image/*' }, null, asked.signal);
    return { blob: await answer.blob(), look: answer.headers.get('x-chilang-look') };
  }

  /** A file made for this question. */
  async file<P extends PathOf<'post'>>(path: P, asked: Asked<Operation<'post', P>> = {}): Promise<FileAnswer> {
    const url = this.url(path, asked.path as object | undefined);
    const headers = { accept: '*/*', 'content-type': 'application/json' };
    const answer = await this.#send('post', url, headers, JSON.stringify(asked.body), asked.signal);
    const name = /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'chi-lang';
    return { blob: await answer.blob(), name, headers: answer.headers };
  }

  /** The address of a path, with its names filled in and the controller named. */
  url(path: string, names: object = {}, query: object = {}): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String((names as Record<string, unknown>)[name])));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
    }
    // The session's own routes know no controller and refuse unknown parameters.
    if (this.controller !== null && path !== '/api/v1/session') search.set('controller', this.controller);
    const text = search.toString();
    return text === '' ? filled : `${filled}?${text}`;
  }

  async #send(method: Method, url: string, headers: Record<string, string>, body: string | null, signal?: AbortSignal) {
    if (method !== 'get' && this.csrf !== null) headers['x-chilang-csrf'] = this.csrf;
    if (method === 'get' && Date.now() - this.#handAt > HAND_COUNTS_MS) Object.assign(headers, BY_ITSELF);
    const limit = AbortSignal.timeout(ANSWER_WITHIN_MS);
    let answer: Response;
    try {
      answer = await this.fetcher(url, {
        method: method.toUpperCase(), headers, body, credentials: 'same-origin',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
    } catch (cause) {
      // Whoever took the question back knows that it did.
      if (signal?.aborted === true) throw cause;
      throw new ApiError('offline', 0, 'offline', '');
    }
    const date = Date.parse(answer.headers.get('date') ?? '');
    // The header counts whole seconds: half of one is the best guess of the rest.
    if (!Number.isNaN(date)) this.#offsetMs = date + 500 - Date.now();
    if (answer.ok) return answer;
    const error = errorOf(answer.status, await answer.text().catch(() => ''));
    if (error.trouble === 'expired') this.onExpired?.();
    if (answer.status === LOCKED) this.onLocked?.();
    if (FIRST.has(error.code)) this.onFirst?.();
    throw error;
  }
}

export const api = new Client();
