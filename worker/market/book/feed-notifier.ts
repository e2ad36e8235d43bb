/** The events of a book for its feed: the stages of a scan, and closes that changed. Sent in their order; no caller waits. */
import type { BookListener, BookEvent, EndedRun } from "../../app/ports/live.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { IndexClose, RunOutcome, RunProgress, StoredRows } from "../../app/ports/market-book.ts";

/** What the notifier asks of its book. */
export interface NotifyingBook {
  readonly log: Log;
  /** The object's own, for the log; no exchange's before the book is asked to run. */
  readonly name: string | null;
  feed(): BookListener;
  now(): number;
  indexCloses(): readonly IndexClose[];
  /** Work that goes on after the call that began it. */
  run(work: Promise<void>): void;
}

/** A feed that is out of reach loses an event and no scan: the next state replaces what was missed. */
export class FeedNotifier {
  readonly #book: NotifyingBook;
  /** The closes of the last event, as JSON. */
  #closes = "";
  #sending: Promise<void> = Promise.resolve();

  constructor(book: NotifyingBook) {
    this.#book = book;
  }

  /** `ended`: the run that has just ended. */
  scan(progress: RunProgress, ended: EndedRun | null = null): void {
    this.#notify({ kind: "scan", at: this.#book.now(), progress, ended });
  }

  /** Notifies the feed of closes that an import has changed. */
  imported(rows: StoredRows): void {
    if (rows.added > 0 || rows.replaced > 0) {
      const closes = JSON.stringify(this.#book.indexCloses());
      if (closes !== this.#closes) {
        this.#closes = closes;
        this.#notify({ kind: "closes" });
      }
    }
  }

  #notify(event: BookEvent): void {
    this.#sending = this.#sending
      .then(async () => this.#book.feed().onBookEvent(event))
      .catch((error: unknown) => {
        // The runs and the closes are stored, and a feed that missed the event reads them.
        logFailure(this.#book.log, "feed_not_notified", error, {
          exchange: this.#book.name,
          book_event: event.kind,
        });
      });
    this.#book.run(this.#sending);
  }
}

/** How a run ended; one without an outcome of its own has failed. */
export function endOf(runId: string, outcome: RunOutcome | null): EndedRun {
  if (outcome === null || outcome.status === "busy") {
    return { runId, status: "failed", saved: 0, reason: null };
  }
  return { runId, status: outcome.status, saved: outcome.run.saved, reason: outcome.run.reason };
}
