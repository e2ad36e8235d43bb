/** Where a backfill stands, and the dates that it has gathered, beside the bars that they go into. */
import * as v from "valibot";
import type { BackfillStore, FoldedSource } from "../../app/jobs/days/backfill.ts";
import { type BackfillState, WANTED_SESSIONS } from "../../app/jobs/days/backfill-state.ts";
import type { WholeDay } from "../../app/jobs/days/ask-for-day.ts";
import type { IndexColumns, StoredRows, TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, type Row, rowAt } from "../../core/bars/columns.ts";
import { originCode, type Origin, TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import type { BookStorage } from "../bars/book-tables.ts";

const Day = v.pipe(v.number(), v.integer(), v.transform(tradingDayOf));
const State = v.object({
  status: v.picklist(["running", "waiting", "done"]),
  startedAt: v.number(),
  next: Day,
  /** A state of before has none. */
  wanted: v.optional(v.number(), WANTED_SESSIONS),
  // A state of the version before has no dates in part.
  isOver: v.optional(v.boolean(), false),
  sessions: v.number(),
  fetched: v.number(),
  newest: v.nullable(Day),
  neighbour: v.optional(v.nullable(v.object({ day: Day, rows: v.number() })), null),
  inPart: v.optional(
    v.array(v.object({ day: Day, rows: v.number(), before: v.number(), tries: v.number() })),
    [],
  ),
  unanswered: v.array(Day),
  holidays: v.array(Day),
  at: v.number(),
  workedMs: v.number(),
  reason: v.nullable(v.object({ status: v.picklist(["denied", "failed"]), text: v.string() })),
  /** A state of the version before names none, and had no second try. */
  concluded: v.optional(v.boolean(), true),
});
const Cell = v.nullable(v.number());
/** A key, and its row in the order of {@link cellsOf}. */
const KeyedRow = v.tuple([
  v.string(),
  v.tuple([v.number(), v.number(), v.number(), v.number(), v.number(), Cell, Cell, Cell]),
]);
const Body = v.object({ rows: v.array(KeyedRow), indices: v.array(KeyedRow) });
type KeyedRow = v.InferOutput<typeof KeyedRow>;

function keyed(key: string, { columns }: Pick<TickerColumns, "columns">): KeyedRow {
  const { open, high, low, close, volume, value, shares, base } = rowAt(columns, 0);
  return [key, [open, high, low, close, volume, value, shares, base]];
}

function rowOf(day: number, [, cells]: KeyedRow, origin?: number): Row {
  const [open, high, low, close, volume, value, shares, base] = cells;
  const row = { day: tradingDayOf(day), open, high, low, close, volume, value, shares, base };
  return origin === undefined ? row : { ...row, origin };
}

export interface BackfillTableDeps {
  readonly storage: BookStorage;
  readonly now: () => number;
  readonly book: {
    addHistory(chunk: readonly TickerColumns[], mark: null, origins: readonly Origin[]): StoredRows;
    addIndices(chunk: readonly IndexColumns[]): StoredRows;
  };
}

/** The tables stand in `book-tables.ts`, and leave with the bars. */
export class BackfillTable implements BackfillStore {
  readonly #deps: BackfillTableDeps;
  readonly #sql: BookStorage["sql"];

  constructor(deps: BackfillTableDeps) {
    this.#deps = deps;
    this.#sql = deps.storage.sql;
  }

  state(): BackfillState | null {
    const [row] = this.#sql.exec<{ state: string }>("SELECT state FROM backfill").toArray();
    return row === undefined ? null : v.parse(v.pipe(v.string(), v.parseJson(), State), row.state);
  }

  put(state: BackfillState, day: WholeDay | null): void {
    this.#deps.storage.transactionSync(() => {
      this.#gather(day);
      state.inPart.forEach((part) => {
        this.#sql.exec("DELETE FROM backfill_day WHERE day = ?", part.day);
      });
      this.#note(state);
    });
  }

  #gather(day: WholeDay | null): void {
    const date = day?.rows[0]?.columns.day[0];
    if (day !== null && date !== undefined) {
      const body: v.InferOutput<typeof Body> = {
        rows: day.rows.map((one) => keyed(one.ticker, one)),
        indices: day.indices.map((one) => keyed(one.code, one)),
      };
      this.#sql.exec("INSERT OR REPLACE INTO backfill_day VALUES (?, ?)", date, JSON.stringify(body));
    }
  }

  gathered(): number {
    return this.#sql.exec<{ days: number }>("SELECT count(*) AS days FROM backfill_day").one().days;
  }

  fold(state: BackfillState, { id, closeKind, final }: FoldedSource, last: WholeDay | null): void {
    this.#deps.storage.transactionSync(() => {
      this.put(state, last);
      const received = { source: id, final, receivedAt: this.#deps.now() };
      // Before the after-market there was one close.
      const [before, since]: readonly [Origin, Origin] = [
        { ...received, close: "regular" },
        { ...received, close: closeKind },
      ];
      const shares = new Map<string, Row[]>();
      const indices = new Map<string, Row[]>();
      for (const { day, body } of this.#days()) {
        const code = day < TWO_CLOSES_SINCE ? originCode(1, before) : originCode(2, since);
        const whole = v.parse(v.pipe(v.string(), v.parseJson(), Body), body);
        whole.rows.forEach((own) =>
          shares.set(own[0], [...(shares.get(own[0]) ?? []), rowOf(day, own, code)]),
        );
        whole.indices.forEach((own) =>
          indices.set(own[0], [...(indices.get(own[0]) ?? []), rowOf(day, own)]),
        );
      }
      this.#deps.book.addHistory(
        Array.from(shares, ([ticker, rows]) => ({ ticker, columns: columnsOf(rows) })),
        null,
        [before, since],
      );
      this.#deps.book.addIndices(
        INDEX_CODES.flatMap((code) => {
          const rows = indices.get(code);
          return rows === undefined ? [] : [{ code, columns: columnsOf(rows) }];
        }),
      );
      this.#sql.exec("DELETE FROM backfill_day");
    });
  }

  #days(): readonly { readonly day: number; readonly body: string }[] {
    return this.#sql
      .exec<{ day: number; body: string }>("SELECT day, body FROM backfill_day ORDER BY day")
      .toArray();
  }

  #note(state: BackfillState): void {
    this.#sql.exec("INSERT OR REPLACE INTO backfill (id, state) VALUES (0, ?)", JSON.stringify(state));
  }
}
