/** The one alarm of a book, set before any work that must be done again when the process dies in it. */
import type { Clock } from "../../app/ports/clock.ts";

/** Until the alarm rings; doubles with each failure from the first to the last. */
const FIRST_MS = 2_000;
const LAST_MS = 300_000;

/** Milliseconds until the next try after so many failures in a row. */
function retryDelay(failures: number): number {
  return Math.min(LAST_MS, FIRST_MS * 2 ** failures);
}

/** Numbered settings: work deletes the alarm only while nobody has set it since (decision 023). */
export class BookAlarm {
  readonly #storage: Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">;
  readonly #clock: Clock;
  /** The number of the last alarm. */
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

  /** Rings later after each failure that follows another. */
  async afterFailure(): Promise<void> {
    this.#failures += 1;
    await this.#ringAfter(retryDelay(this.#failures));
  }

  /** Deletes the alarm of this number; one that was set after it stays. */
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
