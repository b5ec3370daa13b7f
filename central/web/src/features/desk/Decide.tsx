// The bar under the card: one key each. A press counts only when this very card stood there for 0.4 s.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Hotkey, useHotkeys } from '../../app/keys';
import type { Arrival, RefusalReason } from '../../api/types';
import { useText } from '../../i18n';
import { desk } from '../../i18n/words/desk';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import type { PictureState } from '../../ui/usePicture';
import { KeyGuard } from '../../ui/keyGuard';
import { leavesOpen, type Outcome, type Word } from './useDecision';
import { commandKey, decisionKey } from './wordsOf';

const REASONS = Object.keys(desk.refusal) as RefusalReason[];

interface Props {
  arrival: Arrival;
  /** He stands there, and it is not from a file. */
  open: boolean;
  look: PictureState;
  outcome: Outcome | null;
  decide: (arrival: Arrival, word: Word) => void;
  forget: () => void;
}

/** Acts only when `card` was on the screen for a moment. */
function useGuard(card: string): (act: () => void) => void {
  const guard = useRef(new KeyGuard());
  useEffect(() => guard.current.show(card, performance.now()), [card]);
  return (act) => {
    if (guard.current.mayAct(card, performance.now())) act();
  };
}

export function Decide({ arrival, open, look, outcome, decide, forget }: Props) {
  const { t } = useText();
  const [refusing, setRefusing] = useState(false);
  const seen = look.is === 'shown' ? look.look : null;
  const guarded = useGuard(`${arrival.id}/${arrival.revision}/${seen ?? ''}`);
  const mine = outcome?.arrival === arrival.id ? outcome : null;
  const sending = mine?.is === 'sending';
  const settled = mine?.is === 'done' && !leavesOpen(mine.verdict);
  const may = open && !sending && !settled;
  // What was not seen lets nobody in; without a picture there is nothing that had to be seen.
  const mayAdmit = may && (!arrival.look || seen === arrival.look);
  const mayUnname = may && arrival.named;

  const admit = () => guarded(() => decide(arrival, { verdict: 'admit' }));
  const refuse = () => guarded(() => setRefusing(true));
  const verify = () => guarded(() => decide(arrival, { verdict: 'verifying' }));
  const unname = () => guarded(() => decide(arrival, { verdict: 'not_this_person' }));
  const reasonGiven = (reason: RefusalReason, note: string | null) => guarded(() => {
    setRefusing(false);
    decide(arrival, { verdict: 'refuse', reason, note });
  });
  const keys: Hotkey[] = refusing ? [] : [
    { code: 'KeyC', cap: 'C', does: 'desk.act.admit', run: () => { if (mayAdmit) admit(); } },
    { code: 'KeyX', cap: 'X', does: 'desk.act.verifying', run: () => { if (may) verify(); } },
    { code: 'KeyK', cap: 'K', does: 'desk.act.refuse', run: () => { if (may) refuse(); } },
    { code: 'KeyD', cap: 'D', does: 'desk.act.notThisPerson', run: () => { if (mayUnname) unname(); } },
  ];
  useHotkeys(keys);

  if (refusing && may) return <Reasons give={reasonGiven} cancel={() => setRefusing(false)} />;
  return (
    <div className="decide">
      <Told outcome={mine} again={forget} />
      {may && arrival.look && !mayAdmit && look.is !== 'failed' && <p className="hint">{t('desk.act.waitForPicture')}</p>}
      {!settled && <div className="decide-buttons">
        <Button look="good" keyHint="C" disabled={!mayAdmit} onClick={admit}>{t('desk.act.admit')}</Button>
        <Button keyHint="X" disabled={!may} onClick={verify}>{t('desk.act.verifying')}</Button>
        <Button look="bad" keyHint="K" disabled={!may} onClick={refuse}>{t('desk.act.refuse')}</Button>
        <Button keyHint="D" disabled={!mayUnname} onClick={unname}>{t('desk.act.notThisPerson')}</Button>
      </div>}
    </div>
  );
}

function Told({ outcome, again }: { outcome: Outcome | null; again: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  if (!outcome || outcome.is === 'sending') return null;
  const verdict = decisionKey(outcome.verdict);
  if (outcome.is === 'failed') return <Notice tone="bad" alert>{verdict && <strong>{t(verdict)}: </strong>}{say(outcome.error)}</Notice>;
  if (!outcome.answer) return <Notice tone="good"><span className="told"><span>{verdict && <strong>{t(verdict)}. </strong>}{t('desk.verifying.told')}</span></span></Notice>;
  const command = commandKey(outcome.answer.command);
  return (
    <Notice tone={outcome.answer.command === 'sent' ? 'good' : 'warn'}>
      <span className="told">
        <span>{verdict && <strong>{t(verdict)}. </strong>}{command ? t(command) : outcome.answer.command_text}</span>
        {!leavesOpen(outcome.verdict) && <Button look="quiet" onClick={again}>{t('desk.act.again')}</Button>}
      </span>
    </Notice>
  );
}

interface ReasonsProps {
  give: (reason: RefusalReason, note: string | null) => void;
  cancel: () => void;
}

/** A digit gives the reason and the word at once; another reason has to be written down first. */
function Reasons({ give, cancel }: ReasonsProps) {
  const { t } = useText();
  const [other, setOther] = useState(false);
  const [note, setNote] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (other) field.current?.focus();
  }, [other]);
  const pick = (reason: RefusalReason) => {
    if (reason === 'other') setOther(true);
    else give(reason, null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() !== '') give('other', note.trim());
  };
  useHotkeys([
    ...REASONS.map((reason, n): Hotkey => ({
      code: `Digit${n + 1}`, cap: String(n + 1), does: `desk.refusal.${reason}`, run: () => pick(reason),
    })),
    { code: 'Escape', cap: 'Esc', does: 'shell.word.cancel', run: cancel },
  ]);
  return (
    <div className="decide decide-reasons">
      <h2>{t('desk.act.refuse')}: {t('desk.act.chooseReason')}</h2>
      <div className="decide-buttons">
        {REASONS.map((reason, n) => (
          <Button key={reason} keyHint={String(n + 1)} aria-pressed={reason === 'other' ? other : undefined} onClick={() => pick(reason)}>
            {t(`desk.refusal.${reason}`)}
          </Button>
        ))}
        <Button look="quiet" keyHint="Esc" onClick={cancel}>{t('shell.word.cancel')}</Button>
      </div>
      {other && (
        <form className="form-row" onSubmit={submit}>
          <input ref={field} className="grow" aria-label={t('desk.note.needed')} placeholder={t('desk.note.needed')} maxLength={500}
            value={note} onChange={(e) => setNote(e.target.value)}
            onKeyDown={(e) => { if (e.key === 'Escape') cancel(); }} />
          <Button look="bad" type="submit" disabled={note.trim() === ''}>{t('desk.note.send')}</Button>
        </form>
      )}
    </div>
  );
}
