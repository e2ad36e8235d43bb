/** What a connection refused of its vendor, by reason: a vendor that sends one odd message may send a million. */
import type { Log } from "../../app/ports/log.ts";

/** The first of each reason leaves a line, and the counts stand at the end. */
export class RefusedMessages {
  readonly #log: Log;
  readonly #events: { readonly one: string; readonly many: string };
  readonly #times = new Map<string, number>();

  /** `events`: of the log, for the first of a reason and for all of it. */
  constructor(log: Log, events: { readonly one: string; readonly many: string }) {
    this.#log = log;
    this.#events = events;
  }

  /** `why` holds no text of the vendor's. */
  refuse(why: string): void {
    const before = this.#times.get(why) ?? 0;
    this.#times.set(why, before + 1);
    if (before === 0) {
      this.#log.write("warn", this.#events.one, { why });
    }
  }

  /** More than the first of a reason: how many. */
  report(): void {
    for (const [why, times] of this.#times) {
      if (times > 1) {
        this.#log.write("warn", this.#events.many, { why, times });
      }
    }
  }
}
