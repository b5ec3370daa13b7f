// Phương tiện: what passed at one place on one day, by plate or all of it; one case's vehicle at several under a grant; lists of plates
// and their alerts. Each look-up is on record before it is answered.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Grant, PassSearch, Role, VehiclePass } from '../../api/types';
import { useUnseenAlerts } from '../../app/alerts';
import { useHere } from '../../app/session';
import { addWords, useText } from '../../i18n';
import { vehicles } from '../../i18n/words/vehicles';
import { clockText, dayOf, momentText, windowOf } from '../../text/time';
import { shareText } from '../../text/number';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Field } from '../../ui/Field';
import { SiteField, useSites } from '../../ui/SiteField';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useVehicleWords } from '../../ui/vehicleWords';
import { Alerts } from './Alerts';
import { type Exported, ExportDialog } from './ExportDialog';
import { Grants } from './Grants';
import { Lists } from './Lists';
import { PassDialog } from './PassDialog';
import { soughtOf } from './reading';
import { useAlerts } from './useAlerts';
import './vehicles.css';

addWords('vehicles', vehicles);

/** One place and day, or what a grant allows. */
type Asked = { site: string; day: string; plate: string; times: number } | { grant: Grant; times: number };

const TABS = ['search', 'grants', 'alerts', 'lists'] as const;
type Tab = (typeof TABS)[number];
const OFFICERS: readonly Role[] = ['traffic_officer', 'traffic_leader'];
const MAY: Record<Tab, readonly Role[]> = {
  search: ['traffic_officer', 'traffic_leader', 'desk'],
  grants: OFFICERS,
  alerts: OFFICERS,
  lists: OFFICERS,
};
const TITLES = { grants: 'vehicles.grant.title', alerts: 'vehicles.alerts.title', lists: 'vehicles.lists.title' } as const;

export default function VehiclesScreen() {
  const { t } = useText();
  const { roles } = useHere();
  const mine = TABS.filter((tab) => MAY[tab].some((role) => roles.includes(role)));
  const [chosen, setChosen] = useState<Tab | undefined>(mine[0]);
  const [grant, setGrant] = useState<Grant | null>(null);
  const sites = useSites();
  useAlerts(sites.data?.[0] ?? '', false, mine.includes('alerts'));
  const tabs = mine.length > 1 && (
    <fieldset className="segments">
      <legend className="visually-hidden">{t('vehicles.tab.label')}</legend>
      {mine.map((tab) => <button key={tab} type="button" data-tab={tab} aria-pressed={tab === chosen} onClick={() => setChosen(tab)}>{t(`vehicles.tab.${tab}`)}{tab === 'alerts' && <UnseenCount />}</button>)}
    </fieldset>
  );
  if (chosen === 'search') return <Search tabs={tabs} grant={grant} leave={() => setGrant(null)} />;
  return (
    <div className="page">
      <div className="page-head"><h1>{t(TITLES[chosen ?? 'grants'])}</h1>{tabs}</div>
      {chosen === 'grants' && <Grants search={(of) => { setGrant(of); setChosen('search'); }} />}
      {chosen === 'alerts' && sites.isPending && <Loading />}
      {chosen === 'alerts' && sites.isError && <Failed error={sites.error} retry={() => void sites.refetch()} />}
      {chosen === 'alerts' && sites.data && <Alerts sites={sites.data} />}
      {chosen === 'lists' && <Lists />}
    </div>
  );
}

/** How many nobody has said to know of: in words for whoever does not see the number beside the name. */
function UnseenCount() {
  const { t } = useText();
  const { unseen } = useUnseenAlerts();
  if (unseen === 0) return null;
  return <> <span className="count" aria-hidden="true">{unseen}</span><span className="visually-hidden">{t('shell.nav.unseen', { count: unseen })}</span></>;
}

function Search({ tabs, grant, leave }: { tabs: ReactNode; grant: Grant | null; leave: () => void }) {
  const { t } = useText();
  const sites = useSites();
  const today = dayOf(api.now());
  const [form, setForm] = useState({ site: '', day: today, plate: '' });
  const [asked, setAsked] = useState<Asked | null>(grant && { grant, times: 0 });
  const site = form.site || (sites.data?.[0] ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    leave();
    setAsked((was) => ({ ...form, site, times: (was?.times ?? 0) + 1 }));
  };
  if (sites.isPending) return <Loading />;
  if (sites.isError) return <Failed error={sites.error} retry={() => void sites.refetch()} />;
  return (
    <div className="page">
      <form className="page-head" onSubmit={submit}>
        <h1>{t('vehicles.title')}</h1>
        {tabs}
        <SiteField sites={sites.data} site={site} choose={(next) => setForm({ ...form, site: next })} />
        <DayField day={form.day} last={today} choose={(day) => setForm({ ...form, day })} />
        <Field label={t('vehicles.plate')}>
          {(id) => <input id={id} maxLength={14} autoComplete="off" spellCheck={false} value={form.plate} onChange={(e) => setForm({ ...form, plate: e.target.value })} />}
        </Field>
        <Button look="main" type="submit" disabled={site === ''}>{t('shell.word.search')}</Button>
      </form>
      {asked && 'grant' in asked
        ? <Notice tone="warn">{t('vehicles.grant.under', { number: asked.grant.case_number, sites: asked.grant.sites.join(', '), until: asked.grant.expires_at ? momentText(asked.grant.expires_at.utc) : '–' })}</Notice>
        : <p className="hint">{t('vehicles.plateHint')}</p>}
      {asked ? <Found asked={asked} /> : <Empty>{t('vehicles.start')}</Empty>}
    </div>
  );
}

