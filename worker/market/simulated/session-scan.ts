/** FD5, FD15: the scan after a session's end, owed from the moment its rows are in the book until a run is done. */
import type { Clock } from "../../app/ports/clock.ts";
import type { LiveBookPort, RunOutcome, RunRequest } from "../../app/ports/market-book.ts";
import type { FeedStore } from "./feed-store.ts";

const REQUEST: RunRequest = { kind: "session", market: null, topN: 0, minScore: 0, accept: [] };

/** Another run holds the book for a second or two; after these waits the next step tries again. */
const BUSY_MS = 250;
const BUSY_WAITS = 20;
/** Each failed run leaves a row. */
const FAILED_MS = 60_000;

/** Owed in storage and asked for again: a book that is busy must not cost the session its scan. */
export class SessionScan {
  readonly #store: Pick<FeedStore, "scanDue" | "scanned">;
  readonly #clock: Clock;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(store: Pick<FeedStore, "scanDue" | "scanned">, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** `true` when a run came to an end. After a death between rows and scan it is still due at the next birth. */
  async runIfDue(book: Pick<LiveBookPort, "run">): Promise<boolean> {
    if (this.#store.scanDue() !== true || this.#clock.now() < this.#notBefore) {
      return false;
    }
    const outcome = await runWhenFree(book);
    if (outcome.status === "failed") {
      this.#notBefore = this.#clock.now() + FAILED_MS;
    }
    if (outcome.status === "done" || outcome.status === "skipped") {
      this.#store.scanned();
    }
    return outcome.status !== "busy";
  }
}

async function runWhenFree(book: Pick<LiveBookPort, "run">): Promise<RunOutcome> {
  let outcome = await book.run(REQUEST);
  for (let wait = 0; wait < BUSY_WAITS && outcome.status === "busy"; wait++) {
    await new Promise((resolve) => {
      setTimeout(resolve, BUSY_MS);
    });
    outcome = await book.run(REQUEST);
  }
  return outcome;
}
