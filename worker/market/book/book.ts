/** The object MarketBook: the bars of one exchange, and the only writer of its signals (`MarketBookPort`, `LiveBookPort`). */
import { changedRows } from "../../app/jobs/due-correction.ts";
import { lastFindings } from "../../app/jobs/session-findings.ts";
import { streamSnapshots } from "../../app/jobs/scan-messages.ts";
import type {
  ChangedRows,
  RunOutcome,
  RunProgress,
  ReceivedRequest,
  RunRequest,
  TickBatch,
} from "../../app/ports/market-book.ts";
import type { FormingBook, FormingList, RunningMoment } from "../../app/ports/forming.ts";
import type { NeighbourFailure } from "../../app/ports/neighbour-error.ts";
import { logFailure } from "../../app/ports/log.ts";
import type { OutboxMessage } from "../../app/ports/scan-ledger.ts";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import { assert } from "../../core/assert.ts";
import { parseExchange, profileOf } from "../../core/instrument/exchange-profile.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SessionFinding } from "../../core/session/finding.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { checkContract } from "../../platform/contract.ts";
import { inBackground } from "../../platform/in-background.ts";
import { FailureLog } from "../../platform/logs.ts";
import { BarStore } from "../bars/bar-store.ts";
import { MarketDays } from "../days/market-days.ts";
import { StudyJob } from "../study/study-job.ts";
import { BarsObject } from "./bars-object.ts";
import { BookAlarm } from "./book-alarm.ts";
import type { BookPorts } from "./book-ports.ts";
import { FeedNotifier } from "./feed-notifier.ts";
import { RecordPruner } from "./record-pruner.ts";
import { LiveSignalTracker } from "./live-signal-tracker.ts";
import { OutcomeWatermark, OwedRun, RunLock } from "./book-marks.ts";
import { OutboxDrain } from "./outbox-drain.ts";
import { RunningScan } from "./running-scan.ts";
import { ScanRunner } from "./scan-runner.ts";
import { SwitchInProgress } from "./exchange-switch.ts";
import { VerdictCache } from "./verdict-cache.ts";

/** One for each exchange, named by it. Its single thread is what makes it the only writer. */
export class Book extends BarsObject {
  protected readonly days: MarketDays;
  protected readonly bars: BarStore;
  protected readonly study: StudyJob;
  protected readonly watermark: OutcomeWatermark;
  protected readonly notifier: FeedNotifier;
  readonly #ports: BookPorts;
  readonly #log: FailureLog;
  readonly #owed: OwedRun;
  readonly #alarm: BookAlarm;
  readonly #tracker: LiveSignalTracker;
  readonly #verdicts: VerdictCache;
  readonly #drain: OutboxDrain;
  readonly #pruner: RecordPruner;
  readonly #runner: ScanRunner;
  readonly #switch: SwitchInProgress;
  readonly #running: RunningScan;

