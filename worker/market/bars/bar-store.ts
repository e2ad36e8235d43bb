/** The daily bars of one exchange in the storage of its object: folded series, open days, sessions, import marks. */
import type {
  BookSummary,
  ImportMark,
  IndexClose,
  IndexColumns,
  RemovedRows,
  StoredRows,
  TickerColumns,
} from "../../app/ports/market-book.ts";
import type { BarChanges } from "../../app/jobs/due-correction.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { INDEX_CODES, type IndexCode } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { RebasedHistory } from "../../core/session/judge-session.ts";
import type { CloseKind, Origin } from "../../core/bars/origin.ts";
import { createBookTables, emptyBookTables, type BookStorage } from "./book-tables.ts";
import { ChangedDays } from "./changed-days.ts";
import { DayRows } from "./day-rows.ts";
import { ImportMarks } from "./import-marks.ts";
import { assertHistory, assertOneDay, type MergedRows, NOTHING_MERGED } from "./incoming-rows.ts";
import { latestClose } from "./latest-close.ts";
import { joinedColumns } from "./packed-columns.ts";
import { OriginTable } from "./origin-table.ts";
import { RebasedTable } from "./rebased-table.ts";
import { SeriesTable } from "./series-table.ts";
import { Sessions, type SessionCount } from "./sessions.ts";

/** BK7: rewriting every series costs up to a second and tens of megabytes; reading an open day costs a fraction of a millisecond. */
export const MAX_OPEN_DAYS = 20;

/**
 * Rows as they were imported, in won; every reader adjusts for itself (BR3a). A write is one transaction of the object's
 * storage, so a chunk is there with its import mark or not at all.
 */
export class BarStore {
  readonly #storage: BookStorage;
  readonly #folded: SeriesTable;
  readonly #indices: SeriesTable;
  readonly #open: DayRows;
  readonly #sessions: Sessions;
  readonly #rebased: RebasedTable;
  readonly #origins: OriginTable;
  readonly #changed: ChangedDays;
  readonly #marks: ImportMarks;
  readonly #limit: number | null;

  /** Creates its tables; keeps nothing in memory. `limit`: sessions that a fold leaves (BK17), `null` for all of them. */
  constructor(storage: BookStorage, limit: number | null = null) {
    createBookTables(storage);
    this.#storage = storage;
    this.#limit = limit;
    this.#folded = new SeriesTable(storage.sql, "series", MAX_OPEN_DAYS);
    this.#indices = new SeriesTable(storage.sql, "index_series", 0);
    this.#open = new DayRows(storage.sql);
    this.#sessions = new Sessions(storage.sql);
    this.#rebased = new RebasedTable(storage.sql);
    this.#origins = new OriginTable(storage.sql);
    this.#changed = new ChangedDays(storage.sql);
    this.#marks = new ImportMarks(storage.sql);
  }

