// The gate's camera at this moment, clearly: with a purpose and on record.
import { useState } from 'react';
import type { Gate } from '../../api/types';
import { useText } from '../../i18n';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { StillPicture } from '../../ui/StillPicture';
import { gateKey } from './queue';

export function CameraNow({ gates, at, onClose }: { gates: readonly Gate[]; at: string | null; onClose: () => void }) {
  const { t } = useText();
  const [chosen, setChosen] = useState(at);
  const gate = gates.find((each) => gateKey(each) === chosen) ?? gates[0];
  if (!gate) return null;
  return (
    <Dialog title={t('desk.act.cameraNow')} onClose={onClose} wide>
      {gates.length > 1 && (
        <Field label={t('shell.word.gate')}>
          {(id) => <select id={id} value={gateKey(gate)} onChange={(e) => setChosen(e.target.value)}>{gates.map((each) => <option key={gateKey(each)} value={gateKey(each)}>{each.title}</option>)}</select>}
        </Field>
      )}
      <StillPicture key={gateKey(gate)} of={{ site: gate.site, node: gate.node, camera: gate.camera }} coarse={false} clear />
    </Dialog>
  );
}
