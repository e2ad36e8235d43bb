/** Where a walk over the shares stands, and the rows that it has gathered, beside the bars that they go into. */
import * as v from "valibot";
import type { SharePast, ShareWalkStore } from "../../app/jobs/days/share-walk.ts";
import type { ShareWalk, WalkKind } from "../../app/jobs/days/share-walk-state.ts";
import type { IndexColumns, StoredRows, TickerColumns } from "../../app/ports/market-book.ts";
import type { DatedRow, SourceId } from "../../app/ports/market-sources.ts";
import { columnsOf, type Columns, type Row, rowAt } from "../../core/bars/columns.ts";
import { originCode, originFactsOf, type Origin } from "../../core/bars/origin.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { BookStorage } from "../bars/book-tables.ts";

const Day = v.pipe(v.number(), v.integer(), v.transform(tradingDayOf));
const Share = v.pipe(
  v.string(),
  v.transform((text) => parseTicker("KRX", text)),
  v.custom<Ticker>((ticker) => ticker !== null),
);
const State = v.object({
  kind: v.picklist(["backfill", "history_day"]),
  status: v.picklist(["running", "waiting", "done"]),
  startedAt: v.number(),
  from: Day,
  to: Day,
  provisional: v.array(Day),
  after: v.nullable(Share),
  isOver: v.boolean(),
  wanted: v.number(),
  shares: v.number(),
  silent: v.array(v.object({ ticker: Share, tries: v.number() })),
  stalls: v.number(),
  indexTries: v.number(),
  moved: v.number(),
  at: v.number(),
  workedMs: v.number(),
  reason: v.nullable(v.object({ status: v.picklist(["denied", "failed"]), text: v.string() })),
  concluded: v.boolean(),
});
const Cell = v.nullable(v.number());
const Gathered = v.array(
  v.object({
    close: v.picklist(["regular", "last", "unknown"]),
    final: v.boolean(),
    row: v.object({
      day: Day,
      open: v.number(),
      high: v.number(),
      low: v.number(),
      close: v.number(),
      volume: v.number(),
      value: Cell,
      shares: Cell,
      base: Cell,
    }),
  }),
);

export interface ShareWalkTableDeps {
  readonly storage: BookStorage;
  readonly now: () => number;
  /** Whose rows they are. */
  readonly source: () => SourceId;
  readonly bars: {
    seriesOf(tickers: readonly string[]): Iterable<TickerColumns>;
    listings(): Iterable<Pick<TickerColumns, "columns">>;
  };
  readonly book: {
    addHistory(chunk: readonly TickerColumns[], mark: null, origins: readonly Origin[]): StoredRows;
    closeDay(day: readonly TickerColumns[], mark: null, origins: readonly Origin[]): StoredRows;
    addIndices(chunk: readonly IndexColumns[]): StoredRows;
  };
}

/**
 * MD71: a row where none stands, and a final one in the place of a provisional one. What is final stays, and a provisional row with
 * the regular close is not replaced by one that is amended still.
 */
function betterRows(stored: Columns | null, rows: readonly DatedRow[]): readonly DatedRow[] {
  return rows.flatMap((one) => {
    const at = stored?.day.indexOf(one.row.day) ?? -1;
    if (stored === null || at < 0) {
      return [one];
    }
    const { final } = originFactsOf(stored.origin?.[at] ?? Number.NaN, one.row.day);
    // A chart leaves out a base price that the evening knew.
    const row = { ...one.row, base: one.row.base ?? rowAt(stored, at).base };
    return one.final && !final ? [{ ...one, row }] : [];
  });
}

/** The tables stand in `book-tables.ts`, and leave with the bars. */
export class ShareWalkTable implements ShareWalkStore {
  readonly #deps: ShareWalkTableDeps;
  readonly #kind: WalkKind;
  readonly #sql: BookStorage["sql"];

  constructor(kind: WalkKind, deps: ShareWalkTableDeps) {
    this.#deps = deps;
    this.#kind = kind;
    this.#sql = deps.storage.sql;
  }

  state(): ShareWalk | null {
    const [row] = this.#sql
      .exec<{ state: string }>("SELECT state FROM share_walk WHERE kind = ?", this.#kind)
      .toArray();
    return row === undefined ? null : v.parse(v.pipe(v.string(), v.parseJson(), State), row.state);
  }

  /** Sessions of these whose rows are amended still. */
  provisional(days: readonly TradingDay[]): readonly TradingDay[] {
    const known = new Set<number>(this.#amended());
    return days.filter((day) => known.has(day));
  }

  #amended(): readonly number[] {
    return this.#sql
      .exec<{ day: number }>("SELECT day FROM day_provisional")
      .toArray()
      .map(({ day }) => day);
  }

  /** MD74: the chart of a share that is asked for later may be final; that of one before it is not for that. */
  #keepAmended(days: readonly number[]): void {
    for (const day of days) {
      this.#sql.exec("INSERT OR IGNORE INTO day_provisional VALUES (?)", day);
    }
  }

