// Words for the codes an arrival carries. A code that is unknown here (a newer service) gets no wrong word.
import type { Arrival } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { desk } from '../../i18n/words/desk';

const UNDER = {
  verdict: 'desk.verdict.', sureness: 'desk.sureness.', liveness: 'desk.liveness.', outcome: 'desk.outcome.',
  refusal: 'desk.refusal.', opening: 'desk.opening.', command: 'desk.command.', why: 'desk.why.',
} as const;

function keyIn(group: keyof typeof UNDER, code: string): Key | null {
  return code in desk[group] ? (UNDER[group] + code) as Key : null;
}

export function verdictKey(arrival: Pick<Arrival, 'verdict' | 'subject'>): Key {
  if (arrival.subject === 'door') return 'desk.card.byDoor';
  return keyIn('verdict', arrival.verdict ?? 'none') ?? 'desk.verdict.none';
}

export const decisionKey = (verdict: string): Key | null => keyIn('verdict', verdict);
export const surenessKey = (code: string | null | undefined): Key | null => (code ? keyIn('sureness', code) : null);
export const livenessKey = (code: string | null | undefined): Key | null => (code ? keyIn('liveness', code) : null);
export const outcomeKey = (code: string): Key | null => keyIn('outcome', code);

/** Why somebody was not let in, or why a door was opened by hand: both stand in the same column. */
export const reasonKey = (code: string): Key | null => keyIn('refusal', code) ?? keyIn('opening', code);
export const commandKey = (code: string): Key | null => keyIn('command', code);

/** Why a person has to decide, in words. In Vietnamese the service's own, which also knows reasons that are new. */
export function useReasons(): (of: Pick<Arrival, 'reasons' | 'reasons_text'>) => string[] {
  const { t, language } = useText();
  return ({ reasons, reasons_text: texts }) => {
    if (language === 'vi') return texts;
    return reasons.map((code, n) => {
      const key = keyIn('why', code);
      return key ? t(key) : texts[n] ?? code;
    });
  };
}
