// A case on this screen is nobody else's: taken when it comes up, kept while somebody works here, left when it goes. An officer who is
// called away gives it back without doing anything: a screen alone keeps neither the case nor the session.
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';

/** `other`: refused, with the centre's words; `away`: given back because nobody did anything. */
export type Lease = { is: 'asking' } | { is: 'mine' } | { is: 'away' } | { is: 'other'; error: unknown };

/** The centre's lease is three minutes. */
const KEEP_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** Nobody touched keys or mouse for so long: the case is left. */
const AWAY_AFTER_MS = 150_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

interface Held {
  id: string;
  lease: Lease;
}

export function useLease(id: string | null): { lease: Lease; ask: (takeOver?: boolean) => void } {
  const [held, setHeld] = useState<Held | null>(null);
  const current = useRef<string | null>(null);
  const asked = useRef(0);
  const away = useRef(false);

  const ask = useCallback((takeOver = false) => {
    const wanted = current.current;
    if (wanted === null) return;
    asked.current = performance.now();
    away.current = false;
    api.call('post', '/api/v1/suspicions/{id}/take', { path: { id: wanted }, body: { take_over: takeOver } }).then(
      () => 'mine' as const, (error: unknown) => ({ error }),
    ).then((answer) => {
      // What was answered for another case says nothing about this one.
      if (current.current !== wanted) {
        if (answer === 'mine') release(wanted);
        return;
      }
      setHeld({ id: wanted, lease: answer === 'mine' ? { is: 'mine' } : { is: 'other', error: answer.error } });
    }).catch(() => undefined);
  }, []);

  useEffect(() => {
    current.current = id;
    if (id === null) return;
    let touched = performance.now();
    ask();
    const sign = () => {
      touched = performance.now();
      if (away.current) ask();
    };
    for (const each of SIGNS) window.addEventListener(each, sign, { passive: true });
    const look = setInterval(() => {
      const now = performance.now();
      if (away.current) return;
      if (now - touched > AWAY_AFTER_MS) {
        away.current = true;
        release(id);
        setHeld({ id, lease: { is: 'away' } });
      } else if (now - asked.current > KEEP_EVERY_MS) {
        ask();
      }
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(look);
      for (const each of SIGNS) window.removeEventListener(each, sign);
      current.current = null;
      release(id);
    };
  }, [id, ask]);

  const lease = id !== null && held?.id === id ? held.lease : { is: 'asking' as const };
  return { lease, ask };
}

/** Told and not waited for: what is not left runs out by itself. */
function release(id: string): void {
  api.call('post', '/api/v1/suspicions/{id}/release', { path: { id }, body: {} }).catch(() => undefined);
}
