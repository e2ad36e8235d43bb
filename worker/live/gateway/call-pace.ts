/**
 * How often a gateway may advertise its list to the feed: each call costs both objects the whole list, and a client that comes
 * and goes all the time would cause one call after the other (WS16a).
 */

/** So many calls may follow one another; a page that opens causes one or two. */
const BURST = 4;
/** One more call in this time, in milliseconds: the pace of latest values. */
const CALL_EVERY_MS = 250;

export class CallPace {
  readonly #now: () => number;
  #left = BURST;
  #at = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts one more call, and resolves when it may be made; `null`: at once, because few were made of late. */
  turn(): Promise<void> | null {
    const at = this.#now();
    this.#left = Math.min(BURST, this.#left + Math.max(0, at - this.#at) / CALL_EVERY_MS) - 1;
    this.#at = at;
    const ms = -this.#left * CALL_EVERY_MS;
    return ms <= 0
      ? null
      : new Promise((resolve) => {
          setTimeout(resolve, ms);
        });
  }
}
