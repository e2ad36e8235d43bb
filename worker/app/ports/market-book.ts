/** The bars of one exchange and the only writer of its signals: the MarketBook object as the rest of the program sees it. */
import type { Columns } from "../../core/bars/columns.ts";
import type { CloseKind, Origin } from "../../core/bars/origin.ts";
import type { FileField } from "../../core/bars/row-set.ts";
import type { IndexCode, Market } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { FindingKind, SessionFinding } from "../../core/session/finding.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import type { NeighbourFailure } from "./neighbour-error.ts";
import type { OutboxMessage, RunKind, ScanRun } from "./scan-ledger.ts";
import type { ExchangeSwitch } from "./settings.ts";

/** Rows of one ticker. */
export interface TickerColumns {
  readonly ticker: string;
  readonly columns: Columns;
  /** CO1a: what their source has no column for, so that the stored values stay; none when it is left out. */
  readonly absent?: readonly FileField[];
}

/** Rows of one index. */
export interface IndexColumns {
  readonly code: IndexCode;
  readonly columns: Columns;
  /** As of {@link TickerColumns}. */
  readonly absent?: readonly FileField[];
}

/** The position of a chunked import: `id` names the file set, `next` is the chunk to send after this one; `null` ends it. */
export interface ImportMark {
  readonly id: string;
  readonly next: number | null;
}

/** The count of an import (CO1), over all of its tickers. */
export interface StoredRows {
  readonly added: number;
  /** Rows of a day already stored with other values: the newer file corrects. */
  readonly replaced: number;
  readonly unchanged: number;
}

/** Rows that are taken out, or would be: of shares, and of indices. */
export interface RemovedRows {
  readonly rows: number;
  readonly indexRows: number;
}

/** What is asked of one scan. */
export interface RunRequest {
  readonly kind: RunKind;
  /** These three filter the answer, never the work (SN3). `topN` 0 is all. */
  readonly market: Market | null;
  readonly topN: number;
  readonly minScore: number;
  /** Findings on the session (DY4) that the owner knows and goes on with. */
  readonly accept: readonly FindingKind[];
}

/** CR1: what the rows of a book ask to be judged again. */
export interface DueCorrection {
  /** The first changed day that counts; the state before it is restored. */
  readonly from: TradingDay;
  /** Sessions from it on that were judged and still exist, oldest first; empty when each of them was removed. */
  readonly sessions: readonly TradingDay[];
}

/** Changed days that no scan judges again by itself. */
export interface LeftChanges {
  readonly first: TradingDay;
  readonly days: number;
  /** The first day from which it could be judged again; `null` when it cannot. */
  readonly possibleFrom: TradingDay | null;
}

/** `due`: what there is to judge again; `left`: changes that are too old for it. Both `null` when there is none. */
export interface ChangedRows {
  readonly due: DueCorrection | null;
  readonly left: LeftChanges | null;
}

/** As an object gets it: a Worker of the version before named no findings. */
export type ReceivedRequest = Omit<RunRequest, "accept"> & Partial<Pick<RunRequest, "accept">>;

/** JB5: why a scan is not saved: nothing to scan, nothing new, or a finding on the session that was not accepted. */
export type SkipReason =
  | { readonly kind: "no_bars" }
  | { readonly kind: "no_new_session"; readonly day: TradingDay }
  | SessionFinding;

/** The answer to a run: `busy` names the run that holds the lock; the run of `skipped` and `failed` has the reason as text. */
export type RunOutcome =
  | { readonly status: "done"; readonly run: ScanRun; readonly results: readonly Verdict[] }
  | { readonly status: "busy"; readonly runId: string }
  | { readonly status: "skipped"; readonly run: ScanRun; readonly reason: SkipReason }
  | { readonly status: "failed"; readonly run: ScanRun };

/** `runId` is `null` while nothing is running. */
export interface RunProgress {
  readonly runId: string | null;
  readonly stage: "idle" | "reading" | "saving";
  readonly done: number;
  readonly total: number;
}

/** The last close of an index, in points, and the one before. */
export interface IndexClose {
  readonly code: IndexCode;
  readonly day: TradingDay;
  readonly close: number;
  readonly previous: number | null;
  readonly volume: number;
}

/** What a book holds, for `/api/health` and `npm run doctor`. */
export interface BookSummary {
  readonly tickers: number;
  readonly rows: number;
  readonly sessions: number;
  readonly firstDay: TradingDay | null;
  readonly lastDay: TradingDay | null;
  /** Closed days not yet folded into the per-ticker rows. */
  readonly openDays: number;
}

