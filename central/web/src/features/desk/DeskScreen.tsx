// Bàn trực: who is at the gates, and one of them large. The list moves, the card does not: only the guard changes it.
import { useEffect, useMemo, useState } from 'react';
import type { Gate } from '../../api/types';
import { useHotkeys } from '../../app/keys';
import { useHere, useSession } from '../../app/session';
import { addWords, useText } from '../../i18n';
import { desk } from '../../i18n/words/desk';
import { visits } from '../../i18n/words/visits';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading } from '../../ui/States';
import { useNow } from '../../ui/useNow';
import { AccessLog } from './AccessLog';
import { Alerts } from './Alerts';
import { CameraNow } from './CameraNow';
import { Card } from './Card';
import { Decide } from './Decide';
import './desk.css';
import { HandOverDialog, LeftBefore } from './HandOver';
import { Locked, SetPin } from './Lock';
import { OpenByHand } from './OpenByHand';
import { useLook } from './Pictures';
import { Queue } from './Queue';
import { Recent } from './Recent';
import { follow, gateKey, isHere, lookAt, NOBODY, type Selection, step } from './queue';
import { RollCallDialog } from './RollCallDialog';
import { soundIsOn, switchSound } from './sound';
import { useAlerts, useArrivalSound } from './useAlerts';
import { useDecision } from './useDecision';
import { useGates } from './useGates';
import { VisitsDialog } from './VisitsDialog';

addWords('desk', desk);
addWords('visits', visits);

export default function DeskScreen() {
  const { t } = useText();
  const gates = useGates();
  const { user } = useHere();
  if (gates.isPending) return <Loading />;
  if (!gates.data) return <Failed error={gates.error} retry={() => void gates.refetch()} />;
  if (gates.data.items.length === 0) return <Empty>{t('desk.queue.noGates')}</Empty>;
  // Another guard sees with eyes of his own: what was looked at before counts for nobody after.
  return <Desk key={user} gates={gates.data.items} failed={gates.error} readAgain={gates.readAgain} />;
}

type Opened = 'hand' | 'log' | 'roll' | 'shift' | 'pin' | 'visits' | 'camera' | null;

