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

  constructor(storage: AlarmStorage, now: () => number, log: Log) {
    this.#storage = storage;
    this.#now = now;
    this.#log = log;
  }

  /** Set together with what the caller writes, because nothing is awaited. For a time soon due: an unknown alarm is moved there. */
  setSoon(at: number): void {
    if (!this.#isSet(at)) {
      this.#store(at).catch((error: unknown) => {
        logFailure(this.#log, "alarm_not_set", error, {}, "error");
      });
    }
  }

  /** Reads first whether an earlier alarm is set that this life does not know. */
  async set(at: number): Promise<void> {
    if (this.#isSet(at)) {
      return;
    }
    const stored = await this.#storage.getAlarm();
    if (!this.#isSet(at)) {
      await this.#store(stored !== null && stored <= at ? stored : at);
    }
  }

  /** The alarm rings, and none is set any more. */
  rang(): void {
    this.#at = null;
  }

  /** What could not be set is not taken for set. */
  async #store(at: number): Promise<void> {
    this.#at = at;
    try {
      await this.#storage.setAlarm(at);
    } catch (error) {
      if (this.#at === at) {
        this.#at = null;
      }
      throw error;
    }
  }

  #isSet(at: number): boolean {
    return this.#at !== null && this.#at <= at && this.#at > this.#now();
  }
}