/** How far the vendors' past has been fetched. */
export interface BackfillProgress {
  /** `waiting`: refused or failed; the clock's next turn goes on. */
  readonly status: "running" | "waiting" | "done";
  /** What the numbers are of: sessions of the whole market, or shares with the whole past of each. */
  readonly counts: "sessions" | "shares";
  /** Those that are there, of those that are wanted. */
  readonly sessions: number;
  readonly wanted: number;
  /** Those of them that were fetched; the others were there. */
  readonly fetched: number;
  /** The date that is asked for next; all later ones are settled. */
  readonly next: TradingDay;
  /** Weekdays that the calendar took for sessions and that had none. */
  readonly holidays: readonly TradingDay[];
  /** Sessions that came in part, each time that they were asked for, and are left out. */
  readonly inPart: readonly TradingDay[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds that the rest will take by what the dates so far took; `null` while none is known. */
  readonly leftMs: number | null;
  /** Why it waits; `null` while it does not. */
  readonly reason: string | null;
  /** `refused`: for the owner; `failed`: for the clock's next turn; `null` while it does not wait. A book of a version before states none. */
  readonly waits?: "refused" | "failed" | null;
}

/** One live price, in won of its session. */
export interface TickPrice {
  readonly ticker: string;
  readonly price: number;
  /** The session's so far. */
  readonly volume: number;
  /** The price from which the exchange counts the session's change; `null` when the source does not name it. */
  readonly base: number | null;
  /** At the upper limit, and the session has had no other price; absent where the source does not state the session's range. */
  readonly isLocked?: boolean;
}

/** Prices at one moment of a session. */
export interface TickBatch {
  readonly day: TradingDay;
  /** Share of the session that has passed, in [0, 1), greater than that of the batch before: LC1 ignores a price that is not later. */
  readonly elapsed: number;
  /** Several of one share are judged in their order. */
  readonly prices: readonly TickPrice[];
}

/** The book of one exchange as the routes see it. A call rejects with a `NeighbourError` when the object is out of reach. */
export interface MarketBookPort {
  /**
   * One transaction: every series of the chunk and the import mark, or nothing. A code in the column `origin` names
   * `origins[id - 1]`.
   */
  addHistory(
    chunk: readonly TickerColumns[],
    mark: ImportMark | null,
    origins?: readonly Origin[],
  ): Promise<StoredRows>;
  /** One transaction: the rows of one day (each `columns` has exactly one row, all of that day). */
  closeDay(
    day: readonly TickerColumns[],
    mark: ImportMark | null,
    origins?: readonly Origin[],
  ): Promise<StoredRows>;
  /** IG21: which close the stored rows of a day hold, from 2026-09-14 on; a day without rows is not there. */
  closeKinds(): Promise<ReadonlyMap<number, CloseKind>>;
  /** DY1: the origins by the number that a row's code names. */
  origins(): Promise<ReadonlyMap<number, Origin>>;
  /** DY4: what a scan of the last session would be refused by; nothing without a session. */
  findings(): Promise<readonly SessionFinding[]>;
  addIndices(chunk: readonly IndexColumns[]): Promise<StoredRows>;
  /** How many rows a removal of this day would take out. `key` is a ticker or an index; `null` is all of them. Changes nothing. */
  rowsOn(day: TradingDay, key: string | null): Promise<RemovedRows>;
  /** One transaction: the rows of this day leave. A day without rows changes nothing. */
  removeRows(day: TradingDay, key: string | null): Promise<RemovedRows>;
  /**
   * The exchange is empty afterwards: no bars, no signals, no runs, no master. Resolves with the run that holds the book, and
   * has changed nothing then; `null` when it is done.
   */
  empty(): Promise<string | null>;
  /** The chunk to go on with; 0 when that import is unknown or complete. */
  importPosition(id: string): Promise<number>;
  /** Every ticker with bars, in their order. */
  tickers(): Promise<readonly string[]>;
  series(ticker: string): Promise<Columns | null>;
  indexSeries(code: IndexCode): Promise<Columns | null>;
  /** The close of each index on the last session of the shares or before it; without shares its own last. */
  indexCloses(): Promise<readonly IndexClose[]>;
  summary(): Promise<BookSummary>;
  /** The verdict on any ticker with bars, as of the book's last session; `null` for a ticker without bars. */
  verdict(ticker: string): Promise<Verdict | null>;
  run(request: RunRequest): Promise<RunOutcome>;
  /** Which sessions are due to be judged again since their rows changed. Changes nothing. */
  changes(): Promise<ChangedRows>;
  /** Nothing is due any more: the rows that changed came from a backup, whose scans have judged them. */
  forgetChanges(): Promise<void>;
  /**
   * Judges again what is due, or all from a day on that is given; `null` when there is nothing to judge again. `accept` as in
   * {@link RunRequest}.
   */
  correct(from: TradingDay | null, accept: readonly FindingKind[]): Promise<RunOutcome | null>;
  progress(): Promise<RunProgress>;
  /** `null` where none was ever begun: no vendor has been set. */
  backfill(): Promise<BackfillProgress | null>;
  /** The last failure of each neighbour that ever failed the book. */
  failures(): Promise<readonly NeighbourFailure[]>;
}

/** The same book as the feed of its exchange sees it. */
export interface LiveBookPort extends MarketBookPort {
  /** Moves the open signals; answers with the tickers whose prices it wants from now on. */
  tick(batch: TickBatch): Promise<readonly string[]>;
  /** Makes this book's exchange the active one. Once it is recorded the switch is seen through, also when this call fails. */
  activate(): Promise<ExchangeSwitch>;
  /** The whole active list and the latest gate as messages that replace, for a stream that begins anew. */
  snapshots(): Promise<readonly OutboxMessage[]>;
}
