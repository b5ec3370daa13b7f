// The gates and who stands there, as fresh as the live feed: an event only says "read again", the list itself comes whole, so
// that a lost event cannot leave a wrong row behind.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api } from '../../api/client';
import { useLiveEvents } from '../../app/live';

/** Between two readings: an event a millisecond must not become a request a millisecond. */
const APART_MS = 200;
/** Without any event: requests run out and cards end without being told of. */
const ANYWAY_MS = 10_000;
export const GATES = ['gates'];

export function useGates() {
  const queries = useQueryClient();
  const reader = useMemo(() => {
    let waiting: ReturnType<typeof setTimeout> | null = null;
    const reader = {
      again: () => {
        waiting ??= setTimeout(() => {
          waiting = null;
          // A reading on its way is let finish (under many events none would ever arrive), but may be older than the event.
          if (queries.isFetching({ queryKey: GATES }) > 0) reader.again();
          else void queries.invalidateQueries({ queryKey: GATES });
        }, APART_MS);
      },
      stop: () => {
        if (waiting !== null) clearTimeout(waiting);
        waiting = null;
      },
    };
    return reader;
  }, [queries]);
  useEffect(() => reader.stop, [reader]);
  useLiveEvents(['access', 'decision', 'camera', 'hello', 'resync'], reader.again);
  const query = useQuery({
    queryKey: GATES,
    queryFn: ({ signal }) => api.call('get', '/api/v1/gates', { signal }),
    refetchInterval: ANYWAY_MS,
    refetchIntervalInBackground: true,
    staleTime: 0,
  });
  return { ...query, readAgain: reader.again };
}