/** What is asked for, as the service takes it. */
function bodyOf(asked: Asked, cursor: string | null): PassSearch {
  if ('grant' in asked) return { grant_id: asked.grant.grant_id, cursor, limit: 100 };
  return { site: asked.site, ...(windowOf(asked.day) ?? { from: '', to: '' }), ...soughtOf(asked.plate), cursor, limit: 100 };
}

function Found({ asked }: { asked: Asked }) {
  const { t } = useText();
  const mayExport = useHere().roles.some((role) => role === 'traffic_officer' || role === 'traffic_leader');
  const [open, setOpen] = useState<string | null>(null);
  const [exporting, setExporting] = useState<Exported | null>(null);
  // What was corrected here since the search: asking again would be another look-up.
  const [corrected, setCorrected] = useState<ReadonlyMap<string, VehiclePass>>(new Map());
  const query = useInfiniteQuery({
    queryKey: ['passes', asked],
    queryFn: ({ pageParam, signal }) => api.call('post', '/api/v1/passes/search', { body: bodyOf(asked, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
    staleTime: Infinity,
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.items).map((row) => corrected.get(row.passage_id) ?? row);
  const opened = rows.find((row) => row.passage_id === open);
  if (rows.length === 0) return <Empty>{t('vehicles.none')}</Empty>;
  return (
    <>
      {mayExport && !('grant' in asked) && (
        <div className="found-tools">
          <Button onClick={() => setExporting({ site: asked.site, ...(windowOf(asked.day) ?? { from: '', to: '' }), ...soughtOf(asked.plate) })}>{t('vehicles.export.open')}</Button>
        </div>
      )}
      <div className="sheet">
        <table className="table">
          <thead>
            <tr><th>{t('shell.word.time')}</th><th>{t('vehicles.read')}</th><th>{t('vehicles.kind')}</th><th>{t('vehicles.colour')}</th><th>{t('shell.word.camera')}</th></tr>
          </thead>
          <tbody>{rows.map((row) => <Row key={row.passage_id} row={row} far={'grant' in asked} open={setOpen} />)}</tbody>
        </table>
      </div>
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {opened && <PassDialog passage={opened.passage_id} known={opened} title={`${opened.site} / ${opened.camera} · ${momentText(opened.first_seen.utc)}`} onClose={() => setOpen(null)} corrected={(pass) => setCorrected((was) => new Map([...was, [pass.passage_id, pass]]))} />}
      {exporting && <ExportDialog of={exporting} onClose={() => setExporting(null)} />}
    </>
  );
}

/** `far`: of several places and days. */
function Row({ row, far, open }: { row: VehiclePass; far: boolean; open: (passage: string) => void }) {
  const { t } = useText();
  const word = useVehicleWords();
  const time = far ? `${momentText(row.first_seen.utc).slice(0, 10)} ${clockText(row.first_seen.utc)}` : clockText(row.first_seen.utc);
  return (
    <tr>
      <td><button type="button" className="link" aria-label={t('vehicles.open', { time })} onClick={() => open(row.passage_id)}>{time}</button></td>
      <td>
        {row.correction && <><strong className="plate-text">{row.correction.text}</strong> <span className="hint">{t('vehicles.byPerson')}</span><br /></>}
        {row.correction
          ? <span className="hint">{t('vehicles.byMachine', { plate: row.plate?.text ?? t('vehicles.unreadable') })}</span>
          : row.plate ? <strong className="plate-text">{row.plate.text}</strong> : t('vehicles.unreadable')}
        {typeof row.plate?.confidence === 'number' && <span className="hint"> {t('vehicles.confidence', { share: shareText(row.plate.confidence) })}</span>}
      </td>
      <td>{word('kind', row.class)}</td>
      <td>{row.plate?.colour ? word('colour', row.plate.colour) : ''}</td>
      <td>{far && <><strong>{row.site}</strong><br /></>}{row.node} / {row.camera}</td>
    </tr>
  );
}
