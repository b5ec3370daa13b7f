// Fetches one picture and gives its pixels back when it is no longer shown: pictures of people stay in memory no longer than
// on the screen.
import { useEffect, useState } from 'react';
import type { Fetched } from '../api/client';

export type PictureState =
  | { is: 'none' }
  | { is: 'loading' }
  | { is: 'shown'; picture: ImageBitmap; look: string | null }
  | { is: 'failed'; error: unknown };

interface Held {
  key: string;
  state: PictureState;
}

/** `key` names what is to be shown; null shows nothing. Another key, or another `attempt`, fetches again. */
export function usePicture(key: string | null, load: (signal: AbortSignal) => Promise<Fetched>, attempt = 0): PictureState {
  const [held, setHeld] = useState<Held | null>(null);
  const wanted = key === null ? null : `${key}#${attempt}`;
  useEffect(() => {
    if (wanted === null) return;
    const abort = new AbortController();
    let picture: ImageBitmap | null = null;
    load(abort.signal)
      .then(async ({ blob, look }) => {
        picture = await createImageBitmap(blob);
        if (abort.signal.aborted) picture.close();
        else setHeld({ key: wanted, state: { is: 'shown', picture, look } });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setHeld({ key: wanted, state: { is: 'failed', error } });
      });
    return () => {
      abort.abort();
      // A closed picture must not be drawn when the same key comes back, as after a lock.
      setHeld((was) => (was?.key === wanted ? null : was));
      // Only after React has taken the canvas away.
      setTimeout(() => picture?.close(), 0);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key names everything `load` depends on
  }, [wanted]);
  if (wanted === null) return { is: 'none' };
  // What was held for another key must not be seen under this one.
  return held?.key === wanted ? held.state : { is: 'loading' };
}
