// How a camera is, in words, and what somebody should do about it.
import type { CameraView } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { devices } from '../../i18n/words/devices';
import { momentText } from '../../text/time';
import { Notice } from '../../ui/States';
import { todoOf, viewTroubles } from './trouble';

export function useStateWord(): (state: string) => string {
  const { t } = useText();
  return (state) => t(`devices.is.${state in devices.is ? state : 'unknown'}` as Key);
}

export function CameraState({ camera }: { camera: CameraView }) {
  const { t } = useText();
  const say = useStateWord();
  const todo = todoOf(camera);
  const troubles = viewTroubles(camera.view).map((trouble) => t(`devices.view.${trouble}`));
  return <span className={`device device-${todo ? 'trouble' : camera.state}`}>{camera.state === 'online' && troubles.length > 0 ? troubles.join(', ') : say(camera.state)}</span>;
}

export function StateOf({ camera }: { camera: CameraView }) {
  const { t } = useText();
  const todo = todoOf(camera);
  const said = camera.reason === '' ? null : `${t('devices.reason')}: ${camera.reason}`;
  return (
    <Notice tone={todo ? 'bad' : 'plain'}>
      <p><CameraState camera={camera} /> <span className="hint">{t('devices.sinceOf', { at: momentText(camera.since.utc) })}</span></p>
      {said && <p>{said}</p>}
      {todo && <p><strong>{t('devices.what')}:</strong> {t(`devices.todo.${todo}`)}</p>}
    </Notice>
  );
}
