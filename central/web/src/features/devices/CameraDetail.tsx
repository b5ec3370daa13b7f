// One camera: the picture now, the lines drawn on it, when it was away.
import { lazy, Suspense, useState } from 'react';
import type { CameraView } from '../../api/types';
import { useHotkeys } from '../../app/keys';
import { useHere } from '../../app/session';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Loading } from '../../ui/States';
import { StillPicture } from '../../ui/StillPicture';
import { History } from './History';
import { StateOf } from './StateOf';

const LineEditor = lazy(() => import('./LineEditor'));
const PARTS = ['picture', 'lines', 'history'] as const;

export function CameraDetail({ camera, back }: { camera: CameraView; back: () => void }) {
  const { t } = useText();
  const { roles } = useHere();
  const operator = roles.includes('operator');
  const [part, setPart] = useState<(typeof PARTS)[number]>('picture');
  // A drawing that was not sent is not lost by a key pressed too early.
  const [unsent, setUnsent] = useState(false);
  const [asked, setAsked] = useState<(() => void) | null>(null);
  const leave = (go: () => void) => {
    if (unsent) setAsked(() => go);
    else go();
  };
  useHotkeys([{ code: 'Escape', cap: 'Esc', does: 'devices.detail.back', run: () => leave(back) }]);
  const of = { site: camera.site, node: camera.node, camera: camera.camera };
  return (
    <div className="page">
      <div className="page-head">
        <Button keyHint="Esc" onClick={() => leave(back)}>{t('devices.detail.back')}</Button>
        <h1>{camera.camera} <span className="hint">{camera.site} / {camera.node}</span></h1>
        <fieldset className="segments">
          <legend className="visually-hidden">{t('devices.detail.part')}</legend>
          {PARTS.map((each) => <button key={each} type="button" data-part={each} aria-pressed={each === part} onClick={() => leave(() => setPart(each))}>{t(`devices.detail.${each}`)}</button>)}
        </fieldset>
      </div>
      <StateOf camera={camera} />
      {part === 'picture' && <StillPicture of={of} coarse={operator} clear={roles.includes('desk')} />}
      {part === 'lines' && <Suspense fallback={<Loading />}><LineEditor of={of} mayDraw={operator} tellUnsent={setUnsent} /></Suspense>}
      {part === 'history' && <History of={of} />}
      {asked && (
        <Dialog title={t('devices.draw.unsent')} onClose={() => setAsked(null)}>
          <p>{t('devices.draw.unsentWhat')}</p>
          <div className="dialog-actions">
            <Button onClick={() => setAsked(null)}>{t('devices.draw.goOn')}</Button>
            <Button look="bad" data-act="drop-drawing" onClick={() => {
              setAsked(null);
              setUnsent(false);
              asked();
            }}>{t('devices.draw.dropDrawing')}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
