// What waits for an officer: what expires first stands first. The list is read when the officer wants it and when it runs low; it never
// moves under his hands.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { api } from '../../api/client';
import { useLiveEvents } from '../../app/live';
import type { RejectionReason, Suspicion, SuspicionDetail } from '../../api/types';
import { useHotkeys } from '../../app/keys';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { CaseFacts } from './CaseFacts';
import { DecideCase } from './DecideCase';
import { Evidence } from './Evidence';
import { after, ahead, byDeadline } from './queue';
import { RejectMany } from './RejectMany';
import { Row } from './Row';
import './suspicions.css';
import { useCase } from './useCase';

const NONE: readonly Suspicion[] = [];
type Word = { is: 'confirm'; checklist: string[] } | { is: 'reject'; reason: RejectionReason };

export function PendingCases({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const say = useErrorText();
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
  useLiveEvents(['suspicion', 'resync'], () => setFresh(true));
  useEffect(() => {
    if (id === null && left[0]) setId(left[0].id);
  }, [id, left]);

  const open = useCase(id, ahead(all, id, done));
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
      setId(after(all, detail.id, next));
      if (all.length - next.size < 3) readAgain();
    },
    // Somebody else was faster, or it changed: the officer sees the case as it is now.
    onError: () => void open.refetch(),
  });
  const step = (by: 1 | -1) => setId((was) => after(all, was, done, by));
  useHotkeys([
    { code: 'ArrowDown', cap: '↓', does: 'suspicions.act.next', run: () => step(1) },
    { code: 'ArrowUp', cap: '↑', does: 'suspicions.act.previous', run: () => step(-1) },
    { code: 'KeyH', cap: 'H', does: 'suspicions.act.many', run: () => setMany(true) },
  ]);

  if (list.isPending) return <Loading />;
  if (!list.data) return <Failed error={list.error} retry={readAgain} />;
  const told = deciding.variables;
  return (
    <div className="review">
      <aside className="review-side">
        {tabs}
        <h2>{t('suspicions.queue.title')} <span className="count">{numberText(Math.max(0, (list.data.waiting?.suspicions ?? all.length) - done.size))}</span></h2>
        {list.data.next !== null && <p className="hint">{t('suspicions.queue.more', { shown: all.length })}</p>}
        {fresh && <Button onClick={readAgain}>{t('suspicions.queue.fresh')}</Button>}
        {left.length === 0 && <Empty>{t('suspicions.queue.none')}</Empty>}
        <ul className="review-list">
          {left.map((each) => <li key={each.id}><Row of={each} selected={each.id === id} choose={setId} /></li>)}
        </ul>
        <Button keyHint="H" onClick={() => setMany(true)}>{t('suspicions.act.many')}</Button>
      </aside>
      <section className="review-stage">
        {deciding.isSuccess && told && (
          <Notice tone="good">{t(told.word.is === 'confirm' ? 'suspicions.act.done_confirm' : 'suspicions.act.done_reject', { number: told.detail.number })}</Notice>
        )}
        {deciding.isError && told && <Notice tone="bad" alert>{t('suspicions.act.failed', { number: told.detail.number })} {say(deciding.error)}</Notice>}
        {id === null && <Empty>{t(left.length === 0 ? 'suspicions.queue.none' : 'suspicions.case.pick')}</Empty>}
        {id !== null && open.isPending && <Loading />}
        {id !== null && open.isError && <Failed error={open.error} retry={() => void open.refetch()} />}
        {id !== null && open.data && (
          <Case key={open.data.id} detail={open.data} busy={deciding.isPending} decide={(word) => deciding.mutate({ detail: open.data, word })} />
        )}
      </section>
      {many && <RejectMany list={left} onClose={() => setMany(false)} done={(ids) => { setDone((was) => new Set([...was, ...ids])); setId((was) => (was !== null && ids.includes(was) ? null : was)); }} />}
    </div>
  );
}

function Case({ detail, busy, decide }: { detail: SuspicionDetail; busy: boolean; decide: (word: Word) => void }) {
  const [roles, setRoles] = useState<ReadonlySet<string>>(new Set());
  const shown = useCallback((role: string) => setRoles((was) => new Set([...was, role])), []);
  const allShown = detail.evidence.length > 0 && detail.evidence.every((picture) => roles.has(picture.role));
  return (
    <>
      <Evidence detail={detail} shown={shown} />
      <CaseFacts detail={detail} />
      <DecideCase detail={detail} allShown={allShown} busy={busy}
        confirm={(checklist) => decide({ is: 'confirm', checklist })} reject={(reason) => decide({ is: 'reject', reason })} />
    </>
  );
}
