/** The part of a book's object that concerns its bars: what others read and write of them over RPC, and what follows a change of theirs. */
import type {
  BookSummary,
  IndexClose,
  IndexColumns,
  RemovedRows,
  StoredRows,
  TickerColumns,
} from "../../app/ports/market-book.ts";
import type { Columns } from "../../core/bars/columns.ts";
import type { CloseKind, Origin } from "../../core/bars/origin.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { BarStore } from "../bars/bar-store.ts";
import { DaysObject } from "../days/days-object.ts";
import type { StudyJob } from "../study/study-job.ts";
import type { OutcomeWatermark } from "./book-marks.ts";
import type { FeedNotifier } from "./feed-notifier.ts";

export abstract class BarsObject extends DaysObject {
  protected abstract readonly bars: BarStore;
  protected abstract readonly watermark: OutcomeWatermark;
  protected abstract readonly study: StudyJob;
  protected abstract readonly notifier: FeedNotifier;

  addHistory(...rows: Parameters<BarStore["addHistory"]>): StoredRows {
    return this.#noted(rows[0], this.bars.addHistory(...rows));
  }

  closeDay(...rows: Parameters<BarStore["closeDay"]>): StoredRows {
    return this.#noted(rows[0], this.bars.closeDay(...rows));
  }

  #noted(chunk: readonly TickerColumns[], stored: StoredRows): StoredRows {
    this.watermark.note(chunk, stored);
    this.study.note(chunk, stored);
    this.notifier.imported(stored);
    return stored;
  }

  addIndices(chunk: readonly IndexColumns[]): StoredRows {
    const stored = this.bars.addIndices(chunk);
    this.study.note(chunk, stored);
    this.notifier.imported(stored);
    return stored;
  }

  closeKinds(): ReadonlyMap<number, CloseKind> {
    return this.bars.closeKinds();
  }

  origins(): ReadonlyMap<number, Origin> {
    return this.bars.origins();
  }

  rowsOn(day: TradingDay, key: string | null): RemovedRows {
    return this.bars.rowsOn(day, key);
  }

  removeRows(day: TradingDay, key: string | null): RemovedRows {
    const removed = this.bars.remove(day, key);
    if (removed.rows > 0) {
      this.watermark.changed(day);
    }
    if (removed.rows + removed.indexRows > 0) {
      this.study.changed(day);
    }
    this.notifier.imported({ added: 0, replaced: removed.rows + removed.indexRows, unchanged: 0 });
    return removed;
  }

  /** Rows that came from a backup are those that its scans have judged. */
  forgetChanges(): void {
    this.bars.settleChanges(this.bars.revision());
  }

  importPosition(id: string): number {
    return this.bars.importPosition(id);
  }

  tickers(): readonly string[] {
    return this.bars.tickers();
  }

  series(ticker: string): Columns | null {
    return this.bars.series(ticker);
  }

  indexSeries(code: IndexCode): Columns | null {
    return this.bars.indexSeries(code);
  }

  indexCloses(): readonly IndexClose[] {
    return this.bars.indexCloses();
  }

  summary(): BookSummary {
    return this.bars.summary();
  }

  studies(): ReturnType<StudyJob["studies"]> {
    return this.study.studies();
  }

  studyReport(): string | null {
    return this.study.report(false);
  }

  studyEntries(query: Parameters<StudyJob["entries"]>[0]): ReturnType<StudyJob["entries"]> {
    return this.study.entries(query);
  }
}
