// The still of a camera with its moment, and for a desk the clear view: with a purpose, and it is said that it is on record.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CameraPath } from '../api/types';
import { addWords, useText } from '../i18n';
import { still as words } from '../i18n/words/still';
import { clockText, spanText } from '../text/time';
import { Button } from './Button';
import { Field } from './Field';
import { PictureCanvas } from './PictureCanvas';
import { Notice } from './States';
import './still.css';
import { useErrorText } from './errorText';
import { useNow } from './useNow';
import { type Still, useStill } from './useStill';

addWords('still', words);

interface Props {
  of: CameraPath;
  /** May look coarsely, may look clearly: by role. */
  coarse: boolean;
  clear: boolean;
}

export function StillPicture({ of, coarse, clear }: Props) {
  const { t } = useText();
  const { still, ask, asking, error, hide } = useStill(of);
  const [purpose, setPurpose] = useState('');
  const look = (event: FormEvent) => {
    event.preventDefault();
    ask(purpose.trim());
  };
  return (
    <div className="still">
      <StillFrame of={of} still={still} asking={asking} error={error} />
      <div className="still-side">
        {coarse && <Button disabled={asking} onClick={() => ask(null)} data-act="still">{t(still && !still.clear ? 'still.again' : 'still.get')}</Button>}
        {still?.clear && <><Notice tone="warn">{t('still.shown')}</Notice><Button onClick={hide}>{t('still.hide')}</Button></>}
        {clear && (
          <form className="form" onSubmit={look}>
            <Field label={t('still.purpose')} hint={t('still.recorded')}>
              {(id) => <input id={id} name="purpose" required minLength={5} maxLength={200} autoComplete="off" value={purpose} onChange={(e) => setPurpose(e.target.value)} />}
            </Field>
            <Button look="main" type="submit" disabled={asking}>{t('still.clear')}</Button>
          </form>
        )}
      </div>
    </div>
  );
}

interface FrameProps {
  of: CameraPath;
  still: Still | null;
  asking: boolean;
  error: unknown;
  /** Drawn over the picture. */
  children?: ReactNode;
}

export function StillFrame({ of, still, asking, error, children }: FrameProps) {
  const { t } = useText();
  const say = useErrorText();
  const failed = error !== null && error !== undefined && !asking;
  return (
    <figure className="still-figure">
      <div className="still-frame">
        {still ? <PictureCanvas picture={still.picture} label={t('still.label', { camera: of.camera })} /> : <div className="still-empty">{!asking && !failed && <p>{t('still.none')}</p>}</div>}
        {asking && <p className="still-wait" role="status">{t('still.waiting')}</p>}
        {children}
      </div>
      {failed && <Notice tone="bad" alert>{say(error)}</Notice>}
      {still && <figcaption className="hint"><Age at={still.capturedAt} />{!still.clear && <> {t('still.coarse')}</>}</figcaption>}
    </figure>
  );
}

/** A picture grows old before one's eyes: how old is said all the time. */
function Age({ at }: { at: string | null }) {
  const { t } = useText();
  const now = useNow();
  if (at === null) return null;
  return <strong>{t('still.at', { time: clockText(at) })} · {t('still.old', { time: spanText(now - Date.parse(at)) })}.</strong>;
}
