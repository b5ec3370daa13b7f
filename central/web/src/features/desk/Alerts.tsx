// What must not be missed, above everything else on the desk.
import type { Gate } from '../../api/types';
import { useText } from '../../i18n';
import { clockText } from '../../text/time';
import { Button } from '../../ui/Button';
import { gateKey } from './queue';
import { soundIsBlocked } from './sound';
import type { Alert } from './useAlerts';

interface Props {
  alerts: readonly Alert[];
  offline: readonly Gate[];
  loud: boolean;
  seen: (key: string) => void;
}

export function Alerts({ alerts, offline, loud, seen }: Props) {
  const { t } = useText();
  const blocked = loud && soundIsBlocked();
  if (alerts.length + offline.length === 0 && !blocked) return null;
  return (
    <section className="alerts" aria-label={t('desk.alert.title')} role="alert">
      {alerts.map((alert) => (
        <div key={alert.key} className={`alert alert-${alert.kind}`}>
          <p><strong>{alert.gate}</strong> {clockText(alert.at)}: {t(`desk.alert.${alert.kind}`, { count: alert.count })}</p>
          <Button onClick={() => seen(alert.key)}>{t('desk.alert.seen')}</Button>
        </div>
      ))}
      {offline.map((gate) => (
        <div key={gateKey(gate)} className="alert alert-alarm"><p><strong>{gate.title}</strong>: {t('desk.alert.offline')}</p></div>
      ))}
      {blocked && <div className="alert alert-tailgating"><p>{t('desk.alert.soundBlocked')}</p></div>}
    </section>
  );
}
