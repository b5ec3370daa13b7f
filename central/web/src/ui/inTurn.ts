// A node is asked for a picture, or to try lines, every two seconds at most for one camera; the centre refuses more. Whoever is
// too early waits here for the rest of it, instead of being told to press again.

/** The centre's pause, and a little for two clocks and the way. */
export const PAUSE_MS = 2_200;
const last = new Map<string, number>();

/** Resolves when this may be asked; `key` names what and of which camera. Questions of one key wait one behind the other. */
export async function inTurn(key: string): Promise<void> {
  const now = Date.now();
  const turn = Math.max(now, (last.get(key) ?? -PAUSE_MS) + PAUSE_MS);
  last.set(key, turn);
  if (turn > now) await new Promise((wake) => setTimeout(wake, turn - now));
}
