// Pictures out of a camera at this desk. The stream goes to the page and nowhere else; a picture is a file like any other, and
// the camera is let go of when this closes. Browsers give a camera to pages under TLS or on this machine itself only.
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Loading, Notice } from '../../ui/States';

const WANTED: MediaStreamConstraints = { audio: false, video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' } };

/** One picture of what the camera shows now. */
async function taken(video: HTMLVideoElement): Promise<File | null> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.95));
  return blob && new File([blob], 'webcam.jpg', { type: 'image/jpeg' });
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export default function Webcam({ full, take, onClose }: { full: boolean; take: (file: File) => void; onClose: () => void }) {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'asking' | 'on' | 'refused'>('asking');
  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
      if (gone) {
        release(stream);
        return;
      }
      const shown = video.current;
      if (!shown) return;
      shown.srcObject = stream;
      await shown.play();
      setState('on');
    };
    // No camera, none allowed, or a page that is given none: it is one sentence for whoever stands there.
    begin().catch(() => {
      if (!gone) setState('refused');
    });
    return () => {
      gone = true;
      if (stream) release(stream);
    };
  }, []);
  const shoot = async () => {
    const file = video.current && await taken(video.current);
    if (file) take(file);
  };
  return (
    <div className="webcam">
      {state === 'asking' && <Loading />}
      {state === 'refused' && <Notice tone="warn">{t('people.form.webcamRefused')}</Notice>}
      <video ref={video} hidden={state !== 'on'} muted playsInline aria-label={t('people.form.webcam')} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('people.form.webcamOff')}</Button>
        {state === 'on' && <Button look="main" disabled={full} onClick={() => void shoot()}>{t('people.form.shoot')}</Button>}
      </div>
    </div>
  );
}
