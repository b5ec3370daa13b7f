// One live feed for the signed-in person and body, and what screens make of it.
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../api/client';
import { type Line, LiveFeed } from '../api/feed';
import type { SentEvent } from '../api/sse';
import { useHere, useSession } from './session';

const Context = createContext<LiveFeed | null>(null);
const CLOSED: Line = { state: 'closed', heardAt: 0 };

export function LiveProvider({ children }: { children: ReactNode }) {
  const { expire } = useSession();
  const { controller, roles } = useHere();
  const [feed, setFeed] = useState<LiveFeed | null>(null);
  const may = roles.some((role) => role !== 'registrar' && role !== 'auditor');
  useEffect(() => {
    if (!may) return;
    const opened = new LiveFeed(api.url('/api/v1/live'), expire);
    opened.open();
    setFeed(opened);
    window.addEventListener('online', opened.nudge);
    // A page the browser keeps for "back" must not keep its line: there are six to one host, and then nothing loads.
    const hidden = () => opened.close();
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) opened.open();
    };
    window.addEventListener('pagehide', hidden);
    window.addEventListener('pageshow', shown);
    return () => {
      window.removeEventListener('pagehide', hidden);
      window.removeEventListener('pageshow', shown);
      window.removeEventListener('online', opened.nudge);
      opened.close();
      setFeed(null);
    };
  }, [may, controller, expire]);
  return <Context.Provider value={feed}>{children}</Context.Provider>;
}

/** How the line stands; null where this account has none. */
export function useLine(): Line | null {
  const feed = useContext(Context);
  const line = useSyncExternalStore(feed?.watchLine ?? nothing, feed?.line ?? closed);
  return feed ? line : null;
}

/** Calls `heard` for each event of these kinds. `resync` means: what you have may lack something, read again. */
export function useLiveEvents(kinds: readonly string[], heard: (event: SentEvent) => void): void {
  const feed = useContext(Context);
  const latest = useRef({ kinds, heard });
  useEffect(() => void (latest.current = { kinds, heard }));
  useEffect(() => feed?.listen((event) => {
    if (latest.current.kinds.includes(event.event)) latest.current.heard(event);
  }), [feed]);
}

const nothing = () => () => undefined;
const closed = () => CLOSED;
