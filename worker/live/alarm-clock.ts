/** The one alarm of an object, for everything that is to be done later: never later than the earliest time that was asked for. */
import { type Log, logFailure } from "../app/ports/log.ts";

/** How soon an object looks again, in milliseconds, while a socket is not settled or a renewal is due. */
export const LOOK_AGAIN_MS = 5_000;

type AlarmStorage = Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;

/** Times in milliseconds since the epoch, as `now` gives them. */
export class AlarmClock {
  readonly #storage: AlarmStorage;
  readonly #now: () => number;
  readonly #log: Log;
  /** The alarm that is set, as far as this life knows; one from before its birth is still to be read. */
  #at: number | null = null;
  /** Where {@link #at} is on its way to the storage. */
  #storing: Promise<void> | null = null;

  constructor(storage: AlarmStorage, now: () => number, log: Log) {
    this.#storage = storage;
    this.#now = now;
    this.#log = log;
  }

  /** An alarm for `at` or earlier is stored: {@link AlarmClock.set} would do nothing. */
  isStored(at: number): boolean {
    return this.#storing === null && this.#isSet(at);
  }

  /** Set together with what the caller writes, because nothing is awaited. For a time soon due: an unknown alarm is moved there. */
  setSoon(at: number): void {
    if (!this.#isSet(at)) {
      this.#store(at).catch((error: unknown) => {
        logFailure(this.#log, "alarm_not_set", error, {}, "error");
      });
    } else if (this.#storing !== null) {
      this.#storing.catch(() => {
        this.setSoon(at);
      });
    }
  }

  /** Reads first whether an earlier alarm is set that this life does not know. Resolves when an alarm for `at` or earlier is stored. */
  async set(at: number): Promise<void> {
    if (this.#isSet(at) && (this.#storing === null || (await isDone(this.#storing)))) {
      return;
    }
    const stored = await this.#storage.getAlarm();
    // Another caller may have begun to store one meanwhile.
    await (this.#isSet(at) ? this.set(at) : this.#store(stored !== null && stored <= at ? stored : at));
  }

  /**
   * Carries out what the alarm rings for. The platform forgets an alarm that has thrown six times in a row: what fails is a
   * line of the log, and rings again. Rejects only where no alarm can be stored, and then the platform repeats it.
   */
  async ring(work: () => Promise<void>): Promise<void> {
    // None is set any more.
    this.#at = null;
    try {
      await work();
    } catch (error) {
      logFailure(this.#log, "alarm_failed", error, {}, "error");
      await this.set(this.#now() + LOOK_AGAIN_MS);
    }
  }

  /** What could not be set is not taken for set. */
  async #store(at: number): Promise<void> {
    this.#at = at;
    const storing = this.#storage.setAlarm(at);
    this.#storing = storing;
    try {
      await storing;
    } catch (error) {
      if (this.#storing === storing) {
        this.#at = null;
      }
      throw error;
    } finally {
      if (this.#storing === storing) {
        this.#storing = null;
      }
    }
  }

  #isSet(at: number): boolean {
    return this.#at !== null && this.#at <= at && this.#at > this.#now();
  }
}

/** Whether it succeeds. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
