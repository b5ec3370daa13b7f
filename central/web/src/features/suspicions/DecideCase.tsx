// Confirm in six keys (X, at most four statements, Enter), reject in two (B, reason). The statements are those of the day of the
// act, from the centre. Confirming quotes the hash of every picture that was on the screen; there is no way to confirm two at once.
import { useEffect, useRef, useState } from 'react';
import type { RejectionReason, SuspicionDetail } from '../../api/types';
import { type Hotkey, useHotkeys } from '../../app/keys';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { KeyGuard } from '../../ui/keyGuard';

interface Props {
  detail: SuspicionDetail;
  /** Every picture of the case is on the screen. */
  allShown: boolean;
  /** It is this officer's. */
  mine: boolean;
  busy: boolean;
  confirm: (checklist: string[]) => void;
  reject: (reason: RejectionReason) => void;
}

export function DecideCase({ detail, allShown, mine, busy, confirm, reject }: Props) {
  const { t, language } = useText();
  const [open, setOpen] = useState<'confirm' | 'reject' | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const guard = useRef(new KeyGuard());
  const card = `${detail.id}/${detail.revision}`;
  useEffect(() => guard.current.show(card, performance.now()), [card]);
  const may = mine && !busy && detail.state === 'pending_review';
  const guarded = (act: () => void) => {
    if (may && guard.current.mayAct(card, performance.now())) act();
  };
  const checks = detail.checklist;
  const complete = checks.length > 0 && checks.every((check) => ticked.has(check.item));
  const tick = (check: string) => setTicked((was) => {
    const next = new Set(was);
    if (!next.delete(check)) next.add(check);
    return next;
  });
  const send = () => guarded(() => {
    if (complete && allShown) confirm([...ticked]);
  });
  const give = (reason: RejectionReason) => guarded(() => reject(reason));
  const cancel = () => {
    setOpen(null);
    setTicked(new Set());
  };
  const escape: Hotkey = { code: 'Escape', cap: 'Esc', does: 'shell.word.cancel', run: cancel };
  const closed: Hotkey[] = [
    { code: 'KeyX', cap: 'X', does: 'suspicions.act.confirm', run: () => guarded(() => { if (allShown) setOpen('confirm'); }) },
    { code: 'KeyB', cap: 'B', does: 'suspicions.act.reject', run: () => guarded(() => setOpen('reject')) },
  ];
  const confirming: Hotkey[] = [
    ...checks.map((check, n): Hotkey => ({ code: `Digit${n + 1}`, cap: String(n + 1), does: 'suspicions.act.tick', run: () => tick(check.item) })),
    { code: 'Enter', cap: 'Enter', does: 'suspicions.act.confirm', run: send }, escape,
  ];
  const rejecting: Hotkey[] = [
    ...detail.rejection_reasons.map(({ reason }, n): Hotkey => ({ code: digit(n), cap: digit(n).slice(-1), does: `suspicions.reason.${reason}`, run: () => give(reason) })),
    escape,
  ];
  useHotkeys({ confirm: confirming, reject: rejecting, none: closed }[open ?? 'none']);

  if (open === 'confirm') {
    return (
      <div className="case-panel">
        <h2>{t('suspicions.act.confirm')}: {t('suspicions.act.chooseChecks')}</h2>
        <div className="case-choices">
          {checks.map((check, n) => (
            <Button key={check.item} keyHint={String(n + 1)} aria-pressed={ticked.has(check.item)} onClick={() => tick(check.item)}>
              {ticked.has(check.item) ? '☑ ' : '☐ '}{language === 'vi' ? check.text_vi : check.text_en}
            </Button>
          ))}
        </div>
        <div className="case-choices">
          <Button look="main" keyHint="Enter" disabled={!complete || !allShown || !may} onClick={send}>{t('suspicions.act.confirm')}</Button>
          <Button look="quiet" keyHint="Esc" onClick={cancel}>{t('shell.word.cancel')}</Button>
        </div>
      </div>
    );
  }
  if (open === 'reject') {
    return (
      <div className="case-panel">
        <h2>{t('suspicions.act.reject')}: {t('suspicions.act.chooseReason')}</h2>
        <div className="case-choices">
          {detail.rejection_reasons.map(({ reason }, n) => (
            <Button key={reason} keyHint={digit(n).slice(-1)} disabled={!may} onClick={() => give(reason)}>{t(`suspicions.reason.${reason}`)}</Button>
          ))}
          <Button look="quiet" keyHint="Esc" onClick={cancel}>{t('shell.word.cancel')}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="case-choices">
      <Button look="main" keyHint="X" disabled={!may || !allShown} onClick={() => guarded(() => setOpen('confirm'))}>{t('suspicions.act.confirm')}</Button>
      <Button keyHint="B" disabled={!may} onClick={() => guarded(() => setOpen('reject'))}>{t('suspicions.act.reject')}</Button>
      {!allShown && <span className="hint">{t('suspicions.act.waitForPictures')}</span>}
    </div>
  );
}

/** Ten reasons on ten digits: the tenth is 0. */
const digit = (n: number) => `Digit${(n + 1) % 10}`;
