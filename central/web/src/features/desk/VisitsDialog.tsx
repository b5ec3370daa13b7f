// Khách: who is here on business, one of them in full, and the day's book. Opened from a waiting arrival it begins with the form.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Visit } from '../../api/types';
import { useLiveEvents } from '../../app/live';
import { useText } from '../../i18n';
import { hourText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Empty, Failed, Loading } from '../../ui/States';
import { type ForArrival, NewVisit } from './NewVisit';
import { openFirst } from './visit';
import { VisitBook } from './VisitBook';
import { useVisitState, VisitView } from './VisitView';

const TABS = ['here', 'book'] as const;
const HERE = 'visits here';
/** No visit: the form of one. */
const NEW = 'new';

export function VisitsDialog({ sites, arrival, onClose }: { sites: readonly string[]; arrival: ForArrival | null; onClose: () => void }) {
  const { t } = useText();
  const [tab, setTab] = useState<(typeof TABS)[number]>('here');
  return (
    <Dialog title={t('visits.title')} onClose={onClose} wide>
      <fieldset className="segments off-paper">
        <legend className="visually-hidden">{t('visits.tab.label')}</legend>
        {TABS.map((each) => <button key={each} type="button" data-visits={each} aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`visits.tab.${each}`)}</button>)}
      </fieldset>
      {tab === 'here' ? <Here sites={sites} arrival={arrival} /> : <VisitBook sites={sites} />}
    </Dialog>
  );
}

function Here({ sites, arrival }: { sites: readonly string[]; arrival: ForArrival | null }) {
  const { t } = useText();
  const queries = useQueryClient();
  const stateOf = useVisitState();
  // Of an arrival that waits the form is what was asked for, unless somebody wrote it down already.
  const [shown, setShown] = useState<string | null>(arrival ? NEW : null);
  const lists = useQueries({
    queries: sites.map((site) => ({
      queryKey: [HERE, site], gcTime: 0,
      queryFn: ({ signal }: { signal: AbortSignal }) => api.call('get', '/api/v1/visits', { query: { site }, signal }),
    })),
  });
  const readAgain = () => void queries.invalidateQueries({ queryKey: [HERE] });
  useLiveEvents(['visit', 'resync'], readAgain);
  const failed = lists.find((list) => list.isError && !list.data);
  const all = openFirst(lists.flatMap((list) => list.data?.items ?? []));
  const written = arrival ? all.find((visit) => visit.arrival_id === arrival.id) : undefined;
  const visit = all.find((each) => each.visit_id === shown) ?? (shown === NEW ? written : undefined);
  const [over, setOver] = useState<Visit | null>(null);
  const done = (now: Visit) => {
    // It leaves the list with its last step, and stays on the screen for whoever took it.
    queries.setQueryData([HERE, now.site], (was: { items: Visit[]; next: string | null } | undefined) => was && { ...was, items: [now, ...was.items.filter((each) => each.visit_id !== now.visit_id)] });
    setShown(now.visit_id);
    setOver(now);
    readAgain();
  };
  const view = visit ?? (over?.visit_id === shown ? over : undefined);
  if (failed) return <Failed error={failed.error} retry={readAgain} />;
  return (
    <div className="visits">
      <div className="visits-list">
        <Button look={shown === NEW ? 'plain' : 'main'} onClick={() => setShown(NEW)} data-act="new-visit">{t('visits.act.new')}</Button>
        {lists.some((list) => list.isPending) && <Loading />}
        {lists.every((list) => list.isSuccess) && all.length === 0 && <Empty>{t('visits.none')}</Empty>}
        <ul className="queue queue-others">
          {all.map((each) => (
            <li key={each.visit_id}>
              <button type="button" className="row" aria-current={each === visit ? 'true' : undefined} onClick={() => setShown(each.visit_id)}>
                <span className="row-main"><strong>{each.visitor_name}</strong><span className="row-soft">{stateOf(each)}</span></span>
                <span className="row-soft">{hourText(each.arrived_at.utc)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="visits-stage">
        {view && <VisitView key={view.visit_id} visit={view} done={done} readAgain={readAgain} />}
        {!view && shown === NEW && <NewVisit sites={sites} arrival={written ? null : arrival} cancel={() => setShown(null)} done={done} />}
        {!view && shown !== NEW && <Empty>{t('visits.pick')}</Empty>}
      </div>
    </div>
  );
}
