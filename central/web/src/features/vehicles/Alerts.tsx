// Cảnh báo: plates of the list that passed one place within the last day; of other places, how many wait there. Told quietly, and nothing follows from it. The pass itself is opened on
// request only: that is a look-up.
import { useMutation } from '@tanstack/react-query';
import { type Ref, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { PlateAlert, VehiclePass } from '../../api/types';
import { useText } from '../../i18n';
import { clockText, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { SiteField } from '../../ui/SiteField';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useNow } from '../../ui/useNow';
import { isSeen, ofTheDay } from './alerts';
import { PassDialog } from './PassDialog';
import { useAlerts, usePutAlert } from './useAlerts';

/** The service gives no more at once. */
const MOST = 100;

export function Alerts({ sites }: { sites: readonly string[] }) {
  const { t } = useText();
  const [chosen, choose] = useState('');
  const site = chosen || (sites[0] ?? '');
  const say = useErrorText();
  const now = useNow(30_000);
  const query = useAlerts(site, true);
  const put = usePutAlert();
  const [opened, setOpened] = useState<{ alert: PlateAlert; pass: VehiclePass | null } | null>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const field = useRef<HTMLDivElement>(null);
  // The button that was pressed goes with its place: the field it chose in takes the focus.
  const goTo = (place: string) => {
    choose(place);
    field.current?.querySelector('select')?.focus();
  };
  const seeing = useMutation({
    mutationFn: (alert: PlateAlert) => api.call('post', '/api/v1/plate-alerts/{id}/seen', { path: { id: alert.alert_id }, body: {} }),
    onSuccess: put,
  });
  const justSeen = seeing.data?.alert_id;
  // The button that was pressed is gone: the place where it stood keeps the focus, and no other alert gets it.
  useEffect(() => void (justSeen !== undefined && told.current?.focus()), [justSeen]);
  const alerts = ofTheDay(query.data?.alerts ?? [], now);
  const elsewhere = query.data?.elsewhere ?? [];
  return (
    <>
      <div className="form-row" ref={field}><SiteField sites={sites} site={site} choose={choose} /></div>
      <p className="hint">{t('vehicles.alerts.hint')}</p>
      {elsewhere.length > 0 && (
        <p className="alert-elsewhere">
          {t('vehicles.alerts.elsewhere')}{' '}
          {elsewhere.map((each) => <Button key={each.site} data-alert-site={each.site} onClick={() => goTo(each.site)}>{each.site} <strong>{each.unseen}</strong></Button>)}
        </p>
      )}
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {seeing.isError && <Notice tone="bad" alert>{say(seeing.error)}</Notice>}
      {query.isSuccess && alerts.length === 0 && <Empty>{t('vehicles.alerts.none')}</Empty>}
      {alerts.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('shell.word.time')}</th><th>{t('vehicles.lists.plate')}</th><th>{t('vehicles.alerts.where')}</th><th>{t('vehicles.lists.why')}</th><th>{t('vehicles.alerts.state')}</th><th /></tr></thead>
            <tbody>
              {alerts.map((each) => (
                <Row key={each.alert_id} of={each} told={each.alert_id === justSeen ? told : undefined} busy={seeing.isPending}
                  open={() => setOpened({ alert: each, pass: null })} see={() => seeing.mutate(each)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {alerts.length >= MOST && <p className="hint">{t('vehicles.alerts.most', { most: MOST })}</p>}
      {opened && (
        <PassDialog passage={opened.alert.passage_id} known={opened.pass} title={`${opened.alert.site} / ${opened.alert.camera} · ${momentText(opened.alert.at.utc)}`}
          onClose={() => setOpened(null)} corrected={(pass) => setOpened({ ...opened, pass })} />
      )}
    </>
  );
}

interface RowProps {
  of: PlateAlert;
  told: Ref<HTMLParagraphElement> | undefined;
  busy: boolean;
  open: () => void;
  see: () => void;
}

function Row({ of, told, busy, open, see }: RowProps) {
  const { t } = useText();
  const seen = isSeen(of);
  const which = `${of.plate}, ${clockText(of.at.utc)}`;
  return (
    <tr data-alert={seen ? 'seen' : 'unseen'}>
      <td className="alert-time">{momentText(of.at.utc).slice(0, 10)}<br /><strong>{clockText(of.at.utc)}</strong></td>
      <td><strong className="plate-text">{of.plate}</strong>{!of.still_read && <p className="alert-changed">{t('vehicles.alerts.changed')}</p>}</td>
      <td className="list-place">{of.site}<br /><span className="hint">{of.camera}</span></td>
      <td>{of.reason}<br /><span className="hint">{of.keeper}</span></td>
      <td>
        {seen
          ? <p className="alert-told" tabIndex={-1} ref={told}>{t('vehicles.alerts.seenBy', { by: of.seen_by ?? '' })}{of.seen_at && <><br /><span className="hint">{momentText(of.seen_at.utc)}</span></>}</p>
          : <strong className="alert-new">{t('vehicles.alerts.unseen')}</strong>}
      </td>
      <td>
        <div className="grant-acts alert-acts">
          <Button data-act="open-pass" aria-label={`${t('vehicles.alerts.open')}: ${which}`} onClick={open}>{t('vehicles.alerts.open')}</Button>
          {!seen && <Button look="main" data-act="seen" aria-label={`${t('vehicles.alerts.see')}: ${which}`} disabled={busy} onClick={see}>{t('vehicles.alerts.see')}</Button>}
        </div>
      </td>
    </tr>
  );
}
