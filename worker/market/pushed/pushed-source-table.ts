/** KW15: which vendor a machine of the owner's last brought, remembered over an eviction: a machine that is away is missed, not forgotten. */
import * as v from "valibot";
import type { LiveMachine } from "../../app/ports/live-upstream.ts";
import type { SourceId } from "../../app/ports/market-sources.ts";
import { VendorName } from "../../protocol/vocabulary.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** `at`: when it last connected, or was gone, in milliseconds since the epoch. */
export interface PushedSource {
  readonly source: SourceId;
  readonly slots: number;
  readonly at: number;
}

/** So long a machine that is away is missed; an owner may have given it up. */
const MISSED_MS = 30 * 86_400_000;

const Row = v.object({ source: VendorName, slots: v.number(), at: v.number() });

export class PushedSourceTable {
  readonly #sql: BookStorage["sql"];
  /** Read once: every step of a session asks. */
  #known: PushedSource | null;

  constructor({ sql }: Pick<BookStorage, "sql">) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS pushed_source (id INTEGER PRIMARY KEY CHECK (id = 0), source TEXT NOT NULL, slots INTEGER NOT NULL, at INTEGER NOT NULL)",
    );
    const row = v.safeParse(Row, sql.exec("SELECT source, slots, at FROM pushed_source").toArray()[0]);
    this.#known = row.success ? row.output : null;
  }

  /** `null` where no machine ever came, and for a row of another version's form. */
  read(): PushedSource | null {
    return this.#known;
  }

  /** 0 where no machine has come of late. */
  slots(now: number): number {
    return this.#known === null || now - this.#known.at > MISSED_MS ? 0 : this.#known.slots;
  }

  /** `null` where none ever came. */
  machine(isPresent: boolean): LiveMachine | null {
    return this.#known && { isPresent, at: this.#known.at };
  }

  /** The machine was there until now. */
  left(at: number): void {
    if (this.#known !== null) {
      this.write({ ...this.#known, at });
    }
  }

  write(known: PushedSource): void {
    this.#known = known;
    const { source, slots, at } = known;
    this.#sql.exec("INSERT OR REPLACE INTO pushed_source VALUES (0, ?, ?, ?)", source, slots, at);
  }
}
