// What must not be missed: a door that acted without a decision, people who followed through, somebody who waits too long.
// An alert stays until a guard says that he saw it, also when its arrival is over.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Gate } from '../../api/types';
import type { AtGate } from './queue';
import { TOO_LONG_MS } from './queue';
import { sound } from './sound';

export interface Alert {
  key: string;
  kind: 'alarm' | 'tailgating';
  gate: string;
  at: string;
  count: number;
}

/** Alerts, the latest first. More than so many at once are one trouble, not a list to work off. */
const MOST = 20;

/** The alerts these gates give. A tailgater more is a new alert. */
export function alertsIn(gates: readonly Gate[]): Alert[] {
  return gates.flatMap((gate) => gate.arrivals.flatMap((arrival) => {
    const common = { gate: gate.title, at: arrival.last_seen.utc };
    const found: Alert[] = [];
    if (arrival.alarm) found.push({ ...common, key: `${arrival.id} alarm`, kind: 'alarm', count: 1 });
    if (arrival.tailgaters > 0) {
      found.push({ ...common, key: `${arrival.id} tail ${arrival.tailgaters}`, kind: 'tailgating', count: arrival.tailgaters });
    }
    return found;
  }));
}

export function useAlerts(gates: readonly Gate[]) {
  const [alerts, setAlerts] = useState<Alert[]>([]);
  const known = useRef(new Set<string>());
  useEffect(() => {
    const fresh = alertsIn(gates).filter((alert) => !known.current.has(alert.key));
    if (fresh.length === 0) return;
    for (const alert of fresh) known.current.add(alert.key);
    // What was told once is remembered for long enough and not for ever.
    known.current = new Set([...known.current].slice(-500));
    sound('alarm');
    setAlerts((was) => [...fresh, ...was].slice(0, MOST));
  }, [gates]);
  const seen = useCallback((key: string) => setAlerts((was) => was.filter((alert) => alert.key !== key)), []);
  return { alerts, seen };
}

/** Sounds once when somebody comes and once when he waits too long. */
export function useArrivalSound(waiting: readonly AtGate[], now: number): void {
  const heard = useRef<Map<string, 'came' | 'late'> | null>(null);
  useEffect(() => {
    const before = heard.current;
    const next = new Map<string, 'came' | 'late'>();
    for (const { arrival } of waiting) {
      const late = now - Date.parse(arrival.first_seen.utc) >= TOO_LONG_MS;
      const was = before?.get(arrival.id);
      // Those who stood there when the page was opened are no news, but may wait too long.
      if (before && was === undefined) sound('arrival');
      else if (late && was === 'came') sound('tooLong');
      next.set(arrival.id, late ? 'late' : 'came');
    }
    heard.current = next;
  }, [waiting, now]);
}
