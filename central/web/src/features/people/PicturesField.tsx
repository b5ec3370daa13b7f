// The pictures of a proposal, out of files, and what each was worth.
import type { components } from '../../api/schema';
import { useText } from '../../i18n';
import { Field } from '../../ui/Field';
import { MOST_BYTES, MOST_PICTURES } from './proposal';

/** What is wrong with these files before they are sent. */
export function usePicturesFault(files: readonly File[]): string | undefined {
  const { t } = useText();
  if (files.length > MOST_PICTURES) return t('people.form.tooMany');
  const tooLarge = files.findIndex((file) => file.size > MOST_BYTES);
  return tooLarge >= 0 ? t('people.form.tooLarge', { number: tooLarge + 1 }) : undefined;
}

export function PicturesField({ fault, choose }: { fault: string | undefined; choose: (files: File[]) => void }) {
  const { t } = useText();
  return (
    <Field label={t('people.form.pictures')} hint={fault}>
      {(id) => <input id={id} type="file" accept="image/jpeg,image/png" multiple required aria-invalid={fault !== undefined} onChange={(e) => choose([...(e.target.files ?? [])])} />}
    </Field>
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
