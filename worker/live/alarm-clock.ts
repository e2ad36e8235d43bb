/** The one alarm of an object, for everything that wants to be looked at later: never later than the earliest wish. */

export class AlarmClock {
  readonly #storage: Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;
  readonly #now: () => number;
  /** As far as this life knows; one that was set before its birth is still to be asked for. */
  #at: number | null = null;

  constructor(storage: Pick<DurableObjectStorage, "getAlarm" | "setAlarm">, now: () => number) {
    this.#storage = storage;
    this.#now = now;
  }

  /** Together with what the caller writes: nothing is awaited. For what is soon due, because it may move an unknown alarm. */
  setSoon(at: number): void {
    if (!this.#isSet(at)) {
      this.#at = at;
      void this.#storage.setAlarm(at);
    }
  }

  /** Looks first whether an earlier one is set that this life does not know of. */
  async set(at: number): Promise<void> {
    if (this.#isSet(at)) {
      return;
    }
    const stored = await this.#storage.getAlarm();
    if (!this.#isSet(at)) {
      this.#at = stored !== null && stored <= at ? stored : at;
      await this.#storage.setAlarm(this.#at);
    }
  }

  /** It rings: none is set any more. */
  rang(): void {
    this.#at = null;
  }

  #isSet(at: number): boolean {
    return this.#at !== null && this.#at <= at && this.#at > this.#now();
  }
}
