// One case with its pictures, and the words of the next ones fetched ahead. Their pictures are not: the centre takes a picture
// it has sent for one the officer has looked at, and confirms on that.
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, type Fetched } from '../../api/client';
import type { Picture, SuspicionDetail } from '../../api/types';

const caseOf = (id: string) => queryOptions({
  queryKey: ['suspicion', id],
  queryFn: ({ signal }) => api.call('get', '/api/v1/suspicions/{id}', { path: { id }, signal }),
  staleTime: 5 * 60_000,
});

/** A picture never changes under its hash. */
const pictureOf = (id: string, picture: Picture) => queryOptions({
  queryKey: ['suspicion picture', id, picture.role, picture.sha256],
  queryFn: ({ signal }) => api.picture('/api/v1/suspicions/{id}/evidence/{role}', { path: { id, role: picture.role }, signal }),
  staleTime: Infinity,
});

export function fetchPicture(queries: QueryClient, id: string, picture: Picture): Promise<Fetched> {
  return queries.query(pictureOf(id, picture));
}

/** Pictures in the order they are looked at. */
const ORDER = ['before', 'after', 'frame', 'plate_crop'];
export function inOrder(detail: SuspicionDetail): Picture[] {
  return [...detail.evidence].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}

export function useCase(id: string | null, next: readonly string[]) {
  const queries = useQueryClient();
  const query = useQuery({ ...caseOf(id ?? ''), enabled: id !== null });
  const wanted = next.join(' ');
  // Only when the case itself is there: what is looked at now is never slowed down by what comes next.
  const ready = query.isSuccess;
  useEffect(() => {
    if (!ready || wanted === '') return;
    const stop = new AbortController();
    const stopped = () => stop.signal.aborted;
    const fetchAhead = async () => {
      for (const each of wanted.split(' ')) {
        if (stopped()) return;
        // A failure ahead is told when the case is opened.
        await queries.query(caseOf(each)).catch(() => null);
      }
    };
    void fetchAhead();
    return () => stop.abort();
  }, [queries, wanted, ready]);
  return query;
}
