/**
 * MarketBook's behaviour without its shell: the bars of one exchange, and the only writer of that exchange's signals.
 * Every method's meaning is written in `MarketBookPort`.
 */
import { DurableObject } from "cloudflare:workers";
import { measureOutcomes, type OutcomePorts } from "../../app/jobs/outcomes.ts";
import { publishOutbox, type PublishPorts } from "../../app/jobs/publish-outbox.ts";
import { runScan, type ScanPorts } from "../../app/jobs/run-scan.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import { streamSnapshots } from "../../app/jobs/stream-snapshots.ts";
import type {
  BookSummary,
  ImportMark,
  IndexClose,
  RunOutcome,
  RunProgress,
  RunRequest,
  StoredRows,
  TickBatch,
  TickerColumns,
} from "../../app/ports/market-book.ts";
import type { BookListener } from "../../app/ports/live.ts";
import type { OutboxMessage, ScanRun } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { parseExchange, profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { BarStore } from "../bars/bar-store.ts";
import { endOf, FeedNotifier } from "./feed-notifier.ts";
import { LiveSignalTracker } from "./live-signal-tracker.ts";
import { OutcomeWatermark } from "./outcome-watermark.ts";
import { OwedRun, RunLock } from "./run-lock.ts";
import { VerdictCache } from "./verdict-cache.ts";

export type BookPorts = ScanPorts & PublishPorts & OutcomePorts & { feed(exchange: Exchange): BookListener };

/** How soon the alarm looks again, doubling from the first to the last. */
const RETRY_MS: readonly [first: number, last: number] = [2_000, 300_000];

const IDLE: RunProgress = { runId: null, stage: "idle", done: 0, total: 0 };

export class Book extends DurableObject<unknown> {
  readonly #bars: BarStore;
  readonly #lock: RunLock;
  readonly #owed: OwedRun;
  readonly #mark: OutcomeWatermark;
  readonly #tracker: LiveSignalTracker;
  readonly #notifier: FeedNotifier;
  readonly #verdicts: VerdictCache;
  readonly #ports: BookPorts;
  /** What this instance is running. A lock without it was left by an instance that died. */
  #progress: RunProgress = IDLE;
  #failures = 0;
  /** Grows with each alarm that is set: a drain deletes its own alarm, never one that was set after it. */
  #alarms = 0;

  constructor(ctx: DurableObjectState, env: unknown, ports: BookPorts) {
    super(ctx, env);
    const exchange = parseExchange(ctx.id.name);
    this.#bars = new BarStore(ctx.storage, exchange && profileOf(exchange).sessionsKept);
    this.#lock = new RunLock(ctx.storage.sql);
    this.#owed = new OwedRun(ctx.storage.sql);
    this.#mark = new OutcomeWatermark(ctx.storage.sql);
    this.#tracker = new LiveSignalTracker(
      () => this.#exchange,
      ports,
      (ticker) => this.#bars.series(ticker),
    );
    this.#notifier = new FeedNotifier({
      feed: () => ports.feed(this.#exchange),
      now: () => ports.clock.now(),
      indexCloses: () => this.#bars.indexCloses(),
      run: (work) => {
        ctx.waitUntil(work);
      },
    });
    this.#verdicts = new VerdictCache({
      ...ports,
      exchange: () => this.#exchange,
      revision: () => this.#bars.revision(),
      bars: () => this.#scanBars(),
    });
    this.#ports = ports;
  }

  addHistory(chunk: readonly TickerColumns[], mark: ImportMark | null): StoredRows {
    return this.#notifier.imported(this.#noted(chunk, this.#bars.addHistory(chunk, mark)));
  }

  closeDay(day: readonly TickerColumns[], mark: ImportMark | null): StoredRows {
    return this.#notifier.imported(this.#noted(day, this.#bars.closeDay(day, mark)));
  }

  addIndices(chunk: readonly { readonly code: IndexCode; readonly columns: Columns }[]): StoredRows {
    return this.#notifier.imported(this.#bars.addIndices(chunk));
  }

  importPosition(id: string): number {
    return this.#bars.importPosition(id);
  }

  tickers(): readonly string[] {
    return Array.from(this.#bars.listings(), ({ ticker }) => ticker);
  }

  series(ticker: string): Columns | null {
    return this.#bars.series(ticker);
  }

  indexSeries(code: IndexCode): Columns | null {
    return this.#bars.indexSeries(code);
  }

  indexCloses(): readonly IndexClose[] {
    return this.#bars.indexCloses();
  }

  summary(): BookSummary {
    return this.#bars.summary();
  }

  async verdict(ticker: string): Promise<Verdict | null> {
    return this.#verdicts.of(ticker);
  }

  /** While a scan runs it decides alone: the session is over for the signals that it reads. */
  async tick(batch: TickBatch): Promise<readonly string[]> {
    if (this.#progress.runId !== null) {
      return [];
    }
    const { tickers, moved } = await this.#tracker.tick(batch);
    if (moved) {
      await this.#drain();
    }
    return tickers;
  }

  async snapshots(): Promise<readonly OutboxMessage[]> {
    return streamSnapshots(this.#exchange, this.#ports);
  }

  async progress(): Promise<RunProgress> {
    if (await this.#closeDeadRun(this.#progress.runId)) {
      await this.#drain();
    }
    return this.#progress;
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    if (request.kind === "cron") {
      this.#owed.owe(this.#ports.clock.now());
    }
    if (this.#progress.runId !== null) {
      const { runId } = this.#progress;
      await this.#wakeAfter(RETRY_MS[0]);
      return { status: "busy", runId };
    }
    const run = this.#begin(request);
    // Before the first await: from here on a second call finds the book busy.
    this.#progress = { runId: run.id, stage: "reading", done: 0, total: this.#bars.summary().tickers };
    this.#notifier.scan(this.#progress);
    let outcome: RunOutcome | null = null;
    try {
      // A run that cannot even begin is begun by this alarm when it is owed.
      await this.#wakeAfter(RETRY_MS[0]);
      await this.#closeDeadRun(run.id);
      await this.#take(run);
      await this.#tracker.settled();
      outcome = await this.#scan(run, request);
      this.#lock.release();
      if (outcome.status === "done" && outcome.run.asOf !== null) {
        this.#mark.settled(outcome.run.asOf);
      }
      await this.#drain();
      return outcome;
    } finally {
      this.#tracker.forget();
      this.#progress = IDLE;
      this.#notifier.scan(IDLE, endOf(run.id, outcome));
    }
  }

  /** Frees the book of a run whose process died, publishes what that process could not, and begins a run that is owed. */
  override async alarm(): Promise<void> {
    if (this.#progress.runId !== null) {
      await this.#wakeAfter(RETRY_MS[0]);
    } else if (this.#owed.isOwed()) {
      await this.#runOwed();
    } else {
      await this.#drain();
    }
  }

  async #runOwed(): Promise<void> {
    try {
      await this.run(EVENING_REQUEST);
    } catch {
      await this.#retryLater();
    }
  }

  get #exchange(): Exchange {
    const { name } = this.ctx.id;
    const exchange = parseExchange(name);
    assert(exchange !== null, `A book was named ${name}`);
    return exchange;
  }

  #begin({ kind, market, topN, minScore }: RunRequest): ScanRun {
    const startedAt = this.#ports.clock.now();
    return {
      id: `${this.#exchange.toLowerCase()}-${startedAt.toString(36)}`,
      exchange: this.#exchange,
      kind,
      status: "running",
      asOf: null,
      paramsVersion: PARAMS.version,
      startedAt,
      finishedAt: null,
      request: { market, topN, minScore },
      funnel: null,
      rejects: null,
      diff: null,
      saved: 0,
      reason: null,
    };
  }

  /** The lock and the alarm that will free it are one write: nothing is awaited between them. */
  async #take(run: ScanRun): Promise<void> {
    this.#lock.take(run.id);
    await this.#wakeAfter(RETRY_MS[0]);
    try {
      await this.#ports.ledger.startRun(run);
      if (run.kind === "cron") {
        this.#owed.settle();
      }
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  async #scan(run: ScanRun, request: RunRequest): Promise<RunOutcome> {
    try {
      return await runScan(run, request, this.#scanBars(), this.#ports, (judged) => {
        this.#progress = { runId: run.id, stage: "saving", done: judged, total: judged };
        this.#notifier.scan(this.#progress);
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const at = this.#ports.clock.now();
      await this.#ports.ledger.endRun(run.id, "failed", reason, at);
      return { status: "failed", run: { ...run, status: "failed", reason, finishedAt: at } };
    }
  }

  /** BK13: a lock that no living run holds was left by a process that ended; its run is closed and says so. `true` when there was one. */
  async #closeDeadRun(living: string | null): Promise<boolean> {
    const holder = this.#lock.holder();
    if (holder === null || holder === living) {
      return false;
    }
    await this.#ports.ledger.endRun(holder, "failed", "interrupted", this.#ports.clock.now());
    this.#lock.release();
    this.#notifier.scan(this.#progress, {
      runId: holder,
      status: "failed",
      saved: 0,
      reason: "interrupted",
    });
    return true;
  }

  /** Publishes what is saved, then measures outcomes. An alarm stands behind both until nothing is left to do. */
  async #drain(): Promise<void> {
    const mine = await this.#wakeAfter(RETRY_MS[0]);
    try {
      await this.#closeDeadRun(this.#progress.runId);
      await publishOutbox(this.#exchange, this.#ports);
      await this.#measure();
      this.#failures = 0;
      if (this.#alarms === mine && !this.#owed.isOwed()) {
        await this.ctx.storage.deleteAlarm();
      }
    } catch {
      // What is saved stands; the alarm tries again, later each time, and /api/health shows the outbox's age.
      await this.#retryLater();
    }
  }

  async #retryLater(): Promise<void> {
    this.#failures += 1;
    await this.#wakeAfter(Math.min(RETRY_MS[1], RETRY_MS[0] * 2 ** this.#failures));
  }

  /** Resolves with the place of the alarm among those that were set. */
  async #wakeAfter(ms: number): Promise<number> {
    const place = (this.#alarms += 1);
    await this.ctx.storage.setAlarm(this.#ports.clock.now() + ms);
    return place;
  }

  /** Changed bars change outcomes. Written in the same turn as the rows, so that one is never there without the other. */
  #noted(chunk: readonly TickerColumns[], stored: StoredRows): StoredRows {
    if (stored.added > 0 || stored.replaced > 0) {
      const first = chunk.reduce(
        (day, { columns }) => Math.min(day, columns.day[0] ?? Number.POSITIVE_INFINITY),
        Number.POSITIVE_INFINITY,
      );
      this.#mark.changed(tradingDayOf(first));
    }
    return stored;
  }

  async #measure(): Promise<void> {
    const due = this.#mark.due();
    if (due !== null) {
      const { from, asOf } = due;
      const measuring = { exchange: this.#exchange, from, asOf, params: PARAMS };
      await measureOutcomes(measuring, this.#scanBars(), this.#ports);
      this.#mark.measured(due);
    }
  }

  #scanBars(): ScanBars {
    const bars = this.#bars;
    return {
      listings: () => bars.listings(),
      series: (ticker) => bars.series(ticker),
      indexSeries: (code) => bars.indexSeries(code),
      rowsByDay: () => new Map(bars.sessionCounts().map(({ day, rows }) => [day, rows])),
    };
  }
}
