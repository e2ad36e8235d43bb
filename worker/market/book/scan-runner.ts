/** BK13, BK14, BK19: one run at a time, from the lock to the row of its end, also when a process dies in the middle. */
import { correctSessions } from "../../app/jobs/correct-sessions.ts";
import { changedRows, type ChangingBars } from "../../app/jobs/due-correction.ts";
import { measuredFrom } from "../../app/jobs/outcomes.ts";
import { runScan, type ScanPorts } from "../../app/jobs/run-scan.ts";
import { sessionsIn } from "../../app/jobs/scan-bars.ts";
import type { EndedRun } from "../../app/ports/live.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { RunOutcome, RunProgress, RunRequest } from "../../app/ports/market-book.ts";
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { BarStore } from "../bars/bar-store.ts";
import type { BookAlarm } from "./book-alarm.ts";
import { idOfRun, newRun } from "./new-run.ts";
import { endOf, type FeedNotifier } from "./feed-notifier.ts";
import type { LiveSignalTracker } from "./live-signal-tracker.ts";
import type { OutcomeWatermark, OwedRun, RunLock } from "./book-marks.ts";

/** Why a run failed whose process died. */
const INTERRUPTED = "interrupted";
/** Corrections in a row whose process died. */
const DEATHS = 3;

const IDLE: RunProgress = { runId: null, stage: "idle", done: 0, total: 0 };

