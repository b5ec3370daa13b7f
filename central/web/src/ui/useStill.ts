// One still of a camera, asked for by a press and never by itself: the node makes it for this question, and a clear one is on
// record. Its pixels go with whoever showed it.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client';
import type { CameraPath } from '../api/types';
import { inTurn } from './inTurn';

export interface Still { picture: ImageBitmap; capturedAt: string | null; clear: boolean }

export function useStill(of: CameraPath) {
  const [still, setStill] = useState<Still | null>(null);
  useEffect(() => () => {
    // Only after React has taken the canvas away.
    const gone = still?.picture;
    if (gone) setTimeout(() => gone.close(), 0);
  }, [still]);
  const key = `${of.site}/${of.node}/${of.camera}`;
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  useEffect(() => () => setStill(null), [key]);
  const asking = useMutation({
    mutationFn: async (purpose: string | null): Promise<Still> => {
      await inTurn(`still ${key}`);
      // Whoever left meanwhile looks at nothing, and nothing goes on record for it.
      if (!here.current) throw new DOMException('left', 'AbortError');
      const path = { site: of.site, node: of.node, camera: of.camera };
      const { blob, headers } = purpose === null
        ? await api.file('/api/v1/cameras/{site}/{node}/{camera}/still', { path, body: {} })
        : await api.file('/api/v1/cameras/{site}/{node}/{camera}/clear-still', { path, body: { purpose } });
      return { picture: await createImageBitmap(blob), capturedAt: headers.get('x-chilang-captured-at'), clear: purpose !== null };
    },
    onSuccess: setStill,
    gcTime: 0,
  });
  return { still, ask: asking.mutate, asking: asking.isPending, error: asking.error, hide: () => setStill(null) };
}
