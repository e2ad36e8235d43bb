/** The one alarm of a book, set before any work that must be done again when the process dies in it. */
import type { Clock } from "../../app/ports/clock.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** Until the alarm rings; doubles with each failure from the first to the last. */
const FIRST_MS = 2_000;
const LAST_MS = 300_000;

/** Milliseconds until the next try after so many failures in a row. */
function retryDelay(failures: number): number {
  return Math.min(LAST_MS, FIRST_MS * 2 ** failures);
}

/** One row while an alarm is to ring: the platform forgets an alarm that has thrown often enough. */
const TABLE = "CREATE TABLE IF NOT EXISTS alarm_set (id INTEGER PRIMARY KEY CHECK (id = 0))";

type AlarmStorage = Pick<DurableObjectStorage, "getAlarm" | "setAlarm" | "deleteAlarm"> &
  Pick<BookStorage, "sql">;

/** Numbered settings: work deletes the alarm only while nobody has set it since (decision 023). */
export class BookAlarm {
  readonly #storage: AlarmStorage;
  readonly #clock: Clock;
  /** The number of the last alarm. */
  #number = 0;
  #failures = 0;
  /** The row of {@link TABLE} stands. */
  #isSet: boolean;

  constructor(storage: AlarmStorage, clock: Clock) {
    storage.sql.exec(TABLE);
    this.#storage = storage;
    this.#clock = clock;
    this.#isSet = storage.sql.exec("SELECT 1 FROM alarm_set").toArray().length > 0;
  }

  /** BK33: at a birth. Sets the alarm that an earlier life left to ring and that the platform has given up. */
  async recall(): Promise<void> {
    if (this.#isSet && (await this.#storage.getAlarm()) === null && this.#number === 0) {
      await this.soon();
    }
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

  /** For what failed so many times in a row, where nothing else has failed: then that one's wait stays. */
  async later(failures: number): Promise<void> {
    if (this.#failures === 0) {
      await this.#ringAfter(retryDelay(failures - 1));
    }
  }

  /** Deletes the alarm of this number; one that was set after it stays. */
  async done(number: number): Promise<void> {
    if (this.#number === number) {
      this.#storage.sql.exec("DELETE FROM alarm_set");
      this.#isSet = false;
      await this.#storage.deleteAlarm();
    }
  }

  succeeded(): void {
    this.#failures = 0;
  }

  async #ringAfter(ms: number): Promise<number> {
    this.#number += 1;
    const number = this.#number;
    if (!this.#isSet) {
      this.#storage.sql.exec("INSERT OR REPLACE INTO alarm_set VALUES (0)");
      this.#isSet = true;
    }
    await this.#storage.setAlarm(this.#clock.now() + ms);
    return number;
  }
}
