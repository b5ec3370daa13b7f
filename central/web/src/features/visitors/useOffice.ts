// What the pages of the tourism office ask the centre for. A change of any figure makes all of it be read anew: sums hang on it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../api/client';
import type { Kind } from './period';

const ROOT = 'visitors';
const MINUTE_MS = 60_000;
/** Figures are nobody's: reading them again costs nothing but the reading, and lines count by the minute. */
const FRESH = { staleTime: 0, refetchInterval: MINUTE_MS };

export function usePlaces() {
  return useQuery({ queryKey: [ROOT, 'places'], ...FRESH, queryFn: ({ signal }) => api.call('get', '/api/v1/visitors/places', { signal }) });
}

export function useNowAt(site: string) {
  return useQuery({
    queryKey: [ROOT, 'now', site], ...FRESH,
    queryFn: ({ signal }) => api.call('get', '/api/v1/visitors/now', { query: { site }, signal }),
  });
}

export function useHolidays(wanted: boolean) {
  return useQuery({ queryKey: [ROOT, 'holidays'], enabled: wanted, queryFn: ({ signal }) => api.call('get', '/api/v1/visitors/holidays', { signal }) });
}

export function useFigures(site: string, kind: Kind, at: string, holiday: string | null, live: boolean) {
  return useQuery({
    queryKey: [ROOT, 'figures', site, kind, at, holiday], staleTime: 0, refetchInterval: live ? MINUTE_MS : false,
    enabled: kind !== 'holiday' || holiday !== null,
    queryFn: ({ signal }) => api.call('get', '/api/v1/visitors/figures', {
      query: { site, kind, at: kind === 'holiday' ? null : at, holiday: kind === 'holiday' ? holiday : null }, signal,
    }),
  });
}

export function useReport(month: string) {
  return useQuery({ queryKey: [ROOT, 'report', month], ...FRESH, queryFn: ({ signal }) => api.call('get', '/api/v1/visitors/report', { query: { month }, signal }) });
}

export function useEntries(site: string, from: string, to: string) {
  return useQuery({ queryKey: [ROOT, 'entries', site, from, to], staleTime: 0, queryFn: ({ signal }) => api.call('get', '/api/v1/visitors/entries', { query: { site, from, to }, signal }) });
}

/** To be called after every change. */
export function useReadAnew(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: [ROOT] }), [queries]);
}
