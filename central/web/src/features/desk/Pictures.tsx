// Whoever stands there, large, and beside him the picture of whom the system names.
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { asApiError } from '../../api/error';
import type { Arrival } from '../../api/types';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { useErrorText } from '../../ui/errorText';
import { type PictureState, usePicture } from '../../ui/usePicture';

/** The picture of whoever stands there. `may`: he stands there, for the node holds it only so long, and the screen is open. */
export function useLook(arrival: Arrival | null, may: boolean) {
  const [attempt, setAttempt] = useState(0);
  const id = arrival?.id ?? '';
  const key = arrival?.look && may && !arrival.replayed ? `${id}/${arrival.look}` : null;
  const state = usePicture(key, (signal) => api.picture('/api/v1/arrivals/{id}/look', { path: { id }, signal }), attempt);
  useEffect(() => setAttempt(0), [key]);
  return { state, again: () => setAttempt((n) => n + 1) };
}

export function LookPicture({ state, again }: { state: PictureState; again: () => void }) {
  const { t } = useText();
  return (
    <figure className="look">
      <figcaption>{t('desk.card.atGate')}</figcaption>
      <Shown state={state} label={t('desk.card.atGate')} again={again} />
    </figure>
  );
}

export function EnrolledPicture({ arrival }: { arrival: Arrival }) {
  const { t } = useText();
  const { id } = arrival;
  const state = usePicture(arrival.named ? id : null, (signal) => api.picture('/api/v1/arrivals/{id}/enrolled-picture', { path: { id }, signal }));
  // Of a watch entry there may be none, which is no failure.
  const none = !arrival.named || (state.is === 'failed' && asApiError(state.error).status === 404);
  return (
    <figure className="look">
      <figcaption>{t('desk.card.enrolled')}</figcaption>
      {none
        ? <div className="look-empty">{arrival.named ? t('shell.picture.none') : t('desk.card.nobodyNamed')}</div>
        : <Shown state={state} label={t('desk.card.enrolled')} />}
    </figure>
  );
}

function Shown({ state, label, again }: { state: PictureState; label: string; again?: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  switch (state.is) {
    case 'shown':
      return <PictureCanvas picture={state.picture} label={label} className="look-picture personal" />;
    case 'loading':
      return <div className="look-empty" role="status">{t('shell.picture.loading')}</div>;
    case 'none':
      return <div className="look-empty">{t('shell.picture.none')}</div>;
    case 'failed':
      return (
        <div className="look-empty" role="alert">
          <p>{say(state.error)}</p>
          {again && <Button onClick={again}>{t('desk.card.refetch')}</Button>}
        </div>
      );
  }
}