  constructor(ctx: DurableObjectState, env: unknown, ports: BookPorts) {
    super(ctx, env);
    checkContract(ctx.storage.sql, "MarketBook");
    const named = parseExchange(ctx.id.name);
    const exchange = (): Exchange => this.#exchange;
    const { storage } = ctx;
    const log = new FailureLog(storage.sql, ports.log, () => ports.clock.now());
    this.#ports = ports;
    this.#log = log;
    this.bars = new BarStore(storage, named && profileOf(named).sessionsKept);
    this.#owed = new OwedRun(storage.sql);
    this.watermark = new OutcomeWatermark(storage.sql);
    this.#alarm = new BookAlarm(storage, ports.clock);
    this.#tracker = new LiveSignalTracker(exchange, { ...ports, log, alarm: this.#alarm }, (ticker) =>
      this.bars.series(ticker),
    );
    this.notifier = new FeedNotifier({
      log,
      name: ctx.id.name ?? null,
      feed: () => ports.feed(this.#exchange),
      now: () => ports.clock.now(),
      indexCloses: () => this.bars.indexCloses(),
      run: ctx.waitUntil.bind(ctx),
    });
    const shared = { ports, log, exchange, bars: this.bars, watermark: this.watermark, alarm: this.#alarm };
    this.#verdicts = new VerdictCache({ ...ports, log, exchange, bars: this.bars });
    const lock = new RunLock(storage.sql);
    this.#pruner = new RecordPruner(shared);
    this.#drain = new OutboxDrain({
      ...shared,
      closeDeadRun: async () => this.#runner.closeDeadRun(),
      isAlarmNeeded: () =>
        [lock.holder() !== null, this.#owed.isOwed(), this.#switch.isUnderWay()].includes(true) ||
        [this.#pruner, this.days, this.study].some((one) => one.hasMore()),
    });
    this.#switch = new SwitchInProgress({ ports, log, exchange, sql: storage.sql, alarm: this.#alarm });
    this.#runner = new ScanRunner({
      ...shared,
      lock,
      owed: this.#owed,
      tracker: this.#tracker,
      notifier: this.notifier,
      tickers: () => this.bars.summary().tickers,
      drain: async () => this.#drain.drain(),
    });
    this.days = new MarketDays({ ...shared, storage, book: this, owed: this.#owed, switch: this.#switch });
    this.#running = new RunningScan({
      ...shared,
      quotes: async (tickers) => this.days.quotes(tickers),
      isBusy: () => this.#runner.isRunning(),
    });
    this.study = new StudyJob({ ...shared, storage, isBusy: () => this.#runner.isRunning() });
    inBackground(ctx, log, "alarm_not_set", this.#alarm.recall());
  }

  findings(): readonly SessionFinding[] {
    return lastFindings(this.#exchange, this.bars, this.#ports.clock.now());
  }

  /** BK53: bars first: an emptying that broke off leaves a record without bars, and is done again. */
  async empty(): Promise<string | null> {
    return this.#runner.exclusively(async () => {
      this.bars.clear();
      await this.#ports.record.empty(this.#exchange);
    });
  }

  failures(): readonly NeighbourFailure[] {
    return this.#log.failures();
  }

  async verdict(ticker: string): Promise<Verdict | null> {
    return this.#verdicts.of(ticker);
  }

  judgeRunning(moment: RunningMoment): ReturnType<FormingBook["judgeRunning"]> {
    return this.#running.judge(moment);
  }

  gateBasis(): ReturnType<FormingBook["gateBasis"]> {
    return this.#running.basis();
  }

  forming(): FormingList | null {
    return this.#running.list();
  }

  /** Moves no signal while a scan runs: the session is over for the signals that the scan has read. */
  async tick(batch: TickBatch): Promise<readonly string[]> {
    if (this.#runner.isRunning()) {
      return [];
    }
    const { tickers, moved } = await this.#tracker.tick(batch);
    if (moved) {
      await this.#drain.drain();
    }
    return tickers;
  }

  async activate(): Promise<ExchangeSwitch> {
    return this.#switch.begin();
  }

  async snapshots(): Promise<readonly OutboxMessage[]> {
    return streamSnapshots(this.#exchange, this.#ports);
  }

  async progress(): Promise<RunProgress> {
    if (await this.#runner.closeDeadRun()) {
      await this.#drain.drain();
    }
    return this.#runner.progress();
  }

  async run({ accept = [], ...request }: ReceivedRequest): Promise<RunOutcome> {
    return this.#ended(await this.#runner.run({ ...request, accept }));
  }

  async #ended(outcome: RunOutcome): Promise<RunOutcome> {
    await this.#pruner.afterRun(outcome);
    await this.study.afterRun(outcome);
    return outcome;
  }

  async changes(): Promise<ChangedRows> {
    return changedRows(this.#exchange, this.bars.changes().days, this.bars, this.#ports.ledger);
  }

  async correct(from: TradingDay | null, accept: RunRequest["accept"]): Promise<RunOutcome | null> {
    const outcome = await this.#runner.correct(from, accept);
    return outcome && this.#ended(outcome);
  }

  /** Completes a switch, closes a dead run, publishes, begins an owed run, goes on with retention and backfill (BK33). */
  override async alarm(): Promise<void> {
    try {
      await this.#ring();
    } catch (error) {
      logFailure(this.#log, "alarm_failed", error, { exchange: this.ctx.id.name ?? null }, "error");
      await this.#alarm.afterFailure();
    }
  }

  async #ring(): Promise<void> {
    await this.#switch.complete();
    if (this.#runner.isRunning()) {
      await this.#alarm.soon();
    } else if (this.#owed.isOwed()) {
      await this.#runner.runOwed();
    } else {
      await this.#drain.drain();
      await this.#pruner.goOn();
      await this.days.goOn();
      await this.study.goOn();
      if (!this.#owed.isOwed() && !this.#pruner.hasMore() && !this.#runner.isRunning()) {
        await this.#switch.waitLonger();
      }
    }
  }

  get #exchange(): Exchange {
    const exchange = parseExchange(this.ctx.id.name);
    assert(exchange !== null, `A book was named ${this.ctx.id.name}`);
    return exchange;
  }
}
