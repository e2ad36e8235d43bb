/** The one alarm of a book, which stands behind everything that is not done yet. */
import type { Clock } from "../../app/ports/clock.ts";

/** How soon it rings, doubling with each failure from the first to the last. */
const FIRST_MS = 2_000;
const LAST_MS = 300_000;

/** Milliseconds until the next try after so many failures in a row. */
function retryDelay(failures: number): number {
  return Math.min(LAST_MS, FIRST_MS * 2 ** failures);
}

export class BookAlarm {
  readonly #storage: Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">;
  readonly #clock: Clock;
  /** Grows with each alarm that is set. */
  #number = 0;
  #failures = 0;

  constructor(storage: Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Resolves with the number of the alarm, for {@link done}. */
  async soon(): Promise<number> {
    return this.#ringAfter(FIRST_MS);
  }

  /** Later after each failure that follows another. */
  async afterFailure(): Promise<void> {
    this.#failures += 1;
    await this.#ringAfter(retryDelay(this.#failures));
  }

  /** Nothing is left to do of what this alarm stood behind. One that was set after it keeps standing. */
  async done(number: number): Promise<void> {
    if (this.#number === number) {
      await this.#storage.deleteAlarm();
    }
  }

  succeeded(): void {
    this.#failures = 0;
  }

  async #ringAfter(ms: number): Promise<number> {
    this.#number += 1;
    const number = this.#number;
    await this.#storage.setAlarm(this.#clock.now() + ms);
    return number;
  }
}
