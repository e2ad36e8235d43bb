/** DY5: which tickers imports have replaced by a constant factor, kept until a later import undoes it or the owner accepts it. */
import type { Rebase } from "../../core/session/rebase-of.ts";
import type { RebasedHistory } from "../../core/session/judge-session.ts";
import type { BookStorage } from "./book-tables.ts";

/** Two roundings to whole won; as near as this to 1, the factors of several imports cancel each other out. */
const UNDONE = 0.003;

export class RebasedTable {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** To be called inside the transaction of the rows. */
  note(rebased: ReadonlyMap<string, Rebase>): void {
    for (const [ticker, { factor, days, mends }] of rebased) {
      const [known] = this.#sql
        .exec<{ factor: number }>("SELECT factor FROM rebased WHERE ticker = ?", ticker)
        .toArray();
      const product = (known?.factor ?? 1) * factor;
      if (known !== undefined && Math.abs(product - 1) <= UNDONE) {
        this.#sql.exec("DELETE FROM rebased WHERE ticker = ?", ticker);
      } else if (known !== undefined || !mends) {
        this.#sql.exec(
          `INSERT INTO rebased (ticker, factor, days) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET factor = excluded.factor, days = max(days, excluded.days)`,
          ticker,
          product,
          days,
        );
      }
    }
  }

  /** `null` without any. */
  summary(): RebasedHistory | null {
    const rows = this.#sql
      .exec<{ factor: number; days: number }>("SELECT factor, days FROM rebased ORDER BY factor")
      .toArray();
    const middle = rows[rows.length >> 1];
    return middle === undefined
      ? null
      : { tickers: rows.length, days: Math.min(...rows.map(({ days }) => days)), factor: middle.factor };
  }

  /** The owner goes on with what is stored. */
  clear(): void {
    this.#sql.exec("DELETE FROM rebased");
  }
}
