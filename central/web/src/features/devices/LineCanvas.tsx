// Lines and zones over the picture, each point a handle for mouse, finger and keyboard. It knows no service: shapes in, shapes out.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import type { Drawn } from './drawing';
import { arrowOf, FINE, headOf, LEAST_ZONE_POINTS, middleOf, moved, MOST_ZONE_POINTS, nudged, type Point, type Shape, shifted, STEP, withoutPoint, withPoint } from './geometry';

interface Props {
  all: readonly Drawn[];
  selected: string | null;
  locked: boolean;
  /** Of the picture below, in pixels. */
  width: number;
  height: number;
  /** With a point, where one was touched. */
  select: (id: string, point?: number) => void;
  /** `stroke` names what belongs together for one step back. */
  change: (id: string, points: Shape, stroke: string) => void;
}

const ARROWS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function LineCanvas({ all, selected, locked, width, height, select, change }: Props) {
  const { t } = useText();
  const place = useRef<SVGSVGElement>(null);
  const shareOf = (event: PointerEvent): Point => {
    const box = place.current?.getBoundingClientRect();
    return box ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : [0, 0];
  };
  // Points lie above everything, so that each can be taken hold of. The order never changes: what has the focus would lose it.
  const order = [...all].sort((one, other) => Number(one.is === 'line') - Number(other.is === 'line'));
  const put = (of: Drawn) => ({ of, chosen: of.id === selected, locked, width, height, shareOf, select, change });
  return (
    <svg ref={place} className="line-canvas" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('devices.draw.canvas')}>
      {order.map((each) => <Edge key={`${each.is} ${each.id}`} {...put(each)} />)}
      {order.map((each) => <Handles key={`${each.is} ${each.id}`} {...put(each)} />)}
    </svg>
  );
}

interface ShapeProps extends Omit<Props, 'all' | 'selected'> {
  of: Drawn;
  chosen: boolean;
  shareOf: (event: PointerEvent) => Point;
}

/** A drag, of one point or of the whole shape. */
function useHand({ of, locked, shareOf, select, change }: ShapeProps) {
  const held = useRef<{ index: number | null; from: Point; shape: Shape; stroke: string } | null>(null);
  const strokes = useRef(0);
  const take = (index: number | null) => (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0) return;
    select(of.id, index ?? undefined);
    if (locked) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    strokes.current += 1;
    held.current = { index, from: shareOf(event), shape: of.points, stroke: `drag ${of.id} ${index ?? 'all'} ${strokes.current}` };
  };
  const drag = (event: PointerEvent) => {
    if (!held.current) return;
    const { index, from, shape, stroke } = held.current;
    const [x, y] = shareOf(event);
    change(of.id, index === null ? shifted(shape, x - from[0], y - from[1]) : moved(shape, index, [x, y]), stroke);
  };
  const letGo = () => void (held.current = null);
  return (index: number | null) => ({ onPointerDown: take(index), onPointerMove: drag, onPointerUp: letGo, onPointerCancel: letGo });
}

const classOf = (of: Drawn, chosen: boolean) => `shape shape-${of.is}${chosen ? ' shape-chosen' : ''}`;

function Edge(props: ShapeProps) {
  const { t } = useText();
  const { of, chosen, width, height } = props;
  const hand = useHand(props);
  const text = of.points.map(([x, y]) => `${x * width},${y * height}`).join(' ');
  const unit = width / 100;
  const arrow = of.is === 'line' ? arrowOf(of.points, width, height, unit * 6) : null;
  const named = of.is === 'zone' ? middleOf(of.points) : of.points[0];
  return (
    <g className={classOf(of, chosen)}>
      {of.is === 'zone' ? <polygon className="shape-edge" points={text} {...hand(null)} /> : <><polyline className="shape-under" points={text} /><polyline className="shape-edge" points={text} /><polyline className="shape-grip" points={text} {...hand(null)} /></>}
      {arrow && (
        <g className="shape-arrow">
          {/* Twice: dark below, so that it is seen on light ground as well. */}
          {['shape-under', 'shape-edge'].map((name) => (
            <g key={name}>
              <line className={name} x1={arrow.from[0]} y1={arrow.from[1]} x2={arrow.to[0]} y2={arrow.to[1]} />
              <polyline className={name} points={headOf(arrow, unit * 2).flatMap((barb, n) => (n === 0 ? [barb, arrow.to] : [barb])).map((point) => point.join(',')).join(' ')} />
            </g>
          ))}
          <text className="shape-text" x={arrow.to[0] + (arrow.to[0] - arrow.from[0]) * 0.3} y={arrow.to[1] + (arrow.to[1] - arrow.from[1]) * 0.3} fontSize={unit * 2.1} textAnchor="middle" dominantBaseline="middle">{t('devices.draw.in')}</text>
        </g>
      )}
      {named && (
        <text className="shape-text" x={named[0] * width} y={named[1] * height - (of.is === 'line' ? unit * 2 : 0)} fontSize={unit * 2.1} textAnchor={of.is === 'zone' ? 'middle' : named[0] > 0.7 ? 'end' : 'start'}>{of.name}</text>
      )}
    </g>
  );
}

function Handles(props: ShapeProps) {
  const { t } = useText();
  const { of, chosen, locked, width, height, select, change } = props;
  const hand = useHand(props);
  const unit = width / 100;
  const pressed = (index: number) => (event: KeyboardEvent) => {
    if (locked || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = ARROWS[event.key];
    const step = event.shiftKey ? FINE : STEP;
    if (by) change(of.id, nudged(of.points, index, by[0] * step, by[1] * step * (width / height)), `keys ${of.id} ${index}`);
    else if (of.is === 'zone' && (event.key === 'Delete' || event.key === 'Backspace')) change(of.id, withoutPoint(of.points, index, LEAST_ZONE_POINTS), `less ${of.id} ${of.points.length}`);
    else if (of.is === 'zone' && (event.key === '+' || event.key === 'Insert')) {
      if (of.points.length < MOST_ZONE_POINTS) change(of.id, withPoint(of.points, index), `more ${of.id} ${of.points.length}`);
    } else return;
    event.preventDefault();
  };

  return (
    <g className={classOf(of, chosen)}>
      {of.points.map(([x, y], index) => (
        <g key={index} className="handle" role="button" tabIndex={locked ? -1 : 0} aria-disabled={locked}
          aria-label={t('devices.draw.point', { number: index + 1, name: of.name, x: numberText(x * 100), y: numberText(y * 100) })}
          onKeyDown={pressed(index)} onFocus={() => select(of.id, index)} {...hand(index)}>
          <circle className="handle-reach" cx={x * width} cy={y * height} r={unit * 2.6} />
          <circle className="handle-dot" cx={x * width} cy={y * height} r={chosen ? unit * 1.1 : unit * 0.7} />
        </g>
      ))}
    </g>
  );
}
