/** What a book tells its feed: how far a scan is, and that a close has changed. In its order, and nobody waits for it. */
import type { BookListener, BookEvent, EndedRun } from "../../app/ports/live.ts";
import { logFailure } from "../../app/log-failure.ts";
import type { Log } from "../../app/ports/log.ts";
import type { IndexClose, RunOutcome, RunProgress, StoredRows } from "../../app/ports/market-book.ts";

export interface NotifyingBook {
  readonly log: Log;
  /** The object's own, for the log; no exchange's before the book is asked to run. */
  readonly name: string | null;
  feed(): BookListener;
  now(): number;
  indexCloses(): readonly IndexClose[];
  /** Work that outlives the event it began in. */
  run(work: Promise<void>): void;
}

export class FeedNotifier {
  readonly #book: NotifyingBook;
  /** The closes that the feed was told of, as text. */
  #closes = "";
  #telling: Promise<void> = Promise.resolve();

  constructor(book: NotifyingBook) {
    this.#book = book;
  }

  /** `ended`: the run that has just come to its end. */
  scan(progress: RunProgress, ended: EndedRun | null = null): void {
    this.#tell({ kind: "scan", at: this.#book.now(), progress, ended });
  }

  /** Tells of closes that an import has moved; gives back what it was given. */
  imported(rows: StoredRows): StoredRows {
    if (rows.added > 0 || rows.replaced > 0) {
      const closes = JSON.stringify(this.#book.indexCloses());
      if (closes !== this.#closes) {
        this.#closes = closes;
        this.#tell({ kind: "closes" });
      }
    }
    return rows;
  }

  #tell(news: BookEvent): void {
    this.#telling = this.#telling
      .then(async () => this.#book.feed().onBookEvent(news))
      .catch((error: unknown) => {
        // The runs and the closes are stored, and a feed that missed the event reads them.
        logFailure(this.#book.log, "feed_not_notified", error, {
          exchange: this.#book.name,
          book_event: news.kind,
        });
      });
    this.#book.run(this.#telling);
  }
}

/** How a run ended; one without an outcome of its own has failed. */
export function endOf(runId: string, outcome: RunOutcome | null): EndedRun {
  if (outcome === null || outcome.status === "busy") {
    return { runId, status: "failed", saved: 0, reason: null };
  }
  return { runId, status: outcome.status, saved: outcome.run.saved, reason: outcome.run.reason };
}
