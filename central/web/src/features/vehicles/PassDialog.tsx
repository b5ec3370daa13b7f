// One pass: the picture of that very moment with the plate's corners drawn over it, and what was read there.
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Picture, VehiclePass } from '../../api/types';
import { useHere } from '../../app/session';
import { useText } from '../../i18n';
import { clockText, momentText } from '../../text/time';
import { shareText } from '../../text/number';
import { Dialog } from '../../ui/Dialog';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { Failed, Loading } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { usePicture } from '../../ui/usePicture';
import { useVehicleWords } from '../../ui/vehicleWords';
import { CorrectForm } from './CorrectForm';
import { type Reading, readingOf } from './reading';

interface Props {
  passage: string;
  /** The pass as the screen has it, where it has it; else as the centre answers. */
  known?: VehiclePass | null;
  title: string;
  onClose: () => void;
  corrected: (pass: VehiclePass) => void;
}

export function PassDialog({ passage, known = null, title, onClose, corrected }: Props) {
  const { t } = useText();
  const mayCorrect = useHere().roles.some((role) => role === 'traffic_officer' || role === 'traffic_leader');
  const word = useVehicleWords();
  const query = useQuery({
    queryKey: ['pass', passage],
    queryFn: ({ signal }) => api.call('get', '/api/v1/passes/{passage_id}', { path: { passage_id: passage }, signal }),
    gcTime: 0,
  });
  const pass = known ?? query.data;
  const reading = readingOf(query.data?.body);
  const pictures = query.data?.evidence ?? [];
  const frame = pictures.find((picture) => picture.role === 'frame');
  const crop = pictures.find((picture) => picture.role === 'plate_crop');
  return (
    <Dialog title={title} onClose={onClose} wide>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && pass && (
        <div className="pass">
          <Shown pass={passage} picture={frame} label={t('vehicles.frame')} reading={reading} />
          <div className="pass-side">
            <p className="plate-large">{pass.correction?.text ?? pass.plate?.text ?? t('vehicles.unreadable')}</p>
            {pass.correction && (
              <p className="corrected">
                {t('vehicles.byMachine', { plate: pass.plate?.text ?? t('vehicles.unreadable') })}<br />
                {t('vehicles.corrected', { by: pass.correction.by, at: momentText(pass.correction.at.utc), reason: pass.correction.reason })}
              </p>
            )}
            <p>
              {word('kind', pass.class)}
              {pass.plate?.colour && <> · {t('vehicles.colour')}: {word('colour', pass.plate.colour)}</>}
              {typeof pass.plate?.confidence === 'number' && <> · {t('vehicles.confidence', { share: shareText(pass.plate.confidence) })}</>}
            </p>
            {reading.agreed && (
              <p>
                {t('vehicles.agreed', reading.agreed)}
                {reading.quality !== null && <> · {t('vehicles.quality', { share: shareText(reading.quality) })}</>}
              </p>
            )}
            {reading.mended && <p>{t('vehicles.mended')}</p>}
            {reading.secondOpinion && <p>{t('vehicles.secondOpinion')}</p>}
            {reading.alternatives.length > 0 && <p>{t('vehicles.alternatives')}: {reading.alternatives.join(', ')}</p>}
            <Shown pass={passage} picture={crop} label={t('vehicles.crop')} />
            {mayCorrect && <CorrectForm key={pass.correction?.number ?? 0} pass={pass} done={corrected} />}
            <p className="hint caution">{t('vehicles.suggestion')}</p>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Shown({ pass, picture, label, reading }: { pass: string; picture: Picture | undefined; label: string; reading?: Reading }) {
  const { t } = useText();
  const say = useErrorText();
  const role = picture?.role ?? '';
  const state = usePicture(picture ? `${pass}/${picture.sha256}` : null, (signal) =>
    api.picture('/api/v1/passes/{passage_id}/evidence/{role}', { path: { passage_id: pass, role }, signal }));
  return (
    <figure className="pass-picture">
      <figcaption>{label}{picture && ` · ${clockText(picture.captured_at.utc)}`}</figcaption>
      {state.is === 'none' && <p className="hint">{t('shell.picture.none')}</p>}
      {state.is === 'loading' && <p role="status">{t('shell.picture.loading')}</p>}
      {state.is === 'failed' && <p role="alert">{say(state.error)}</p>}
      {state.is === 'shown' && (
        <div className="pass-frame">
          <PictureCanvas picture={state.picture} label={label} />
          {reading && reading.corners.length === 4 && (
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
              <polygon points={reading.corners.map((corner) => `${corner.x},${corner.y}`).join(' ')} />
            </svg>
          )}
        </div>
      )}
    </figure>
  );
}
