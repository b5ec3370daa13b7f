// The pictures of a case at full size, side by side. Light and zoom change the view of both alike, never a picture.
import { useQueryClient } from '@tanstack/react-query';
import { type MouseEvent, useEffect, useState } from 'react';
import type { Picture, SuspicionDetail } from '../../api/types';
import { useHotkeys } from '../../app/keys';
import { type Key, useText } from '../../i18n';
import { suspicions } from '../../i18n/words/suspicions';
import { clockText } from '../../text/time';
import { Button } from '../../ui/Button';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { useErrorText } from '../../ui/errorText';
import { usePicture } from '../../ui/usePicture';
import { fetchPicture, inOrder } from './useCase';

interface View {
  light: number;
  zoom: number;
  /** What the zoom holds still, in per cent of the picture. */
  at: [number, number];
}

const AS_TAKEN: View = { light: 100, zoom: 100, at: [50, 50] };
const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

export function Evidence({ detail, shown }: { detail: SuspicionDetail; shown: (role: string) => void }) {
  const { t } = useText();
  const [view, setView] = useState(AS_TAKEN);
  useEffect(() => setView(AS_TAKEN), [detail.id]);
  const light = (by: number) => setView((was) => ({ ...was, light: within(was.light + by, 40, 300) }));
  const zoom = (by: number) => setView((was) => ({ ...was, zoom: within(was.zoom + by, 100, 800) }));
  useHotkeys([
    { code: 'KeyW', cap: 'W', does: 'suspicions.view.brighter', run: () => light(20) },
    { code: 'KeyQ', cap: 'Q', does: 'suspicions.view.darker', run: () => light(-20) },
    { code: 'KeyZ', cap: 'Z', does: 'suspicions.view.zoomIn', run: () => zoom(100) },
    { code: 'KeyA', cap: 'A', does: 'suspicions.view.zoomOut', run: () => zoom(-100) },
    { code: 'KeyG', cap: 'G', does: 'suspicions.view.reset', run: () => setView(AS_TAKEN) },
  ]);
  const follow = (event: MouseEvent<HTMLElement>) => {
    if (view.zoom === 100) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at: [number, number] = [((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100];
    setView((was) => ({ ...was, at }));
  };
  return (
    <div className="evidence">
      <div className="evidence-pictures">
        {inOrder(detail).map((picture) => (
          <One key={`${detail.id} ${picture.role}`} id={detail.id} picture={picture} view={view} follow={follow} shown={shown} />
        ))}
      </div>
      <div className="evidence-tools">
        <Button look="quiet" keyHint="Q" onClick={() => light(-20)}>{t('suspicions.view.darker')}</Button>
        <Button look="quiet" keyHint="W" onClick={() => light(20)}>{t('suspicions.view.brighter')}</Button>
        <Button look="quiet" keyHint="A" onClick={() => zoom(-100)}>{t('suspicions.view.zoomOut')}</Button>
        <Button look="quiet" keyHint="Z" onClick={() => zoom(100)}>{t('suspicions.view.zoomIn')}</Button>
        <Button look="quiet" keyHint="G" onClick={() => setView(AS_TAKEN)}>{t('suspicions.view.reset')}</Button>
        {view !== AS_TAKEN && <span className="hint">{t('suspicions.view.changed', { light: view.light, zoom: view.zoom })}</span>}
      </div>
    </div>
  );
}

interface OneProps {
  id: string;
  picture: Picture;
  view: View;
  follow: (event: MouseEvent<HTMLElement>) => void;
  shown: (role: string) => void;
}

function One({ id, picture, view, follow, shown }: OneProps) {
  const { t } = useText();
  const say = useErrorText();
  const queries = useQueryClient();
  const state = usePicture(`${id}/${picture.sha256}`, () => fetchPicture(queries, id, picture));
  const label = picture.role in suspicions.view ? t(`suspicions.view.${picture.role}` as Key) : picture.role;
  const is = state.is;
  useEffect(() => {
    if (is === 'shown') shown(picture.role);
  }, [is, shown, picture.role]);
  return (
    <figure className={`evidence-one evidence-${picture.role}`}>
      <figcaption>{label} · {clockText(picture.captured_at.utc)}</figcaption>
      <div className="evidence-window" onMouseMove={follow}>
        {state.is === 'shown' && (
          <PictureCanvas picture={state.picture} label={label} style={{
            filter: `brightness(${view.light}%)`, transform: `scale(${view.zoom / 100})`, transformOrigin: `${view.at[0]}% ${view.at[1]}%`,
          }} />
        )}
        {state.is === 'loading' && <p role="status">{t('shell.picture.loading')}</p>}
        {state.is === 'failed' && <p role="alert">{say(state.error)}</p>}
      </div>
    </figure>
  );
}
