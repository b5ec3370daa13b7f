// Opens a door without anybody having been recognised. The reason is one key; it is on record before the door moves.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Gate, OpenReason } from '../../api/types';
import { useHotkeys } from '../../app/keys';
import { useText } from '../../i18n';
import { desk } from '../../i18n/words/desk';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Empty, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { gateKey } from './queue';
import { commandKey } from './wordsOf';

const REASONS = Object.keys(desk.opening) as OpenReason[];

interface Props {
  gates: readonly Gate[];
  at: string | null;
  onClose: () => void;
  done: () => void;
}

export function OpenByHand({ gates, at, onClose, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const doors = gates.filter((gate) => gate.has_door);
  const [chosen, setChosen] = useState(at);
  const gate = doors.find((each) => gateKey(each) === chosen) ?? doors[0];
  const [reason, setReason] = useState<OpenReason | null>(null);
  const [note, setNote] = useState('');
  const opening = useMutation({
    mutationFn: async () => {
      if (!gate || !reason) return null;
      const path = { site: gate.site, node: gate.node, gate: gate.gate };
      return api.call('post', '/api/v1/gates/{site}/{node}/{gate}/open', { path, body: { reason, note: note.trim() || null } });
    },
    onSettled: done,
  });
  useHotkeys(REASONS.map((each, n) => ({
    code: `Digit${n + 1}`, cap: String(n + 1), does: `desk.opening.${each}` as const, run: () => setReason(each),
  })), true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  if (!gate) {
    return <Dialog title={t('desk.act.openByHand')} onClose={onClose}><Empty>{t('desk.hand.noGate')}</Empty></Dialog>;
  }
  const answer = opening.data;
  const command = answer ? commandKey(answer.command) : null;
  return (
    <Dialog title={t('desk.hand.title', { gate: gate.title })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {doors.length > 1 && (
          <Field label={t('desk.hand.chooseGate')}>
            {(id) => (
              <select id={id} value={gateKey(gate)} onChange={(e) => setChosen(e.target.value)}>
                {doors.map((door) => <option key={gateKey(door)} value={gateKey(door)}>{door.title}</option>)}
              </select>
            )}
          </Field>
        )}
        <fieldset className="reasons">
          <legend>{t('shell.word.reason')}</legend>
          {REASONS.map((each, n) => (
            <Button key={each} keyHint={String(n + 1)} aria-pressed={each === reason} onClick={() => setReason(each)}>
              {t(`desk.opening.${each}`)}
            </Button>
          ))}
        </fieldset>
        <Field label={reason === 'other' ? t('desk.note.needed') : t('shell.word.note')}>
          {(id) => <input id={id} maxLength={500} value={note} required={reason === 'other'} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        {opening.isError && <Notice tone="bad" alert>{say(opening.error)}</Notice>}
        {answer && <Notice tone={answer.command === 'sent' ? 'good' : 'warn'}>{command ? t(command) : answer.command_text}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t(answer ? 'shell.word.close' : 'shell.word.cancel')}</Button>
          {/* Opened once is opened: a second time is a second dialog. */}
          <Button look="good" type="submit" disabled={!reason || opening.isPending || Boolean(answer)}>{t('desk.hand.open')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
