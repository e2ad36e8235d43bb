/** DR2: until when a vendor refuses live prices, remembered over an eviction, because a program that asks on and on is blocked. */
import * as v from "valibot";
import type { Denial } from "../../app/ports/market-sources.ts";
import { DenialName } from "../../protocol/vocabulary.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** `until`: milliseconds since the epoch. */
export interface KeptDenial {
  readonly why: Denial;
  readonly until: number;
  /** As `LiveUpstream.credential` names it; `null` where that was not known. */
  readonly of: string | null;
}

const Row = v.object({ why: DenialName, until: v.number(), of: v.nullable(v.string()) });

export class DenialTable {
  readonly #sql: BookStorage["sql"];

  constructor({ sql }: Pick<BookStorage, "sql">) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS upstream_denial (id INTEGER PRIMARY KEY CHECK (id = 0), why TEXT NOT NULL, until INTEGER NOT NULL)",
    );
    sql.exec(
      "CREATE TABLE IF NOT EXISTS upstream_denial_of (id INTEGER PRIMARY KEY CHECK (id = 0), credential TEXT)",
    );
  }

  /** `null` when nothing is refused at that instant; a row of another version's form refuses nothing. */
  read(now: number): KeptDenial | null {
    const [row] = this.#sql
      .exec(
        "SELECT why, until, credential AS of FROM upstream_denial LEFT JOIN upstream_denial_of USING (id)",
      )
      .toArray();
    const kept = v.safeParse(Row, row);
    return kept.success && kept.output.until > now ? kept.output : null;
  }

  write({ why, until, of }: KeptDenial): void {
    this.#sql.exec("INSERT OR REPLACE INTO upstream_denial VALUES (0, ?, ?)", why, until);
    this.#sql.exec("INSERT OR REPLACE INTO upstream_denial_of VALUES (0, ?)", of);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM upstream_denial");
  }
}
