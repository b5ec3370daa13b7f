// Phương tiện: what passed at one place on one day, by plate or all of it. Each look-up is on record before it is answered.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { VehiclePass } from '../../api/types';
import { useHere } from '../../app/session';
import { addWords, useText } from '../../i18n';
import { vehicles } from '../../i18n/words/vehicles';
import { clockText, dayOf, windowOf } from '../../text/time';
import { shareText } from '../../text/number';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Field } from '../../ui/Field';
import { SiteField, useSites } from '../../ui/SiteField';
import { Empty, Failed, Loading } from '../../ui/States';
import { useVehicleWords } from '../../ui/vehicleWords';
import { type Exported, ExportDialog } from './ExportDialog';
import { PassDialog } from './PassDialog';
import { soughtOf } from './reading';
import './vehicles.css';

addWords('vehicles', vehicles);

interface Asked {
  site: string;
  day: string;
  plate: string;
  /** Asked again is another look-up. */
  times: number;
}

export default function VehiclesScreen() {
  const { t } = useText();
  const sites = useSites();
  const today = dayOf(api.now());
  const [form, setForm] = useState({ site: '', day: today, plate: '' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const site = form.site || (sites.data?.[0] ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked((was) => ({ ...form, site, times: (was?.times ?? 0) + 1 }));
  };
  if (sites.isPending) return <Loading />;
  if (sites.isError) return <Failed error={sites.error} retry={() => void sites.refetch()} />;
  return (
    <div className="page">
      <form className="page-head" onSubmit={submit}>
        <h1>{t('vehicles.title')}</h1>
        <SiteField sites={sites.data} site={site} choose={(next) => setForm({ ...form, site: next })} />
        <DayField day={form.day} last={today} choose={(day) => setForm({ ...form, day })} />
        <Field label={t('vehicles.plate')}>
          {(id) => <input id={id} maxLength={14} autoComplete="off" spellCheck={false} value={form.plate} onChange={(e) => setForm({ ...form, plate: e.target.value })} />}
        </Field>
        <Button look="main" type="submit" disabled={site === ''}>{t('shell.word.search')}</Button>
      </form>
      <p className="hint">{t('vehicles.plateHint')}</p>
      {asked ? <Found asked={asked} /> : <Empty>{t('vehicles.start')}</Empty>}
    </div>
  );
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
    queryFn: ({ pageParam, signal }) => {
      const within = windowOf(asked.day) ?? { from: '', to: '' };
      return api.call('post', '/api/v1/passes/search', { body: { site: asked.site, ...within, ...soughtOf(asked.plate), cursor: pageParam, limit: 100 }, signal });
    },
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
      {mayExport && (
        <div className="found-tools">
          <Button onClick={() => setExporting({ site: asked.site, ...(windowOf(asked.day) ?? { from: '', to: '' }), ...soughtOf(asked.plate) })}>{t('vehicles.export.open')}</Button>
        </div>
      )}
      <div className="sheet">
        <table className="table">
          <thead>
            <tr><th>{t('shell.word.time')}</th><th>{t('vehicles.read')}</th><th>{t('vehicles.kind')}</th><th>{t('vehicles.colour')}</th><th>{t('shell.word.camera')}</th></tr>
          </thead>
          <tbody>{rows.map((row) => <Row key={row.passage_id} row={row} open={setOpen} />)}</tbody>
        </table>
      </div>
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {opened && <PassDialog pass={opened} onClose={() => setOpen(null)} corrected={(pass) => setCorrected((was) => new Map([...was, [pass.passage_id, pass]]))} />}
      {exporting && <ExportDialog of={exporting} onClose={() => setExporting(null)} />}
    </>
  );
}

function Row({ row, open }: { row: VehiclePass; open: (passage: string) => void }) {
  const { t } = useText();
  const word = useVehicleWords();
  const time = clockText(row.first_seen.utc);
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
      <td>{row.node} / {row.camera}</td>
    </tr>
  );
}
