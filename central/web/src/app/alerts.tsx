// How many alerts of the list of plates nobody has said to know of, for the menu and the tab. The live feed says that there is one more,
// and no plate; only the screen reads the alerts themselves, for that is a look-up and on record.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useLiveEvents } from './live';
import { useHere } from './session';

interface Unseen {
  unseen: number;
  /** What the alerts said when they were read. */
  tell: (unseen: number) => void;
}

const Context = createContext<Unseen>({ unseen: 0, tell: () => undefined });

export function AlertsProvider({ children }: { children: ReactNode }) {
  const { user, controller, roles } = useHere();
  const may = roles.some((role) => role === 'traffic_officer' || role === 'traffic_leader');
  // Another person's, or another body's, number is nobody's here.
  const whose = may ? `${user} ${controller}` : '';
  const [held, setHeld] = useState({ whose, unseen: 0 });
  const unseen = may && held.whose === whose ? held.unseen : 0;
  const tell = useCallback((now: number) => setHeld((was) => (was.whose === whose && was.unseen === now ? was : { whose, unseen: now })), [whose]);
  useLiveEvents(['plate_alert'], () => setHeld((was) => ({ whose, unseen: was.whose === whose ? was.unseen + 1 : 1 })));
  const value = useMemo(() => ({ unseen, tell }), [unseen, tell]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useUnseenAlerts(): Unseen {
  return useContext(Context);
}
