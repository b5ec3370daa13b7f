// The pictures of a proposal, out of files or a webcam, and what each was worth.
import { lazy, Suspense, useState } from 'react';
import type { components } from '../../api/schema';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { MOST_BYTES, MOST_PICTURES } from './proposal';

const Webcam = lazy(() => import('./Webcam'));

/** What is wrong with these files before they are sent. */
export function usePicturesFault(files: readonly File[]): string | undefined {
  const { t } = useText();
  if (files.length > MOST_PICTURES) return t('people.form.tooMany');
  const tooLarge = files.findIndex((file) => file.size > MOST_BYTES);
  return tooLarge >= 0 ? t('people.form.tooLarge', { number: tooLarge + 1 }) : undefined;
}

export function PicturesField({ fault, choose }: { fault: string | undefined; choose: (files: File[]) => void }) {
  const { t } = useText();
  const [picked, setPicked] = useState<File[]>([]);
  const [shot, setShot] = useState<File[]>([]);
  const [webcam, setWebcam] = useState(false);
  const set = (files: File[], shots: File[]) => {
    setPicked(files);
    setShot(shots);
    choose([...files, ...shots]);
  };
  return (
    <>
      <Field label={t('people.form.pictures')} hint={fault}>
        {(id) => <input id={id} type="file" accept="image/jpeg,image/png" multiple required={shot.length === 0} aria-invalid={fault !== undefined} onChange={(e) => set([...(e.target.files ?? [])], shot)} />}
      </Field>
      <div className="form-row">
        {!webcam && <Button onClick={() => setWebcam(true)}>{t('people.form.webcam')}</Button>}
        {shot.length > 0 && <><span className="hint" role="status">{t('people.form.shots', { count: shot.length })}</span><Button onClick={() => set(picked, [])}>{t('people.form.dropShots')}</Button></>}
      </div>
      {webcam && <Suspense><Webcam full={picked.length + shot.length >= MOST_PICTURES} take={(file) => set(picked, [...shot, file])} onClose={() => setWebcam(false)} /></Suspense>}
    </>
  );
}

export function Judged({ pictures }: { pictures: components['schemas']['PictureView'][] }) {
  const { t } = useText();
  return (
    <ul>
      {pictures.map((picture) => (
        <li key={picture.number}><strong>{t('people.form.picture', { number: picture.number })}</strong>: {picture.good ? t('people.form.good') : picture.words.join(' ')}</li>
      ))}
    </ul>
  );
}
