// What must not be missed: a door that acted without a decision, people who followed through, somebody who waits too long.
// An alert stays on every desk until a guard says that he saw it, also when its arrival is over.
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { Gate } from '../../api/types';
import type { AtGate } from './queue';
import { TOO_LONG_MS } from './queue';
import { sound } from './sound';

export interface Alert {
  key: string;
  arrival: string;
  gate: string;
  at: string;
  tailgaters: number;
  unknownActs: number;
}

/** The alerts these gates give. A tailgater more is a new alert. */
export function alertsIn(gates: readonly Gate[]): Alert[] {
  return gates.flatMap((gate) => gate.alerts.map((alert) => ({
    key: `${alert.arrival} ${alert.tailgaters} ${alert.unknown_acts}`,
    arrival: alert.arrival,
    gate: gate.title,
    at: alert.at.utc,
    tailgaters: alert.tailgaters,
    unknownActs: alert.unknown_acts,
  })));
}

export function useAlerts(gates: readonly Gate[], readAgain: () => void) {
  const [error, setError] = useState<unknown>(null);
  const known = useRef(new Set<string>());
  const alerts = alertsIn(gates);
  useEffect(() => {
    const fresh = alertsIn(gates).filter((alert) => !known.current.has(alert.key));
    if (fresh.length === 0) return;
    for (const alert of fresh) known.current.add(alert.key);
    // What sounded once is remembered for long enough and not for ever.
    known.current = new Set([...known.current].slice(-500));
    sound('alarm');
  }, [gates]);
  const seen = useCallback((alert: Alert) => {
    const body = { tailgaters: alert.tailgaters, unknown_acts: alert.unknownActs };
    api.call('post', '/api/v1/arrivals/{id}/alert-seen', { path: { id: alert.arrival }, body })
      .then(() => setError(null), setError)
      .finally(readAgain);
  }, [readAgain]);
  return { alerts, seen, error };
}

/** Sounds once when somebody comes and once when he waits too long while nobody looks into it. */
export function useArrivalSound(waiting: readonly AtGate[], now: number): void {
  const heard = useRef<Map<string, 'came' | 'late'> | null>(null);
  useEffect(() => {
    const before = heard.current;
    const next = new Map<string, 'came' | 'late'>();
    for (const of of waiting) {
      const { arrival, verifying } = of;
      const late = !verifying && now - Date.parse(arrival.first_seen.utc) >= TOO_LONG_MS;
      const was = before?.get(arrival.id);
      // Those who stood there when the page was opened are no news, but may wait too long.
      if (before && was === undefined) sound('arrival');
      else if (late && was === 'came') sound('tooLong');
      next.set(arrival.id, late || was === 'late' ? 'late' : 'came');
    }
    heard.current = next;
  }, [waiting, now]);
}
