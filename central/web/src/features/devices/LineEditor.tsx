// Lines and zones of one camera: drawn on a still, tried on today's ways, sent down as a signed bundle with a reason, and followed
// until the node says that it has them.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import { asApiError } from '../../api/error';
import type { CameraLines, LinesPreview } from '../../api/types';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { hourText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { StillFrame } from '../../ui/StillPicture';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { inTurn } from '../../ui/inTurn';
import { useStill } from '../../ui/useStill';
import { changed, type Drawing, drawingOf, type Drawn, faultsOf, freshLine, sameDrawn, stepped, toSend, undone } from './drawing';
import { LEAST_ZONE_POINTS, MOST_ZONE_POINTS, turned, withoutPoint, withPoint } from './geometry';
import type { Of } from './History';
import { LineCanvas } from './LineCanvas';

/** A node takes a bundle within seconds of hearing of it. */
const ASKED_EVERY_MS = 3_000;
const [WIDE, HIGH] = [1280, 720];
/** As many as the service takes. */
const MOST_LINES = 16;

interface Props {
  of: Of;
  mayDraw: boolean;
  /** Called when something was drawn and not sent, and when that is over. */
  tellUnsent: (unsent: boolean) => void;
}

export default function LineEditor({ of, mayDraw, tellUnsent }: Props) {
  const path = { site: of.site, node: of.node, camera: of.camera };
  const query = useQuery({
    queryKey: ['lines', of.site, of.node, of.camera],
    queryFn: ({ signal }) => api.call('get', '/api/v1/cameras/{site}/{node}/{camera}/lines', { path, signal }),
    // While the node has not said that it took the newest: until then nothing is counted by it.
    refetchInterval: (asked) => (asked.state.data && isUnderWay(asked.state.data) ? ASKED_EVERY_MS : false),
    gcTime: 0,
  });
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Editor key={query.data.revision} of={of} inForce={query.data} readAgain={() => void query.refetch()} mayDraw={mayDraw} tellUnsent={tellUnsent} />;
}

const isUnderWay = (lines: CameraLines) => lines.revision > 0 && (lines.node_revision ?? 0) < lines.revision;

function Editor({ of, inForce, readAgain, mayDraw, tellUnsent }: Props & { inForce: CameraLines; readAgain: () => void }) {
  const { t } = useText();
  const begin = drawingOf(inForce);
  const [drawing, setDrawing] = useState<Drawing>(begin);
  const [selected, setSelected] = useState<string | null>(begin.now[0]?.id ?? null);
  // Which point was touched last, of what is chosen.
  const [point, setPoint] = useState(0);
  const select = (id: string, touched?: number) => {
    if (touched !== undefined) setPoint(touched);
    else if (id !== selected) setPoint(0);
    setSelected(id);
  };
  const { still, ask, asking, error } = useStill(of);
  const locked = !inForce.editable || !mayDraw;
  const faults = faultsOf(drawing.now);
  const same = sameDrawn(drawing.now, begin.now);
  useEffect(() => {
    tellUnsent(!same);
    return () => tellUnsent(false);
  }, [same, tellUnsent]);
  const put = (now: readonly Drawn[], stroke: string | null = null) => setDrawing((was) => stepped(was, now, stroke));
  const [width, height] = still ? [still.picture.width, still.picture.height] : [WIDE, HIGH];
  const back = () => setDrawing(undone);
  const latest = useRef(back);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (!typing && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === 'KeyZ') {
        event.preventDefault();
        latest.current();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  const asked = useRef(false);
  useEffect(() => {
    // One still to draw on: the editor was opened for it.
    if (asked.current || locked) return;
    asked.current = true;
    ask(null);
  }, [ask, locked]);
  const add = () => {
    const made = freshLine(drawing.now, t('devices.draw.newLine', { number: drawing.now.filter((each) => each.is === 'line').length + 1 }));
    put([...drawing.now, made]);
    setSelected(made.id);
  };
  return (
    <div className="editor">
      <div className="editor-stage">
        <StillFrame of={of} still={still} asking={asking} error={error}>
          <LineCanvas all={drawing.now} selected={selected} locked={locked} width={width} height={height} select={select}
            change={(id, points, stroke) => setDrawing((was) => stepped(was, changed(was.now, id, { points }), stroke))} />
        </StillFrame>
        <div className="form-row">
          <Button disabled={asking} onClick={() => ask(null)}>{t(still ? 'still.again' : 'still.get')}</Button>
          {!locked && <Button disabled={drawing.before.length === 0} keyHint="Ctrl Z" onClick={back}>{t('devices.draw.undo')}</Button>}
          {!locked && <Button disabled={same} onClick={() => put(begin.now)}>{t('devices.draw.revert')}</Button>}
        </div>
        {!locked && <p className="hint">{t('devices.draw.how')}</p>}
      </div>
      <div className="editor-side">
        <State lines={inForce} />
        {!inForce.editable && <Notice tone="warn">{inForce.why_not ?? t('devices.draw.notHere')}</Notice>}
        {inForce.editable && !mayDraw && <Notice>{t('devices.draw.operatorOnly')}</Notice>}
        <div className="page-head">
          <h3>{t(inForce.counts === 'vehicles' ? 'devices.draw.linesVehicles' : 'devices.draw.linesPersons')}</h3>
          {!locked && <Button disabled={drawing.now.length >= MOST_LINES} onClick={add} data-act="add-line">{t('devices.draw.add')}</Button>}
        </div>
        {drawing.now.length === 0 && <Empty>{t('devices.draw.none')}</Empty>}
        <ul className="shape-list">
          {drawing.now.map((each) => (
            <Row key={`${each.is} ${each.id}`} of={each} chosen={each.id === selected} locked={locked} faults={faults.filter((fault) => fault.id === each.id).map(({ fault }) => t(`devices.fault.${fault}`))}
              select={() => select(each.id)} corner={(more) => put(changed(drawing.now, each.id, { points: more ? withPoint(each.points, point) : withoutPoint(each.points, point, LEAST_ZONE_POINTS) }))} name={(name) => put(changed(drawing.now, each.id, { name }), `name ${each.id}`)}
              turn={() => put(changed(drawing.now, each.id, { points: turned(each.points) }))} drop={() => put(drawing.now.filter((other) => other.id !== each.id))} />
          ))}
        </ul>
        {!locked && <Trial of={of} drawn={drawing.now} wrong={faults.length > 0} />}
        {!locked && <Send of={of} inForce={inForce} drawn={drawing.now} ready={faults.length === 0 && !same} same={same} done={readAgain} />}
      </div>
    </div>
  );
}

/** Which revision is whose: what was sent, and what the node says it has. */
function State({ lines }: { lines: CameraLines }) {
  const { t } = useText();
  const node = lines.node_revision;
  if (lines.revision === 0) return <p className="hint">{t('devices.draw.noBundle')}</p>;
  if (isUnderWay(lines)) return <Notice tone="warn">{t('devices.draw.underWay', { revision: lines.revision })}</Notice>;
  return <Notice tone="good">{t('devices.draw.taken', { revision: node ?? lines.revision })}</Notice>;
}

interface RowProps {
  of: Drawn;
  chosen: boolean;
  locked: boolean;
  faults: string[];
  select: () => void;
  name: (name: string) => void;
  turn: () => void;
  /** One corner more, or the one touched last away. */
  corner: (more: boolean) => void;
  drop: () => void;
}

function Row({ of, chosen, locked, faults, select, name, turn, corner, drop }: RowProps) {
  const { t } = useText();
  const used = of.usedBy.map((each) => t(each.kind === 'door' ? 'devices.draw.usedByDoor' : 'devices.draw.usedByRule', { name: each.name }));
  const fixed = locked || used.length > 0;
  return (
    <li className={chosen ? 'shape-row shape-row-chosen' : 'shape-row'} onFocus={select} onClick={select}>
      {of.is === 'zone' ? (
        <div className="form-row">
          <p className="grow"><strong>{of.name}</strong> <span className="hint">{t('devices.draw.zone')}</span></p>
          {!locked && <Button disabled={of.points.length >= MOST_ZONE_POINTS} onClick={() => corner(true)}>{t('devices.draw.morePoints')}</Button>}
          {!locked && <Button disabled={of.points.length <= LEAST_ZONE_POINTS} onClick={() => corner(false)}>{t('devices.draw.lessPoints')}</Button>}
        </div>
      ) : (
        <div className="form-row">
          <input className="grow" aria-label={t('devices.draw.name', { id: of.id })} value={of.name} maxLength={80} autoComplete="off" disabled={locked} aria-invalid={faults.length > 0} onChange={(e) => name(e.target.value)} />
          {!locked && <Button aria-label={t('devices.draw.turnOf', { name: of.name })} disabled={fixed} onClick={turn}>{t('devices.draw.turn')}</Button>}
          {!locked && <Button aria-label={t('devices.draw.dropOf', { name: of.name })} disabled={fixed} onClick={drop}>{t('devices.draw.drop')}</Button>}
        </div>
      )}
      {used.map((text) => <p key={text} className="hint">{text}</p>)}
      {faults.map((text) => <p key={text} className="fault" role="alert">{text}</p>)}
    </li>
  );
}

/** What these lines would have counted today, by the ways the node still remembers: points only, of nobody. */
function Trial({ of, drawn, wrong }: { of: Of; drawn: readonly Drawn[]; wrong: boolean }) {
  const { t } = useText();
  const say = useErrorText();
  const [tried, setTried] = useState<{ of: readonly Drawn[]; said: LinesPreview } | null>(null);
  const trying = useMutation({
    mutationFn: async (now: readonly Drawn[]) => {
      await inTurn(`try ${of.site}/${of.node}/${of.camera}`);
      const said = await api.call('post', '/api/v1/cameras/{site}/{node}/{camera}/lines/preview', { path: { site: of.site, node: of.node, camera: of.camera }, body: { lines: toSend(now).lines } });
      return { of: now, said };
    },
    onSuccess: setTried,
  });
  const lines = drawn.filter((each) => each.is === 'line');
  // Figures of a drawing that is no longer on the screen are figures of nothing.
  const said = tried && sameDrawn(tried.of, drawn) ? tried.said : null;
  if (lines.length === 0) return null;
  return (
    <section>
      <Button disabled={wrong || trying.isPending} onClick={() => trying.mutate(drawn)} data-act="try">{t(trying.isPending ? 'devices.draw.trying' : 'devices.draw.try')}</Button>
      {trying.isError && <Notice tone="bad" alert>{say(trying.error)}</Notice>}
      {said && (!said.since ? <Notice>{t('devices.draw.noTracks')}</Notice> : (
        <div role="status">
          <p>{t('devices.draw.tried', { since: hourText(said.since.utc), until: hourText(said.until.utc), tracks: numberText(said.tracks) })}</p>
          <table className="table">
            <thead><tr><th>{t('devices.draw.line')}</th><th className="number">{t('devices.draw.in')}</th><th className="number">{t('devices.draw.out')}</th><th className="number">{t('devices.draw.doubtful')}</th></tr></thead>
            <tbody>
              {said.lines.map((each) => (
                <tr key={each.id}><td>{lines.find((line) => line.id === each.id)?.name ?? each.id}</td><td className="number">{numberText(each.in)}</td><td className="number">{numberText(each.out)}</td><td className="number">{numberText(each.doubtful)}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </section>
  );
}

function Send({ of, inForce, drawn, ready, same, done }: { of: Of; inForce: CameraLines; drawn: readonly Drawn[]; ready: boolean; same: boolean; done: () => void }) {
  const { t, language } = useText();
  const say = useErrorText();
  const [reason, setReason] = useState('');
  const sending = useMutation({
    mutationFn: () => api.call('put', '/api/v1/cameras/{site}/{node}/{camera}/lines', { path: { site: of.site, node: of.node, camera: of.camera }, body: { revision: inForce.revision, ...toSend(drawn), reason: reason.trim() } }),
    onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  const failed = sending.isError ? asApiError(sending.error) : null;
  return (
    <form className="form send" onSubmit={submit}>
      <Field label={t('devices.draw.reason')} hint={t(same ? 'devices.draw.same' : 'devices.draw.effect')}>
        {(id) => <input id={id} name="reason" required minLength={5} maxLength={300} autoComplete="off" value={reason} onChange={(e) => setReason(e.target.value)} />}
      </Field>
      {failed && (
        <Notice tone="bad" alert>
          {say(failed)}
          {failed.faults.length > 0 && <ul>{failed.faults.map((fault) => <li key={fault.key + fault.vi}>{language === 'vi' ? fault.vi : fault.en} <span className="hint">{fault.key}</span></li>)}</ul>}
          {failed.code === 'revision_changed' && <Button onClick={done}>{t('devices.draw.readAgain')}</Button>}
        </Notice>
      )}
      <div className="dialog-actions"><Button look="main" type="submit" disabled={!ready || sending.isPending} data-act="send-lines">{t('devices.draw.send')}</Button></div>
    </form>
  );
}
