// A guard's word about one arrival, and what became of it. Every word quotes the revision and the picture that were on the
// screen; the service refuses it when either changed, and the guard is told which.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { api } from '../../api/client';
import type { Arrival, ArrivalDetail, GateDecision, RefusalReason } from '../../api/types';

export type Word =
  | { verdict: 'admit' }
  | { verdict: 'not_this_person' }
  | { verdict: 'verifying' }
  | { verdict: 'refuse'; reason: RefusalReason; note: string | null };

export type Outcome =
  | { is: 'sending'; arrival: string; verdict: Word['verdict'] }
  /** Without an answer: nothing goes down to a door. */
  | { is: 'done'; arrival: string; verdict: Word['verdict']; answer: GateDecision | null }
  | { is: 'failed'; arrival: string; verdict: Word['verdict']; error: unknown };

function send(arrival: Arrival, word: Word, decided: string | null): Promise<GateDecision | null> {
  const path = { id: arrival.id };
  const screen = { revision: arrival.revision, look: arrival.look ?? null, decided };
  switch (word.verdict) {
    case 'admit':
      return api.call('post', '/api/v1/arrivals/{id}/admit', { path, body: screen });
    case 'not_this_person':
      return api.call('post', '/api/v1/arrivals/{id}/not-this-person', { path, body: screen });
    case 'verifying':
      return api.call('post', '/api/v1/arrivals/{id}/verify', { path }).then(() => null);
    case 'refuse':
      return api.call('post', '/api/v1/arrivals/{id}/refuse', { path, body: { ...screen, reason: word.reason, note: word.note } });
  }
}

/** The latest word on the screen: only whoever saw it may say otherwise. */
const lastSeen = (detail: ArrivalDetail | undefined) =>
  detail?.decisions.findLast((each) => each.verdict === 'admit' || each.verdict === 'refuse')?.id ?? null;

/** Is the person still to be let in or not after this word? */
export const leavesOpen = (verdict: Word['verdict']) => verdict === 'not_this_person' || verdict === 'verifying';

/** Decided ids are kept so long at most: the node answers within seconds, and then the list says it itself. */
const KEPT_DECIDED = 50;

export function useDecision(readAgain: () => void) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const queries = useQueryClient();
  const decide = useCallback((arrival: Arrival, word: Word) => {
    const { verdict } = word;
    // Who decided shows at once: also when it was somebody else, which is why this one was refused.
    const settled = () => {
      readAgain();
      void queries.invalidateQueries({ queryKey: ['arrival', arrival.id] });
    };
    setOutcome({ is: 'sending', arrival: arrival.id, verdict });
    send(arrival, word, lastSeen(queries.getQueryData(['arrival', arrival.id, arrival.revision]))).then(
      (answer) => {
        setOutcome({ is: 'done', arrival: arrival.id, verdict, answer });
        // Whoever is looked into, or is not the one that was named, still has to be decided on.
        if (!leavesOpen(verdict)) setDecided((ids) => new Set([...ids, arrival.id].slice(-KEPT_DECIDED)));
        settled();
      },
      (error: unknown) => {
        setOutcome({ is: 'failed', arrival: arrival.id, verdict, error });
        settled();
      },
    );
  }, [readAgain, queries]);
  const forget = useCallback(() => setOutcome(null), []);
  return { outcome, decided, decide, forget };
}
