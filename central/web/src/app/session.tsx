// Who is signed in, for which body. Nothing of it is kept in the browser: a reload asks the centre again.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { api } from '../api/client';
import { asApiError } from '../api/error';
import type { Role, Session } from '../api/types';

/** `asking`: not known yet; `failed`: the centre did not answer; `out`: nobody, and why. */
export type SessionState =
  | { is: 'asking' }
  | { is: 'failed'; error: unknown }
  | { is: 'out'; why: 'new' | 'expired' | 'signedOut' }
  | { is: 'in'; session: Session; controller: string };

export interface Here {
  user: string;
  controller: string;
  controllers: string[];
  roles: Role[];
  /** The desk's screen is locked: nobody is shown, nothing decided. */
  locked: boolean;
  /** There is a PIN that opens it. */
  hasPin: boolean;
}

interface Held {
  state: SessionState;
  ask: () => void;
  signIn: (user: string, password: string, code: string | null) => Promise<void>;
  /** The centre told the session anew: something that came first was done. */
  renew: (session: Session) => void;
  signOut: () => Promise<void>;
  choose: (controller: string) => void;
  /** The next guard's session, begun on this screen. */
  takeOver: (session: Session) => void;
  lock: () => Promise<void>;
  unlock: (pin: string) => Promise<void>;
  pinIsSet: () => void;
  /** The centre said that the session is over. */
  expire: () => void;
}

const Context = createContext<Held | null>(null);

const controllersOf = (session: Session) => [...new Set(session.roles.map((role) => role.controller))];

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ is: 'asking' });
  const queries = useQueryClient();

  const enter = useCallback((session: Session, controller?: string) => {
    const chosen = controller ?? controllersOf(session)[0] ?? '';
    api.csrf = session.csrf;
    api.controller = chosen;
    // What was read for another body or another person must not be seen for a moment.
    queries.clear();
    setState({ is: 'in', session, controller: chosen });
  }, [queries]);

  const leave = useCallback((why: 'new' | 'expired' | 'signedOut') => {
    api.csrf = null;
    api.controller = null;
    queries.clear();
    setState({ is: 'out', why });
  }, [queries]);

  const ask = useCallback(() => {
    setState({ is: 'asking' });
    api.call('get', '/api/v1/session').then(
      (session) => enter(session),
      (error: unknown) => {
        if (asApiError(error).trouble === 'expired') leave('new');
        else setState({ is: 'failed', error });
      },
    );
  }, [enter, leave]);

  const expire = useCallback(() => {
    // The first question of a fresh page also ends here; nobody was signed in then.
    setState((was) => {
      if (was.is !== 'in') return was;
      queueMicrotask(() => leave('expired'));
      return was;
    });
  }, [leave]);

  const put = useCallback((part: Partial<Session>) => {
    setState((was) => (was.is === 'in' ? { ...was, session: { ...was.session, ...part } } : was));
  }, []);
  const shut = useCallback(() => {
    // Who waits stays in sight; names and pictures must not even be in memory.
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'gates' });
    put({ locked: true });
  }, [queries, put]);

  useEffect(ask, [ask]);
  useEffect(() => {
    api.onLocked = shut;
    return () => void (api.onLocked = null);
  }, [shut]);
  useEffect(() => {
    api.onExpired = expire;
    api.onFirst = ask;
    const hands = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const hand of hands) window.addEventListener(hand, api.noteHand, { passive: true });
    return () => {
      api.onExpired = null;
      api.onFirst = null;
      for (const hand of hands) window.removeEventListener(hand, api.noteHand);
    };
  }, [expire, ask]);

  const held = useMemo<Held>(() => ({
    state, ask, expire,
    signIn: async (user, password, code) => enter(await api.call('post', '/api/v1/session', { body: { user, password, code } })),
    renew: (session) => enter(session, state.is === 'in' ? state.controller : undefined),
    signOut: async () => {
      try {
        await api.call('delete', '/api/v1/session');
      } finally {
        leave('signedOut');
      }
    },
    choose: (controller) => {
      if (state.is === 'in') enter(state.session, controller);
    },
    takeOver: (session) => enter(session, state.is === 'in' ? state.controller : undefined),
    lock: async () => {
      await api.call('post', '/api/v1/session/lock');
      shut();
    },
    unlock: async (pin) => {
      await api.call('post', '/api/v1/session/unlock', { body: { pin } });
      put({ locked: false });
    },
    pinIsSet: () => put({ has_pin: true }),
  }), [state, ask, expire, enter, leave, put, shut]);
  return <Context.Provider value={held}>{children}</Context.Provider>;
}

export function useSession(): Held {
  const held = useContext(Context);
  if (!held) throw new Error('useSession outside of SessionProvider');
  return held;
}

/** Who is here. Only below the sign-in. */
export function useHere(): Here {
  const { state } = useSession();
  return useMemo(() => {
    if (state.is !== 'in') return { user: '', controller: '', controllers: [], roles: [], locked: false, hasPin: false };
    const { session, controller } = state;
    const roles = session.roles.filter((role) => role.controller === controller).map((role) => role.role);
    return { user: session.user, controller, controllers: controllersOf(session), roles, locked: session.locked, hasPin: session.has_pin };
  }, [state]);
}
