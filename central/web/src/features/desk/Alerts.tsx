// What must not be missed, above everything else on the desk.
import type { Gate } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { desk } from '../../i18n/words/desk';
import { clockText } from '../../text/time';
import { Button } from '../../ui/Button';
import { useErrorText } from '../../ui/errorText';
import { gateKey } from './queue';
import { soundIsBlocked } from './sound';
import type { Alert } from './useAlerts';

interface Props {
  alerts: readonly Alert[];
  gates: readonly Gate[];
  failed: unknown;
  loud: boolean;
  seen: (alert: Alert) => void;
}

/** What is wrong with a gate's own eyes: one sentence each. */
export function troublesOf(gate: Gate): Key[] {
  if (!gate.node_online) return ['desk.alert.offline'];
  const camera = gate.camera_now;
  if (!camera) return [];
  const codes = camera.state === 'online' ? viewTroubles(camera.view) : [camera.state];
  return codes.filter((code) => code in desk.camera).map((code) => `desk.camera.${code}` as Key);
}

const viewTroubles = (view: unknown): string[] => (Array.isArray(view) ? view.filter((each): each is string => typeof each === 'string') : []);

export function Alerts({ alerts, gates, failed, loud, seen }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const blocked = loud && soundIsBlocked();
  const dark = gates.flatMap((gate) => troublesOf(gate).map((trouble) => ({ gate, trouble })));
  const error = failed === null || failed === undefined ? null : say(failed);
  if (alerts.length + dark.length === 0 && !blocked && error === null) return null;
  return (
    <section className="alerts" aria-label={t('desk.alert.title')} role="alert">
      {alerts.map((alert) => (
        <div key={alert.key} className={`alert alert-${alert.unknownActs > 0 ? 'alarm' : 'tailgating'}`}>
          <div>
            {alert.unknownActs > 0 && <p><strong>{alert.gate}</strong> {clockText(alert.at)}: {t('desk.alert.alarm')}</p>}
            {alert.tailgaters > 0 && <p><strong>{alert.gate}</strong> {clockText(alert.at)}: {t('desk.alert.tailgating', { count: alert.tailgaters })}</p>}
          </div>
          <Button onClick={() => seen(alert)}>{t('desk.alert.seen')}</Button>
        </div>
      ))}
      {error !== null && <div className="alert alert-tailgating"><p>{error}</p></div>}
      {dark.map(({ gate, trouble }) => (
        <div key={gateKey(gate) + trouble} className="alert alert-alarm">
          <p><strong>{gate.title}</strong>: {t(trouble, { time: gate.camera_now ? clockText(gate.camera_now.since.utc) : '' })}</p>
        </div>
      ))}
      {blocked && <div className="alert alert-tailgating"><p>{t('desk.alert.soundBlocked')}</p></div>}
    </section>
  );
}
