/** BK13, BK14, BK19: one run at a time, from the lock to the row of its end, also when a process dies in the middle. */
import { runScan, type ScanPorts } from "../../app/jobs/run-scan.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { RunOutcome, RunProgress, RunRequest } from "../../app/ports/market-book.ts";
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import type { BarStore } from "../bars/bar-store.ts";
import type { BookAlarm } from "./book-alarm.ts";
import { endOf, type FeedNotifier } from "./feed-notifier.ts";
import type { LiveSignalTracker } from "./live-signal-tracker.ts";
import type { OutcomeWatermark, OwedRun, RunLock } from "./book-marks.ts";

const IDLE: RunProgress = { runId: null, stage: "idle", done: 0, total: 0 };

/** What a run needs of its book. */
export interface RunnerDeps {
  readonly ports: ScanPorts;
  readonly bars: ScanBars & Pick<BarStore, "acceptRebased">;
  readonly lock: RunLock;
  readonly owed: OwedRun;
  readonly watermark: OutcomeWatermark;
  readonly alarm: BookAlarm;
  readonly log: Log;
  readonly tracker: LiveSignalTracker;
  readonly notifier: FeedNotifier;
  exchange(): Exchange;
  tickers(): number;
  /** Publishes what the run saved; never rejects for a neighbour's failure. */
  drain(): Promise<void>;
}

/** The lock has no heartbeat (decision 007): only this process can hold it, so a lock that it does not know is a dead one's. */
export class ScanRunner {
  readonly #deps: RunnerDeps;
  /** The run of this process. A lock of another run was left by a process that died. */
  #progress: RunProgress = IDLE;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  progress(): RunProgress {
    return this.#progress;
  }

  isRunning(): boolean {
    return this.#progress.runId !== null;
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    const { owed, ports, alarm } = this.#deps;
    if (request.kind === "cron") {
      owed.owe(ports.clock.now());
    }
    const { runId } = this.#progress;
    if (runId !== null) {
      await alarm.soon();
      return { status: "busy", runId };
    }
    return this.#runAlone(newRun(request, this.#deps.exchange(), ports.clock.now()), request);
  }

  /** Begins the run that is owed; one that cannot begin stays owed, and the alarm tries again. */
  async runOwed(): Promise<void> {
    try {
      await this.run(EVENING_REQUEST);
    } catch (error) {
      logFailure(this.#deps.log, "owed_run_failed", error, { exchange: this.#deps.exchange() }, "error");
      await this.#deps.alarm.afterFailure();
    }
  }

  /** BK13: closes the run of a process that died. `true` when there was one. Rejects when the ledger is out of reach. */
  async closeDeadRun(): Promise<boolean> {
    const { lock, ports, notifier } = this.#deps;
    const holder = lock.holder();
    if (holder === null || holder === this.#progress.runId) {
      return false;
    }
    const reason = "interrupted";
    await ports.ledger.endRun(holder, "failed", reason, ports.clock.now());
    lock.release(holder);
    notifier.scan(this.#progress, { runId: holder, status: "failed", saved: 0, reason });
    return true;
  }

  async #runAlone(run: ScanRun, request: RunRequest): Promise<RunOutcome> {
    const { alarm, lock, tracker, watermark } = this.#deps;
    // Before the first await: from here on a second call finds the book busy.
    this.#show({ runId: run.id, stage: "reading", done: 0, total: this.#deps.tickers() });
    let outcome: RunOutcome | null = null;
    try {
      // When the run is owed and cannot begin, this alarm begins it.
      await alarm.soon();
      await this.closeDeadRun();
      await this.#take(run);
      await tracker.settled();
      outcome = await this.#scan(run, request);
      lock.release(run.id);
      if (outcome.status === "done" && outcome.run.asOf !== null) {
        watermark.settled(outcome.run.asOf);
        this.#settleAccepted(request);
      }
      await this.#deps.drain();
      return outcome;
    } finally {
      tracker.forget();
      this.#progress = IDLE;
      this.#deps.notifier.scan(IDLE, endOf(run.id, outcome));
    }
  }

  /** DY5: what the owner went on with is no finding of the next session. */
  #settleAccepted({ accept }: RunRequest): void {
    if (accept.includes("rebased_history")) {
      this.#deps.bars.acceptRebased();
    }
  }

  /** The lock and the alarm that will free it are one write: nothing is awaited between them. */
  async #take(run: ScanRun): Promise<void> {
    const { alarm, lock, owed, ports } = this.#deps;
    lock.take(run.id);
    await alarm.soon();
    try {
      await ports.ledger.startRun(run);
    } catch (error) {
      await this.#closeUnbegun(run);
      throw error;
    }
    if (run.kind === "cron") {
      owed.settle();
    }
  }

  /** BK23: the row may stand although its answer was lost. While it cannot be closed the lock stays, and the alarm closes both. */
  async #closeUnbegun(run: ScanRun): Promise<void> {
    const { lock, log, ports } = this.#deps;
    try {
      await ports.ledger.endRun(run.id, "failed", "not_begun", ports.clock.now());
      lock.release(run.id);
    } catch (error) {
      logFailure(log, "run_not_closed", error, { exchange: run.exchange, run: run.id, kind: run.kind });
    }
  }

  async #scan(run: ScanRun, request: RunRequest): Promise<RunOutcome> {
    const { bars, log, ports } = this.#deps;
    try {
      return await runScan(run, request, bars, ports, (judged) => {
        this.#show({ runId: run.id, stage: "saving", done: judged, total: judged });
      });
    } catch (error) {
      logFailure(log, "run_failed", error, { exchange: run.exchange, run: run.id, kind: run.kind }, "error");
      const reason = error instanceof Error ? error.message : String(error);
      const at = ports.clock.now();
      await ports.ledger.endRun(run.id, "failed", reason, at);
      return { status: "failed", run: { ...run, status: "failed", reason, finishedAt: at } };
    }
  }

  #show(progress: RunProgress): void {
    this.#progress = progress;
    this.#deps.notifier.scan(progress);
  }
}

function newRun(
  { kind, market, topN, minScore, accept }: RunRequest,
  exchange: Exchange,
  startedAt: number,
): ScanRun {
  return {
    id: `${exchange.toLowerCase()}-${startedAt.toString(36)}`,
    exchange,
    kind,
    status: "running",
    asOf: null,
    paramsVersion: PARAMS.version,
    startedAt,
    finishedAt: null,
    request: { market, topN, minScore, accept },
    funnel: null,
    rejects: null,
    diff: null,
    saved: 0,
    reason: null,
  };
}
