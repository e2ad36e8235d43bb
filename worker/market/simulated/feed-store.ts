/** The storage of a simulated market: its clock, the state that its session follows, and whether a scan is due. */
import * as v from "valibot";
import type { BookStorage } from "../bars/book-tables.ts";
import { OPENING, type SessionClock } from "./session-clock.ts";

/** `at` and `plannedAt` in milliseconds since the epoch: when the clock was stored, and when its next step was due. */
export interface ClockMark {
  readonly clock: SessionClock;
  readonly at: number;
  readonly plannedAt: number;
}

const Mark = v.object({
  clock: v.object({ phase: v.picklist(["open", "break"]), elapsedMs: v.number(), paused: v.boolean() }),
  at: v.number(),
  plannedAt: v.number(),
});

/** The state that the next session follows, and the one that the last session followed; `null` before the first. */
export interface Standing {
  readonly before: Uint8Array | null;
  readonly state: Uint8Array;
}

/** What must survive the process, so that a session goes on with the same prices. */
export class FeedStore {
  readonly #storage: BookStorage;

  constructor(storage: BookStorage) {
    this.#storage = storage;
    storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS standing (
         id INTEGER PRIMARY KEY CHECK (id = 0), state BLOB NOT NULL, before BLOB, due INTEGER NOT NULL)`,
    );
    storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS feed_clock (id INTEGER PRIMARY KEY CHECK (id = 0), mark TEXT NOT NULL)",
    );
  }

  /** `null` until the market's past is in the book. */
  standing(): Standing | null {
    const [row] = this.#storage.sql
      .exec<{ state: ArrayBuffer; before: ArrayBuffer | null }>("SELECT state, before FROM standing")
      .toArray();
    return row
      ? { state: new Uint8Array(row.state), before: row.before && new Uint8Array(row.before) }
      : null;
  }

  /** Whether the last session's rows are in the book and its scan is not done; `null` until the past is in the book. */
  scanDue(): boolean | null {
    const [row] = this.#storage.sql.exec<{ due: number }>("SELECT due FROM standing").toArray();
    return row ? row.due === 1 : null;
  }

  /** The past, or one more session, is in the book: the market stands at `state`, and a scan is due. */
  stand(state: Uint8Array, mark: ClockMark): void {
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec(
        "INSERT OR REPLACE INTO standing VALUES (0, ?, (SELECT state FROM standing), 1)",
        state,
      );
      this.write(mark);
    });
  }

  scanned(): void {
    this.#storage.sql.exec("UPDATE standing SET due = 0");
  }

  mark(): ClockMark {
    const [row] = this.#storage.sql.exec<{ mark: string }>("SELECT mark FROM feed_clock").toArray();
    return row ? v.parse(Mark, JSON.parse(row.mark)) : { clock: OPENING, at: 0, plannedAt: 0 };
  }

  write(mark: ClockMark): void {
    this.#storage.sql.exec("INSERT OR REPLACE INTO feed_clock VALUES (0, ?)", JSON.stringify(mark));
  }
}