function Desk({ gates, failed, readAgain }: { gates: Gate[]; failed: unknown; readAgain: () => void }) {
  const { t } = useText();
  const now = useNow();
  const [only, setOnly] = useState<string | null>(null);
  const [selection, setSelection] = useState<Selection>(NOBODY);
  const [opened, setOpened] = useState<Opened>(null);
  const { locked, hasPin } = useHere();
  const { lock } = useSession();
  const [lockFailed, setLockFailed] = useState<unknown>(null);
  const [loud, setLoud] = useState(soundIsOn);
  const { outcome, decided, decide, forget } = useDecision(readAgain);
  const desk = useMemo(() => lookAt(gates, only, decided), [gates, only, decided]);
  const everywhere = useMemo(() => lookAt(gates, null, decided), [gates, decided]);
  const { alerts, seen, error: unseen } = useAlerts(gates, readAgain);
  useArrivalSound(everywhere.waiting, now);
  useEffect(() => setSelection((was) => follow(was, everywhere, desk.waiting)), [everywhere, desk]);

  const current = selection.last;
  const here = isHere(selection, everywhere);
  const waits = everywhere.waiting.some((of) => of.arrival.id === selection.id);
  // Who waits and has no name on a list is who is written into the visitors' book.
  const ofVisitor = current && here && waits && !current.arrival.named && current.arrival.subject === 'person'
    ? { id: current.arrival.id, site: current.gate.site, gate: current.gate.title } : null;
  const look = useLook(current?.arrival ?? null, here && !locked);
  const all = [...everywhere.waiting, ...everywhere.others];
  const choose = (id: string | null) => {
    const of = all.find((each) => each.arrival.id === id);
    setSelection(of ? { id, last: of } : NOBODY);
  };
  const mute = () => {
    switchSound(!loud);
    setLoud(!loud);
  };
  const shut = () => {
    setLockFailed(null);
    if (hasPin) lock().catch(setLockFailed);
    else setOpened('pin');
  };
  useHotkeys(locked ? [
    { code: 'KeyS', cap: 'S', does: 'desk.act.sound', run: mute },
  ] : [
    { code: 'KeyN', cap: 'N', does: 'desk.act.next', run: () => choose(desk.waiting[0]?.arrival.id ?? null) },
    { code: 'ArrowDown', cap: '↓', does: 'desk.act.down', run: () => choose(step(desk, selection.id, 1)) },
    { code: 'ArrowUp', cap: '↑', does: 'desk.act.up', run: () => choose(step(desk, selection.id, -1)) },
    { code: 'KeyM', cap: 'M', does: 'desk.act.openByHand', run: () => setOpened('hand') },
    { code: 'KeyT', cap: 'T', does: 'desk.act.log', run: () => setOpened('log') },
    { code: 'KeyR', cap: 'R', does: 'desk.act.rollCall', run: () => setOpened('roll') },
    { code: 'KeyB', cap: 'B', does: 'desk.act.handOver', run: () => setOpened('shift') },
    { code: 'KeyV', cap: 'V', does: 'visits.act.open', run: () => setOpened('visits') },
    { code: 'KeyH', cap: 'H', does: 'desk.act.cameraNow', run: () => setOpened('camera') },
    { code: 'KeyL', cap: 'L', does: 'desk.act.lock', run: shut },
    { code: 'KeyS', cap: 'S', does: 'desk.act.sound', run: mute },
  ]);

  return (
    <div className="desk">
      <aside className="desk-side">
        <GateChoice gates={gates} only={only} choose={setOnly} />
        <Queue desk={desk} selected={selection.id} decided={decided} now={now} manyGates={gates.length > 1 && only === null} choose={(of) => choose(of.arrival.id)} />
        <Recent gates={gates} />
      </aside>
      <section className="desk-stage">
        {lockFailed !== null && <Failed error={lockFailed} retry={shut} />}
        {failed !== null && failed !== undefined && <Failed error={failed} retry={readAgain} />}
        <Alerts alerts={alerts} gates={gates} failed={unseen} seen={seen} loud={loud} />
        {locked ? <Locked /> : (
          <>
            <LeftBefore />
            {current
              ? <Card of={current} here={here} waits={waits} now={now} look={look} />
              : <Empty>{t('desk.card.pick')}</Empty>}
            <div className="desk-foot">
              {current && (
                <Decide key={current.arrival.id} arrival={current.arrival} open={here && !current.arrival.replayed && current.arrival.subject === 'person'}
                  look={look.state} outcome={outcome} decide={decide} forget={forget} />
              )}
              <div className="desk-tools">
                <Button keyHint="N" onClick={() => choose(desk.waiting[0]?.arrival.id ?? null)}>{t('desk.act.next')}</Button>
                <Button keyHint="V" onClick={() => setOpened('visits')}>{t('visits.title')}</Button>
                <Button keyHint="H" onClick={() => setOpened('camera')}>{t('desk.act.camera')}</Button>
                <Button keyHint="M" onClick={() => setOpened('hand')}>{t('desk.act.openByHand')}</Button>
                <Button keyHint="T" onClick={() => setOpened('log')}>{t('desk.act.log')}</Button>
                <Button keyHint="R" onClick={() => setOpened('roll')}>{t('desk.act.rollCall')}</Button>
                <Button keyHint="B" onClick={() => setOpened('shift')}>{t('desk.act.handOver')}</Button>
                <Button keyHint="L" onClick={shut}>{t('desk.act.lock')}</Button>
                <Button keyHint="S" onClick={mute}>{t(loud ? 'desk.act.mute' : 'desk.act.unmute')}</Button>
              </div>
            </div>
          </>
        )}
      </section>
      {opened === 'hand' && <OpenByHand gates={gates} at={current ? gateKey(current.gate) : only} onClose={() => setOpened(null)} done={readAgain} />}
      {opened === 'log' && <AccessLog gates={gates} onClose={() => setOpened(null)} />}
      {opened === 'shift' && <HandOverDialog waiting={everywhere.waiting.length} onClose={() => setOpened(null)} />}
      {opened === 'pin' && <SetPin onClose={() => setOpened(null)} />}
      {!locked && opened === 'visits' && <VisitsDialog sites={[...new Set(gates.map((gate) => gate.site))]} arrival={ofVisitor} onClose={() => setOpened(null)} />}
      {!locked && opened === 'camera' && <CameraNow gates={gates} at={current ? gateKey(current.gate) : only} onClose={() => setOpened(null)} />}
      {opened === 'roll' && <RollCallDialog sites={[...new Set(gates.map((gate) => gate.site))]} onClose={() => setOpened(null)} />}
    </div>
  );
}

function GateChoice({ gates, only, choose }: { gates: Gate[]; only: string | null; choose: (gate: string | null) => void }) {
  const { t } = useText();
  const state = (gate: Gate) => {
    if (!gate.node_online) return t('desk.queue.offline');
    return gate.has_door ? '' : t('desk.queue.noDoor');
  };
  return (
    <ul className="gate-choice" aria-label={t('shell.word.gate')}>
      {gates.length > 1 && (
        <li><button type="button" aria-pressed={only === null} onClick={() => choose(null)}>{t('desk.queue.allGates')}</button></li>
      )}
      {gates.map((gate) => (
        <li key={gateKey(gate)}>
          <button type="button" className={gate.node_online ? '' : 'gate-offline'} aria-pressed={gates.length > 1 && only === gateKey(gate)}
            onClick={() => choose(gates.length > 1 ? gateKey(gate) : null)}>
            {gate.title} <span className="hint">{state(gate)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
