// A clock that ticks for what shows running times.
import { useEffect, useState } from 'react';
import { api } from '../api/client';

export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(() => api.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(api.now()), everyMs);
    return () => clearInterval(ticking);
  }, [everyMs]);
  return now;
}
