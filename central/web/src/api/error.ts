// The one error a screen has to know. It says what kind of trouble it is, so that a screen can choose between "try again",
// "sign in again" and "this is how it is" without looking at status codes.

/** offline: no answer at all; expired: nobody is signed in any more; refused: the service said no, with a reason; broken: its own fault. */
export type Trouble = 'offline' | 'expired' | 'refused' | 'broken';

/** One thing that is wrong: where, and in both languages what. */
export interface Fault { key: string; vi: string; en: string }

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly trouble: Trouble,
    readonly status: number,
    /** Stable, snake_case; `offline` and `unreadable` are ours. */
    readonly code: string,
    /** For people, in Vietnamese, as the service wrote it; empty when there was no envelope. */
    message: string,
    /** Everything that is wrong with what was sent, where the service says it by its parts. */
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

interface Envelope {
  error: { code: string; message: string; faults?: unknown };
}

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const error: unknown = value.error;
  return typeof error === 'object' && error !== null
    && 'code' in error && typeof error.code === 'string'
    && 'message' in error && typeof error.message === 'string';
}

function faultsIn(value: unknown): Fault[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each: unknown): each is Fault => typeof each === 'object' && each !== null
    && 'key' in each && typeof each.key === 'string' && 'vi' in each && typeof each.vi === 'string' && 'en' in each && typeof each.en === 'string');
}

/** Reads an answer that is no success. What stands between us and the centre may answer in its own words. */
export function errorOf(status: number, text: string): ApiError {
  let code = 'unreadable';
  let message = '';
  let faults: Fault[] = [];
  try {
    const value: unknown = JSON.parse(text);
    if (isEnvelope(value)) {
      ({ code, message } = value.error);
      faults = faultsIn(value.error.faults);
    }
  } catch {
    // Not ours: a proxy's page. Its text is never shown.
  }
  return new ApiError(troubleOf(status, code), status, code, message, faults);
}

const AT_SIGN_IN = new Set(['wrong_credentials', 'code_needed', 'wrong_code']);
/** Something has to be done before anything else: the session says what. */
export const FIRST = new Set(['password_change_needed', 'second_factor_needed']);

function troubleOf(status: number, code: string): Trouble {
  // A wrong password is a 401 as well, but no session ended by it.
  if (status === 401 && !AT_SIGN_IN.has(code)) return 'expired';
  if (code === 'unreadable') return status >= 502 && status <= 504 ? 'offline' : 'broken';
  return status >= 500 && status !== 503 && status !== 504 ? 'broken' : 'refused';
}

/** Whatever was thrown, as the one error. */
export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError('broken', 0, 'internal', cause instanceof Error ? cause.message : '');
}
