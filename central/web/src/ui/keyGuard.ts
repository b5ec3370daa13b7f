// A key acts only on a card that was on the screen for a moment: whoever presses a key means what he saw, not what came up
// under his finger. A changed revision or picture is another card.

export const SHOWN_FOR_MS = 400;

export class KeyGuard {
  #card: string | null = null;
  #since = 0;

  /** This card is on the screen now. */
  show(card: string | null, now: number): void {
    if (card === this.#card) return;
    this.#card = card;
    this.#since = now;
  }

  /** May a key pressed now act on this card? */
  mayAct(card: string, now: number): boolean {
    return card === this.#card && now - this.#since >= SHOWN_FOR_MS;
  }
}
