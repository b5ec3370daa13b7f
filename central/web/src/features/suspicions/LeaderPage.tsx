// A traffic leader's page: what expires within three days and who has it, each officer's work of today, what share of each camera's
// suspicions is rejected. It is read when the leader wants it: every reading is on record.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Overview, RejectedShare, Suspicion } from '../../api/types';
import { useText } from '../../i18n';
import { numberText, shareText } from '../../text/number';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useVehicleWords } from '../../ui/vehicleWords';
import { useDeadlineText } from './deadline';
import './leader.css';

export default function LeaderPage({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const query = useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => api.call('get', '/api/v1/suspicions/overview', { signal }), staleTime: Infinity, gcTime: 0 });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const page = query.data;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('suspicions.leader.title')}</h1>{tabs}
        <Button disabled={query.isFetching} onClick={() => void query.refetch()}>{t('suspicions.leader.again')}</Button>
      </div>
      <Officers page={page} />
      <Expiring page={page} again={() => void query.refetch()} />
      <Cameras page={page} />
    </div>
  );
}

function Officers({ page }: { page: Overview }) {
  const { t } = useText();
  return (
    <section>
      <h2>{t('suspicions.leader.officers')}</h2>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr>
              <th>{t('suspicions.leader.officer')}</th><th className="figure">{t('suspicions.leader.assigned')}</th><th className="figure">{t('suspicions.leader.soon')}</th>
              <th className="figure">{t('suspicions.leader.onScreen')}</th><th className="figure">{t('suspicions.leader.confirmed')}</th><th className="figure">{t('suspicions.leader.rejected')}</th>
            </tr>
          </thead>
          <tbody>
            {page.officers.map((each) => (
              <tr key={each.name}>
                <td>{each.name}</td>
                {[each.assigned, each.expiring, each.on_screen, each.confirmed_today, each.rejected_today].map((n, at) => <td key={at} className="figure">{numberText(n)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Expiring({ page, again }: { page: Overview; again: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const giving = useMutation({
    mutationFn: ({ id, officer }: { id: string; officer: string | null }) => api.call('post', '/api/v1/suspicions/{id}/assign', { path: { id }, body: { officer } }),
    onSuccess: again,
  });
  const officers = page.officers.map((each) => each.name);
  return (
    <section>
      <h2>{t('suspicions.leader.expiring')} <span className="hint">{t('suspicions.leader.expiringCount', { count: numberText(page.expiring_count), waiting: numberText(page.waiting) })}</span></h2>
      {page.expiring_count > page.expiring.length && <p className="hint">{t('suspicions.leader.expiringMore', { shown: page.expiring.length })}</p>}
      {giving.isError && <Notice tone="bad" alert>{say(giving.error)}</Notice>}
      {page.expiring.length === 0 ? <Empty>{t('suspicions.leader.noneExpiring')}</Empty> : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th>{t('suspicions.decided.number')}</th><th>{t('suspicions.case.plate')}</th><th>{t('suspicions.case.deadlines')}</th>
                <th>{t('suspicions.leader.who')}</th><th>{t('suspicions.leader.give')}</th>
              </tr>
            </thead>
            <tbody>
              {page.expiring.map((each) => (
                <ExpiringRow key={`${each.id} ${each.assigned?.to ?? ''}`} of={each} officers={officers} busy={giving.isPending} give={(officer) => giving.mutate({ id: each.id, officer })} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  of: Suspicion;
  officers: string[];
  busy: boolean;
  give: (officer: string | null) => void;
}

function ExpiringRow({ of, officers, busy, give }: RowProps) {
  const { t } = useText();
  const say = useDeadlineText();
  const given = of.assigned?.to ?? '';
  const [officer, setOfficer] = useState(given);
  const [nearest] = of.deadlines;
  return (
    <tr>
      <td>{of.number}<br /><span className="hint">{of.site} / {of.camera} · {momentText(of.occurred_at.utc)}</span></td>
      <td><strong>{of.plate ?? t('suspicions.queue.noPlate')}</strong></td>
      <td>{nearest && <span className={`deadline deadline-${nearest.urgency}`}>{say(nearest)}</span>}</td>
      <td>
        {of.lease && <div>{t('suspicions.who.held', { name: of.lease.by })}</div>}
        {of.assigned && <div>{t('suspicions.who.given', { name: of.assigned.to })}</div>}
      </td>
      <td className="give">
        <select aria-label={t('suspicions.leader.giveOne', { number: of.number })} value={officer} onChange={(e) => setOfficer(e.target.value)}>
          <option value="">{t('suspicions.leader.nobody')}</option>
          {officers.map((name) => <option key={name} value={name}>{name}</option>)}
        </select>
        <Button disabled={busy || officer === given} onClick={() => give(officer === '' ? null : officer)}>{t('suspicions.decided.record')}</Button>
      </td>
    </tr>
  );
}

function Cameras({ page }: { page: Overview }) {
  const { t } = useText();
  return (
    <section>
      <h2>{t('suspicions.leader.cameras', { since: momentText(page.counted_since.utc).slice(0, 10) })}</h2>
      {page.cameras.length === 0 ? <Empty>{t('suspicions.leader.noneDecided')}</Empty> : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th>{t('shell.word.camera')}</th><th>{t('suspicions.case.rule')}</th><th>{t('suspicions.decided.behaviour')}</th>
                <th className="figure">{t('suspicions.leader.share')}</th>
              </tr>
            </thead>
            <tbody>{page.cameras.map((each) => <CameraRow key={`${each.site}/${each.node}/${each.camera}/${each.rule}/${each.violation}`} of={each} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function CameraRow({ of }: { of: RejectedShare }) {
  const { t } = useText();
  const word = useVehicleWords();
  return (
    <tr>
      <td>{of.site} / {of.node} / {of.camera}</td>
      <td>{of.rule}</td>
      <td>{word('behaviour', of.violation)}</td>
      <td className="figure">
        {!of.few && <><strong>{shareText(of.share)}</strong>{' '}</>}
        <span className="hint">{t('suspicions.leader.counts', { rejected: numberText(of.rejected), decided: numberText(of.decided) })}</span>
        {of.few && <><br /><span className="hint">{t('suspicions.leader.few')}</span></>}
      </td>
    </tr>
  );
}