/** What a run needs of its book. */
export interface RunnerDeps {
  readonly ports: ScanPorts;
  readonly bars: ChangingBars & Pick<BarStore, "acceptRebased" | "settleChanges">;
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
  /** How the run that holds the book has ended; `null` while none of this claim has begun. */
  #ended: EndedRun | null = null;

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
    return this.#claimed(async (id) => this.#correctAndScan(id, request));
  }

  /** BK51: judges again what is due, or all from a day on; `null` when there is nothing to judge again. */
  async correct(asked: TradingDay | null, accept: RunRequest["accept"]): Promise<RunOutcome | null> {
    const { runId } = this.#progress;
    if (runId !== null) {
      return { status: "busy", runId };
    }
    const request: RunRequest = { kind: "correction", market: null, topN: 0, minScore: 0, accept };
    return this.#claimed(async (id) => this.#correct(id, request, asked));
  }

  /** Acts while no run and no price can begin; resolves with the run that holds the book, and has not acted then. */
  async exclusively(act: () => Promise<void>): Promise<string | null> {
    const { runId } = this.#progress;
    if (runId === null) {
      await this.#claimed(async () => {
        await this.#deps.tracker.settled();
        await act();
      });
    }
    return runId;
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
    const reason = INTERRUPTED;
    await ports.ledger.endRun(holder, "failed", reason, ports.clock.now());
    lock.release(holder);
    notifier.scan(this.#progress, { runId: holder, status: "failed", saved: 0, reason });
    return true;
  }

  /** Holds the book while `act` runs, before its first await: from here on a second call finds the book busy. */
  async #claimed<T>(act: (id: string) => Promise<T>): Promise<T> {
    const { alarm, ports, tracker } = this.#deps;
    const id = idOfRun(this.#deps.exchange(), ports.clock.now());
    this.#show({ runId: id, stage: "reading", done: 0, total: this.#deps.tickers() });
    try {
      // When the run is owed and cannot begin, this alarm begins it.
      await alarm.soon();
      await this.closeDeadRun();
      return await act(id);
    } finally {
      tracker.forget();
      this.#progress = IDLE;
      this.#deps.notifier.scan(IDLE, this.#ended);
      this.#ended = null;
    }
  }

  /** DY5: what the owner went on with is no finding of the next session. */
  #settleAccepted({ accept }: ScanRun["request"]): void {
    if (accept.includes("rebased_history")) {
      this.#deps.bars.acceptRebased();
    }
  }

  /** A scan of a session that was judged again a moment ago would change nothing. */
  async #correctAndScan(id: string, request: RunRequest): Promise<RunOutcome> {
    const { bars, owed, ports } = this.#deps;
    const { revision } = bars.changes();
    const corrected = await this.#correct(id, request, null);
    if (corrected === null) {
      return this.#scanAlone(
        newRun(id, request, this.#deps.exchange(), ports.clock.now()),
        request,
        revision,
      );
    }
    const isBehind = corrected.status === "done" && corrected.run.asOf !== sessionsIn(bars).at(-1);
    if (!isBehind) {
      if (request.kind === "cron") {
        owed.settle();
      }
      return corrected;
    }
    const at = ports.clock.now();
    const next = idOfRun(this.#deps.exchange(), at);
    const run = newRun(next === id ? `${next}-2` : next, request, this.#deps.exchange(), at);
    return this.#scanAlone(run, request, bars.changes().revision);
  }

  /** `null` when nothing is due. */
  async #correct(id: string, request: RunRequest, asked: TradingDay | null): Promise<RunOutcome | null> {
    const { bars, ports } = this.#deps;
    const exchange = this.#deps.exchange();
    const { days, revision } = bars.changes();
    const { due } = await changedRows(exchange, days, bars, ports.ledger, asked);
    if (due === null || (asked === null && (await this.#givesUp(revision)))) {
      return null;
    }
    const run = newRun(id, { ...request, kind: "correction" }, exchange, ports.clock.now());
    return this.#alone(run, async () => {
      const { outcome, settled } = await correctSessions(run, request, bars, { ...ports, turn }, asked);
      if (settled !== null) {
        bars.settleChanges(settled.revision);
        this.#deps.watermark.changed(measuredFrom(sessionsIn(bars), settled.from));
      }
      return outcome;
    });
  }

  /**
   * BK54: a correction that is too much for its process would keep every later scan from being made. After so many deaths in a
   * row its changes are taken as they are; the owner can ask for it, from a later day on.
   */
  async #givesUp(revision: number): Promise<boolean> {
    const { bars, log, ports } = this.#deps;
    const exchange = this.#deps.exchange();
    const last = await ports.ledger.runs(exchange, DEATHS);
    if (last.length < DEATHS || !last.every(isDeadCorrection)) {
      return false;
    }
    log.write("error", "correction_given_up", { exchange, run: last[0]?.id ?? "" });
    bars.settleChanges(revision);
    return true;
  }

  /** `revision`: changes up to it had been looked at before the scan, and are in its verdicts. */
  async #scanAlone(run: ScanRun, request: RunRequest, revision: number): Promise<RunOutcome> {
    const { bars, ports } = this.#deps;
    return this.#alone(run, async () => {
      const outcome = await runScan(run, request, bars, ports, (judged) => {
        this.#show({ runId: run.id, stage: "saving", done: judged, total: judged });
      });
      if (outcome.status === "done") {
        bars.settleChanges(revision);
      }
      return outcome;
    });
  }

  /** One run with its lock and its row; ends with what it saved published. */
  async #alone(run: ScanRun, act: () => Promise<RunOutcome>): Promise<RunOutcome> {
    const { lock, tracker, watermark } = this.#deps;
    if (this.#progress.runId !== run.id) {
      this.#show({ runId: run.id, stage: "reading", done: 0, total: this.#deps.tickers() });
    }
    this.#ended = endOf(run.id, null);
    await this.#take(run);
    await tracker.settled();
    const outcome = await this.#ending(run, act);
    lock.release(run.id);
    if (outcome.status === "done" && outcome.run.asOf !== null) {
      watermark.settled(outcome.run.asOf);
      this.#settleAccepted(run.request);
    }
    this.#ended = endOf(run.id, outcome);
    await this.#deps.drain();
    return outcome;
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

  /** BK14: a run that a store failed ends as failed. */
  async #ending(run: ScanRun, act: () => Promise<RunOutcome>): Promise<RunOutcome> {
    const { log, ports } = this.#deps;
    try {
      return await act();
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

function isDeadCorrection({ kind, reason }: ScanRun): boolean {
  return kind === "correction" && reason === INTERRUPTED;
}

/** Other calls of the object come between two sessions that are judged again. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
