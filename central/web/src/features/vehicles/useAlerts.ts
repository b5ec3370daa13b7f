// The alerts of the last day at one place. Read once when the screen opens, for the number in the tab; while they are looked at, again
// with each word of the live feed and every minute. Elsewhere only the feed counts: each reading is a look-up.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/client';
import type { PlateAlert } from '../../api/types';
import { useUnseenAlerts } from '../../app/alerts';
import { useLiveEvents } from '../../app/live';
import { type AlertsAt, at, unseenAnywhere } from './alerts';

const KEY = 'plate-alerts';
const EVERY_MS = 60_000;

/** `looking`: the alerts stand on the screen. An empty `site`: it is not known yet. */
export function useAlerts(site: string, looking: boolean, may = true) {
  const { tell } = useUnseenAlerts();
  const query = useQuery({
    queryKey: [KEY, site],
    queryFn: async ({ signal }) => at(site, await api.call('get', '/api/v1/plate-alerts', { query: { site }, signal })),
    enabled: may && site !== '',
    staleTime: looking ? 0 : Infinity,
    refetchInterval: looking ? EVERY_MS : false,
    gcTime: 0,
  });
  const { data, dataUpdatedAt, refetch } = query;
  useEffect(() => {
    if (data) tell(unseenAnywhere(data));
  }, [data, dataUpdatedAt, tell]);
  useLiveEvents(['plate_alert', 'resync'], () => {
    if (looking) void refetch();
  });
  return query;
}

/** Puts an alert as it is now where it stands: rows do not move under anybody's hand until the list is read again. */
export function usePutAlert(): (alert: PlateAlert) => void {
  const queries = useQueryClient();
  return (alert) =>
    queries.setQueryData<AlertsAt>([KEY, alert.site], (was) => was && { ...was, alerts: was.alerts.map((each) => (each.alert_id === alert.alert_id ? alert : each)) });
}
