// What waits for an officer: what expires first stands first. The list is read when the officer wants it and when it runs low; it never
// moves under his hands. The centre hands out the next free case; what another officer has is shown and can only be looked at.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client';
import { useLiveEvents } from '../../app/live';
import type { RejectionReason, Suspicion, SuspicionDetail } from '../../api/types';
import { useHotkeys } from '../../app/keys';
import { useHere } from '../../app/session';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { useNow } from '../../ui/useNow';
import { AllowedNotes } from './AllowedNotes';
import { CaseFacts } from './CaseFacts';
import { DecideCase } from './DecideCase';
import { Evidence } from './Evidence';
import { GrantDialog } from './GrantDialog';
import { after, ahead, byDeadline } from './queue';
import { RejectMany } from './RejectMany';
import { Row } from './Row';
import './suspicions.css';
import { type Told, toldOf, whoHas } from './told';
import { useCase } from './useCase';
import { type Lease, useLease } from './useLease';

const NONE: readonly Suspicion[] = [];
type Word = { is: 'confirm'; checklist: string[] } | { is: 'reject'; reason: RejectionReason };

export function PendingCases({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const say = useErrorText();
  const me = useHere().user;
  const [fresh, setFresh] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [many, setMany] = useState(false);
  const list = useQuery({
    queryKey: ['suspicions'],
    queryFn: ({ signal }) => api.call('get', '/api/v1/suspicions', { query: { limit: 200 }, signal }),
    staleTime: Infinity,
  });
  const all = useMemo(() => byDeadline(list.data?.items ?? NONE), [list.data]);
  const left = useMemo(() => all.filter((each) => !done.has(each.id)), [all, done]);
  const readAgain = useCallback(() => {
    setFresh(false);
    void list.refetch();
  }, [list]);
  const { lease, ask } = useLease(id);
  const [told, setTold] = useState<ReadonlyMap<string, Told>>(new Map());
  useLiveEvents(['suspicion', 'resync'], (event) => {
    setFresh(true);
    if (event.event === 'resync') setTold(new Map());
  });
  useLiveEvents(['case'], (event) => {
    const said = toldOf(event.data);
    if (!said) return;
    setTold((was) => new Map([...was, [said.id, said]]));
    // Somebody took it off this screen: the centre says who and why.
    if (said.id === id && lease.is === 'mine' && said.holder !== me && said.decidedBy !== me) ask();
  });
  const now = useNow(15_000);
  const whose = (of: Suspicion) => whoHas(of, told.get(of.id), me, now);
  const closed = new Set([...done, ...all.filter((each) => !['free', 'mine'].includes(whose(each).is)).map((each) => each.id)]);

  const taking = useMutation({
    mutationFn: (skip: string[]) => api.call('post', '/api/v1/suspicions/take-next', { body: { skip } }),
    onSuccess: (next) => {
      setId(next.id ?? null);
      // It came since the list was read.
      if (next.id && !all.some((each) => each.id === next.id)) readAgain();
    },
  });
  const { mutate: takeNext } = taking;
  // A screen that opens, or whose work is done, is handed the next case; afterwards the officer asks for it.
  const begun = useRef(false);
  const ready = list.isSuccess;
  useEffect(() => {
    if (begun.current || !ready) return;
    begun.current = true;
    takeNext([]);
  }, [ready, takeNext]);

  const guessed = useRef<string | null>(null);
  useEffect(() => {
    if (lease.is !== 'other' || id === null || guessed.current !== id) return;
    guessed.current = null;
    takeNext([]);
  }, [lease, id, takeNext]);

  const open = useCase(id, ahead(all, id, closed));
  const deciding = useMutation({
    mutationFn: ({ detail, word }: { detail: SuspicionDetail; word: Word }) => {
      const path = { id: detail.id };
      return word.is === 'confirm'
        ? api.call('post', '/api/v1/suspicions/{id}/confirm', { path, body: { revision: detail.revision, seen: detail.evidence.map((e) => e.sha256), checklist: word.checklist } })
        : api.call('post', '/api/v1/suspicions/{id}/reject', { path, body: { revision: detail.revision, reason: word.reason, note: null } });
    },
    onSuccess: (_, { detail }) => {
      const next = new Set([...done, detail.id]);
      setDone(next);
      // The next one stands there at once, by what is known here; should another officer have it, the centre hands out another.
      const guess = after(all.filter((each) => !closed.has(each.id) || each.id === detail.id), detail.id, next);
      guessed.current = guess;
      setId(guess);
      if (guess === null) takeNext([]);
      if (all.length - next.size < 3) readAgain();
    },
    // Somebody else was faster, or it changed: the officer sees the case as it is now.
    onError: () => void open.refetch(),
  });
  const step = (by: 1 | -1) => setId((was) => after(all, was, done, by));
  const pass = () => takeNext(id === null ? [] : [id]);
  useHotkeys([
    { code: 'ArrowDown', cap: '↓', does: 'suspicions.act.next', run: () => step(1) },
    { code: 'ArrowUp', cap: '↑', does: 'suspicions.act.previous', run: () => step(-1) },
    { code: 'KeyN', cap: 'N', does: 'suspicions.act.takeNext', run: pass },
    { code: 'KeyH', cap: 'H', does: 'suspicions.act.many', run: () => setMany(true) },
  ]);

  if (list.isPending) return <Loading />;
  if (!list.data) return <Failed error={list.error} retry={readAgain} />;
  const said = deciding.variables;
  return (
    <div className="review">
      <aside className="review-side">
        {tabs}
        <h2>{t('suspicions.queue.title')} <span className="count">{numberText(Math.max(0, (list.data.waiting?.suspicions ?? all.length) - done.size))}</span></h2>
        {list.data.next !== null && <p className="hint">{t('suspicions.queue.more', { shown: all.length })}</p>}
        {fresh && <Button onClick={readAgain}>{t('suspicions.queue.fresh')}</Button>}
        {left.length === 0 && <Empty>{t('suspicions.queue.none')}</Empty>}
        <ul className="review-list">
          {left.map((each) => <li key={each.id}><Row of={each} who={each.id === id && lease.is === 'mine' ? { is: 'mine' } : whose(each)} selected={each.id === id} choose={setId} /></li>)}
        </ul>
        <Button look="main" keyHint="N" disabled={taking.isPending} onClick={pass}>{t('suspicions.act.takeNext')}</Button>
        <Button keyHint="H" onClick={() => setMany(true)}>{t('suspicions.act.many')}</Button>
      </aside>
      <section className="review-stage">
        {deciding.isSuccess && said && (
          <Notice tone="good">{t(said.word.is === 'confirm' ? 'suspicions.act.done_confirm' : 'suspicions.act.done_reject', { number: said.detail.number })}</Notice>
        )}
        {deciding.isError && said && <Notice tone="bad" alert>{t('suspicions.act.failed', { number: said.detail.number })} {say(deciding.error)}</Notice>}
        {taking.isError && <Notice tone="bad" alert>{say(taking.error)}</Notice>}
        {id === null && <Empty>{t(left.length === 0 ? 'suspicions.queue.none' : taking.isSuccess ? 'suspicions.queue.noneFree' : 'suspicions.case.pick')}</Empty>}
        {id !== null && open.isPending && <Loading />}
        {id !== null && open.isError && <Failed error={open.error} retry={() => void open.refetch()} />}
        {id !== null && open.data && (
          <Case key={open.data.id} detail={open.data} lease={lease} ask={ask} busy={deciding.isPending} decide={(word) => deciding.mutate({ detail: open.data, word })} />
        )}
      </section>
      {many && <RejectMany list={left} onClose={() => setMany(false)} done={(ids) => { setDone((was) => new Set([...was, ...ids])); setId((was) => (was !== null && ids.includes(was) ? null : was)); }} />}
    </div>
  );
}

interface CaseProps {
  detail: SuspicionDetail;
  lease: Lease;
  ask: (takeOver?: boolean) => void;
  busy: boolean;
  decide: (word: Word) => void;
}

function Case({ detail, lease, ask, busy, decide }: CaseProps) {
  const { t } = useText();
  const say = useErrorText();
  const leads = useHere().roles.includes('traffic_leader');
  const [roles, setRoles] = useState<ReadonlySet<string>>(new Set());
  const shown = useCallback((role: string) => setRoles((was) => new Set([...was, role])), []);
  const [granting, setGranting] = useState(false);
  useHotkeys(detail.plate ? [{ code: 'KeyT', cap: 'T', does: 'suspicions.grant.open', run: () => setGranting(true) }] : []);
  const allShown = detail.evidence.length > 0 && detail.evidence.every((picture) => roles.has(picture.role));
  return (
    <>
      {lease.is === 'other' && (
        <Notice tone="warn" alert>
          {say(lease.error)} {t('suspicions.who.lookOnly')}{' '}
          {leads && <Button onClick={() => ask(true)}>{t('suspicions.act.takeOver')}</Button>}
        </Notice>
      )}
      {lease.is === 'away' && <Notice tone="warn" alert>{t('suspicions.who.away')}</Notice>}
      <Evidence detail={detail} shown={shown} />
      <CaseFacts detail={detail}>{detail.plate && <Button data-act="grant" keyHint="T" onClick={() => setGranting(true)}>{t('suspicions.grant.open')}</Button>}</CaseFacts>
      <AllowedNotes detail={detail} />
      <DecideCase detail={detail} allShown={allShown} mine={lease.is === 'mine'} busy={busy}
        confirm={(checklist) => decide({ is: 'confirm', checklist })} reject={(reason) => decide({ is: 'reject', reason })} />
      {granting && <GrantDialog of={detail} onClose={() => setGranting(false)} />}
    </>
  );
}