  /** One transaction: every series of the chunk and the import mark, or nothing. Each ticker at most once in a chunk. */
  addHistory(
    chunk: readonly TickerColumns[],
    mark: ImportMark | null,
    origins: readonly Origin[] = [],
  ): StoredRows {
    const last = assertHistory(chunk);
    return this.#storage.transactionSync(() => {
      const rows = this.#origins.adopt(chunk, origins);
      const reaches = last !== null && last >= (this.#open.extent().first ?? Number.POSITIVE_INFINITY);
      const trimmed = reaches && this.#fold();
      this.#origins.noteCloses(rows);
      return this.#record(this.#folded.merge(rows), mark, trimmed);
    });
  }

  /** One transaction: the rows of one closed day, one row a ticker. A day may come in several parts. */
  closeDay(
    chunk: readonly TickerColumns[],
    mark: ImportMark | null,
    origins: readonly Origin[] = [],
  ): StoredRows {
    const day = assertOneDay(chunk);
    return this.#storage.transactionSync(() => {
      if (day === null) {
        return this.#record(NOTHING_MERGED, mark);
      }
      const rows = this.#origins.adopt(chunk, origins);
      this.#origins.noteCloses(rows);
      const isOpen = day > (this.#sessions.lastFolded() ?? Number.NEGATIVE_INFINITY);
      const stored = this.#record(isOpen ? this.#open.merge(day, rows) : this.#folded.merge(rows), mark);
      if (this.#open.extent().days > MAX_OPEN_DAYS) {
        this.#fold();
      }
      return stored;
    });
  }

  addIndices(chunk: readonly IndexColumns[]): StoredRows {
    const series = chunk.map(({ code, ...rows }) => ({ ticker: code, ...rows }));
    assertHistory(series);
    return this.#storage.transactionSync(() => {
      const merged = this.#indices.merge(series);
      const days = [...merged.addedByDay.keys(), ...merged.correctedDays];
      const counted = {
        ...merged,
        addedByDay: NOTHING_MERGED.addedByDay,
        correctedDays: new Set(days),
        rebased: new Map(),
      };
      return this.#record(counted, null);
    });
  }

  /** BK52: how many rows {@link remove} would take out. */
  rowsOn(day: TradingDay, key: string | null): RemovedRows {
    return {
      rows: this.#open.countOn(day, key) + this.#folded.countOn(day, key),
      indexRows: this.#indices.countOn(day, key),
    };
  }

  /** BK52: one transaction: the rows of a day leave, of one ticker or index or of all. */
  remove(day: TradingDay, key: string | null): RemovedRows {
    return this.#storage.transactionSync(() => {
      const rows = this.#open.remove(day, key) + this.#folded.remove(day, key);
      const indexRows = this.#indices.remove(day, key);
      if (rows + indexRows > 0) {
        this.#sessions.remove(day, rows);
        this.#changed.note([day], this.#nextRevision());
      }
      return { rows, indexRows };
    });
  }

  /** BK53: one transaction: nothing is left, and the revision grows. */
  clear(): void {
    this.#storage.transactionSync(() => {
      emptyBookTables(this.#storage);
      this.#nextRevision();
    });
  }

  /** The chunk to go on with; 0 when that import is unknown or complete. */
  importPosition(id: string): number {
    return this.#marks.position(id);
  }

  series(ticker: string): Columns | null {
    return joinedColumns(this.#folded.packed(ticker), this.#open.openDays().of(ticker));
  }

  /** The series of tickers, one at a time, those without rows left out. Other calls may come between two of them. */
  *seriesOf(tickers: readonly string[]): Iterable<TickerColumns> {
    let openDays = this.#open.openDays();
    let { first } = this.#open.extent();
    for (const ticker of tickers) {
      const now = this.#open.extent().first;
      // A fold since the last one moved the open days into the series.
      openDays = now === first ? openDays : this.#open.openDays();
      first = now;
      const columns = joinedColumns(this.#folded.packed(ticker), openDays.of(ticker));
      if (columns !== null) {
        yield { ticker, columns };
      }
    }
  }

  /** Every ticker with bars, in ticker order; reads no bars. */
  tickers(): readonly string[] {
    return this.#folded.keys(this.#open.tickers());
  }

  /** Every ticker with bars, in ticker order, one at a time. To be read to its end before the next write. */
  *listings(): Iterable<TickerColumns> {
    const openDays = this.#open.openDays();
    for (const { key, packed } of this.#folded.all(openDays.tickers())) {
      const columns = joinedColumns(packed, openDays.of(key));
      if (columns !== null) {
        yield { ticker: key, columns };
      }
    }
  }

  indexSeries(code: IndexCode): Columns | null {
    return this.#indices.get(code);
  }

  /** Each index at the last session of the shares (BK12a): a file of indices may have later days. */
  indexCloses(): readonly IndexClose[] {
    const { lastDay } = this.#sessions.extent();
    return INDEX_CODES.flatMap((code) => latestClose(code, this.#indices.get(code), lastDay) ?? []);
  }

  summary(): BookSummary {
    const { days, first } = this.#open.extent();
    const tickers = this.#folded.countKeys(first === null ? [] : this.#open.openDays().tickers());
    return { tickers, ...this.#sessions.extent(), openDays: days };
  }

  /** How many tickers have a row on each day, oldest first. */
  sessionCounts(): readonly SessionCount[] {
    return this.#sessions.counts();
  }

  /** Tickers with a row, by day. */
  rowsByDay(): ReadonlyMap<number, number> {
    return new Map(this.sessionCounts().map(({ day, rows }) => [day, rows]));
  }

  /** IG21: which close the stored rows of a day hold, from 2026-09-14 on. */
  closeKinds(): ReadonlyMap<number, CloseKind> {
    return this.#origins.closeKinds();
  }

  /** DY1: the origins that rows name by number. */
  origins(): ReadonlyMap<number, Origin> {
    return this.#origins.all();
  }

  /** DY5: what imports replaced by a constant factor, until it is accepted. */
  rebased(): RebasedHistory | null {
    return this.#rebased.summary();
  }

  acceptRebased(): void {
    this.#rebased.clear();
  }

  /** Grows with every call that changed a row; equal revisions mean equal bars. */
  revision(): number {
    const [row] = this.#storage.sql.exec<{ value: number }>("SELECT value FROM revision").toArray();
    return row?.value ?? 0;
  }

  /** BK50: what no run has settled yet. */
  changes(): BarChanges {
    return { days: this.#changed.days(), revision: this.revision() };
  }

  /** A run has judged the bars of this revision. */
  settleChanges(revision: number): void {
    this.#changed.settle(revision);
  }

  #nextRevision(): number {
    this.#storage.sql.exec(
      "INSERT INTO revision (id, value) VALUES (0, 1) ON CONFLICT DO UPDATE SET value = value + 1",
    );
    return this.revision();
  }

  /** Writes what changes with the rows of a call (session counts, revision, mark); to be called inside its transaction. */
  #record(merged: MergedRows, mark: ImportMark | null, trimmed = false): StoredRows {
    const { addedByDay, correctedDays, rebased, ...stored } = merged;
    if (addedByDay.size > 0) {
      this.#sessions.add(addedByDay);
    }
    this.#rebased.note(rebased);
    if (trimmed || stored.added > 0 || stored.replaced > 0) {
      const added = [...addedByDay].flatMap(([day, rows]) => (rows > 0 ? [day] : []));
      this.#changed.note([...added, ...correctedDays], this.#nextRevision());
    }
    if (mark !== null) {
      this.#marks.move(mark);
    }
    return stored;
  }

  /** Moves every open day into the series: the bars stay the same, and so does the revision. `true` when sessions beyond the limit left (BK17). */
  #fold(): boolean {
    const openDays = this.#open.openDays();
    const first = this.#limit === null ? null : this.#sessions.firstOfLast(this.#limit);
    this.#folded.merge(
      openDays.tickers().flatMap((ticker) => {
        const columns = openDays.of(ticker);
        return columns === null ? [] : [{ ticker, columns }];
      }),
      first,
    );
    this.#open.clear();
    if (first === null || !this.#sessions.forgetBefore(first)) {
      return false;
    }
    this.#folded.trim(first);
    this.#indices.trim(first);
    return true;
  }
}