  /** MD74: a day is over when every row of it is. */
  #settleAmended(): void {
    const left = new Set(this.#amended());
    const open = new Set<number>();
    for (const { columns } of left.size === 0 ? [] : this.#deps.bars.listings()) {
      for (const day of left) {
        const at = columns.day.indexOf(day);
        const isOpen = at >= 0 && !originFactsOf(columns.origin?.[at] ?? Number.NaN, tradingDayOf(day)).final;
        if (isOpen) {
          open.add(day);
        }
      }
    }
    for (const day of left) {
      if (!open.has(day)) {
        this.#sql.exec("DELETE FROM day_provisional WHERE day = ?", day);
      }
    }
  }

  /** The walk never was, and what it gathered leaves. */
  forget(): void {
    this.#sql.exec("DELETE FROM share_walk WHERE kind = ?", this.#kind);
    this.#sql.exec("DELETE FROM share_walk_part WHERE kind = ?", this.#kind);
  }

  /** The past goes into the bars at once, share by share; single sessions are gathered, because a session in part is none. */
  put(state: ShareWalk, shares: readonly SharePast[]): ShareWalk {
    return this.#deps.storage.transactionSync(() => {
      if (this.#kind === "backfill") {
        return this.#note({ ...state, moved: state.moved + this.#fold(shares) });
      }
      for (const { ticker, rows } of shares) {
        const body = JSON.stringify(rows);
        this.#sql.exec("INSERT OR REPLACE INTO share_walk_part VALUES (?, ?, ?)", this.#kind, ticker, body);
      }
      return this.#note(state);
    });
  }

  end(state: ShareWalk, indices: readonly IndexColumns[]): ShareWalk {
    return this.#deps.storage.transactionSync(() => {
      const amended = this.#amended();
      const moved = this.#foldGathered();
      this.#keepAmended(amended);
      this.#settleAmended();
      const { added, replaced } = this.#deps.book.addIndices(indices);
      return this.#note({ ...state, moved: state.moved + moved + added + replaced });
    });
  }

  #stored(shares: readonly SharePast[]): ReadonlyMap<string, Columns> {
    const tickers = shares.map(({ ticker }) => ticker);
    return new Map(Array.from(this.#deps.bars.seriesOf(tickers), ({ ticker, columns }) => [ticker, columns]));
  }

  #fold(shares: readonly SharePast[]): number {
    const { book } = this.#deps;
    if (shares.length === 0) {
      return 0;
    }
    const stored = this.#stored(shares);
    const origins = new Origins(this.#deps.source(), this.#deps.now());
    const chunk = shares.flatMap(({ ticker, rows }): readonly TickerColumns[] => {
      const better = betterRows(stored.get(ticker) ?? null, rows).map((one) => origins.rowOf(one));
      return better.length === 0 ? [] : [{ ticker, columns: columnsOf(better), absent: ["shares"] }];
    });
    const amended = this.#amended();
    const { added, replaced } = book.addHistory(chunk, null, origins.all());
    this.#keepAmended(amended);
    return added + replaced;
  }

  /** Day by day, as an evening's rows are stored: into the newest days, which are rewritten alone. */
  #foldGathered(): number {
    const { book } = this.#deps;
    const shares = this.#gathered();
    const stored = this.#stored(shares);
    const origins = new Origins(this.#deps.source(), this.#deps.now());
    const days = new Map<TradingDay, TickerColumns[]>();
    for (const { ticker, rows } of shares) {
      for (const one of betterRows(stored.get(ticker) ?? null, rows)) {
        const own = days.get(one.row.day) ?? [];
        own.push({ ticker, columns: columnsOf([origins.rowOf(one)]), absent: ["shares"] });
        days.set(one.row.day, own);
      }
    }
    this.#sql.exec("DELETE FROM share_walk_part WHERE kind = ?", this.#kind);
    return [...days]
      .toSorted(([a], [b]) => a - b)
      .reduce((moved, [, rows]) => {
        const { added, replaced } = book.closeDay(rows, null, origins.all());
        return moved + added + replaced;
      }, 0);
  }

  #gathered(): readonly SharePast[] {
    return this.#sql
      .exec<{ ticker: string; body: string }>(
        "SELECT ticker, body FROM share_walk_part WHERE kind = ? ORDER BY ticker",
        this.#kind,
      )
      .toArray()
      .map(({ ticker, body }) => ({
        ticker: v.parse(Share, ticker),
        rows: v.parse(v.pipe(v.string(), v.parseJson(), Gathered), body),
      }));
  }

  #note(state: ShareWalk): ShareWalk {
    this.#sql.exec("INSERT OR REPLACE INTO share_walk VALUES (?, ?)", this.#kind, JSON.stringify(state));
    return state;
  }
}

/** The origins of one write: each kind of row that its vendor delivers once. */
class Origins {
  readonly #known = new Map<string, number>();
  readonly #all: Origin[] = [];
  readonly #source: SourceId;
  readonly #receivedAt: number;

  constructor(source: SourceId, receivedAt: number) {
    this.#source = source;
    this.#receivedAt = receivedAt;
  }

  all(): readonly Origin[] {
    return this.#all;
  }

  rowOf({ row, close, final }: DatedRow): Row {
    const key = `${close} ${final}`;
    const id =
      this.#known.get(key) ??
      this.#all.push({ source: this.#source, close, final, receivedAt: this.#receivedAt });
    this.#known.set(key, id);
    return { ...row, origin: originCode(id, { close, final }) };
  }
}
