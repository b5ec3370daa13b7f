// The alerts of the last day. Read once when the screen opens, for the number in the tab; while they are looked at, again with each
// word of the live feed and every minute. Elsewhere only the feed counts: each reading is a look-up.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/client';
import type { PlateAlert } from '../../api/types';
import { useUnseenAlerts } from '../../app/alerts';
import { useLiveEvents } from '../../app/live';
import { inOrder, unseenOf } from './alerts';

const KEY = ['plate-alerts'];
const EVERY_MS = 60_000;

/** `looking`: the alerts stand on the screen. */
export function useAlerts(looking: boolean, may = true) {
  const { tell } = useUnseenAlerts();
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => inOrder((await api.call('get', '/api/v1/plate-alerts', { signal })).items),
    enabled: may,
    staleTime: looking ? 0 : Infinity,
    refetchInterval: looking ? EVERY_MS : false,
    gcTime: 0,
  });
  const { data, dataUpdatedAt, refetch } = query;
  useEffect(() => {
    if (data) tell(unseenOf(data));
  }, [data, dataUpdatedAt, tell]);
  useLiveEvents(['plate_alert', 'resync'], () => {
    if (looking) void refetch();
  });
  return query;
}

/** Puts an alert as it is now where it stands: rows do not move under anybody's hand until the list is read again. */
export function usePutAlert(): (alert: PlateAlert) => void {
  const queries = useQueryClient();
  return (alert) => queries.setQueryData<PlateAlert[]>(KEY, (was) => was?.map((each) => (each.alert_id === alert.alert_id ? alert : each)));
}
