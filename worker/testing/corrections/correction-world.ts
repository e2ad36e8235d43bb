/** One exchange with its record in memory, run as its book runs it: what is due is judged again, then the scan, then the outcomes. */
import { correctSessions } from "../../app/jobs/correct-sessions.ts";
import { changedRows } from "../../app/jobs/due-correction.ts";
import { measuredFrom, measureOutcomes } from "../../app/jobs/outcomes.ts";
import { runScan } from "../../app/jobs/run-scan.ts";
import { sessionsIn } from "../../app/jobs/scan-bars.ts";
import type { RunOutcome, RunRequest } from "../../app/ports/market-book.ts";
import type { RunKind, ScanRun } from "../../app/ports/scan-ledger.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { FINDING_KINDS, type FindingKind } from "../../core/session/finding.ts";
import { PARAMS } from "../../core/params.ts";
import { makeRun } from "../builders/signal-builder.ts";
import { MemoryLedger } from "../memory/memory-ledger.ts";
import { MemoryOutcomes } from "../memory/memory-outcomes.ts";
import { MemoryInstruments } from "../memory/memory-ports.ts";
import { ChangingMarket, type DayOfRows } from "./changing-market.ts";

/** Where a process dies: before or after its save, before the marks are settled, or before the outcomes are measured. */
export type Kill = "before_save" | "after_save" | "before_measure";

class KilledError extends Error {
  override readonly name = "KilledError";
}

/** The owner goes on with whatever a wrong session looks like, but not with a part of one. */
export const FORCED: readonly FindingKind[] = FINDING_KINDS.filter((kind) => kind !== "partial_day");
const START = Date.UTC(2025, 5, 13, 9, 20);

/** The ledger that a process loses at a save. */
class MortalLedger extends MemoryLedger {
  kill: Kill | null = null;

  override async save(save: Parameters<MemoryLedger["save"]>[0]): Promise<void> {
    await this.#dying(async () => super.save(save));
  }

  override async saveCorrection(save: Parameters<MemoryLedger["saveCorrection"]>[0]): Promise<void> {
    await this.#dying(async () => super.saveCorrection(save));
  }

  copyFrom(other: MemoryLedger): void {
    this.stored = [...other.stored];
    this.gone = [...other.gone];
    this.history = [...other.history];
    this.journal = [...other.journal];
    this.gateLists.KRX = [...other.gateLists.KRX];
    this.versions.all = [...other.versions.all];
    this.versions.since.KRX = other.versions.since.KRX;
  }

  async #dying(act: () => Promise<void>): Promise<void> {
    if (this.kill === "before_save") {
      throw new KilledError("before the save");
    }
    await act();
    if (this.kill === "after_save") {
      throw new KilledError("after the save");
    }
  }
}

export class CorrectionWorld {
  readonly bars: ChangingMarket;
  readonly ledger = new MortalLedger();
  readonly outcomes = new MemoryOutcomes(this.ledger);
  readonly instruments = new MemoryInstruments();
  /** What the owner goes on with. */
  accept: readonly FindingKind[] = FORCED;
  /** Called between two sessions that are judged again. */
  turn: () => Promise<void> = () => Promise.resolve();
  #runs = 0;
  /** As the book's mark: since which day bars have changed, and up to which session a run has settled them. */
  #measure: { changed: number; asOf: TradingDay | null } = { changed: Number.POSITIVE_INFINITY, asOf: null };

  constructor(bars = new ChangingMarket()) {
    this.bars = bars;
  }

  /** Another world that has lived the same until now. */
  copy(): CorrectionWorld {
    const copied = new CorrectionWorld(this.bars.copy());
    copied.ledger.copyFrom(this.ledger);
    copied.outcomes.standing.KRX = this.outcomes.standing.KRX;
    for (const [key, row] of this.outcomes.rows) {
      copied.outcomes.rows.set(key, row);
    }
    copied.#runs = this.#runs;
    copied.#measure = { ...this.#measure };
    return copied;
  }

  isJudged(day: TradingDay): boolean {
    return this.ledger.gateLists.KRX.some((gate) => gate.day === day);
  }

  import(rows: DayOfRows): void {
    this.#note(this.bars.put(rows));
  }

  remove(day: TradingDay, key: string | null = null): void {
    this.#note(this.bars.remove(day, key));
  }

  #note(day: TradingDay | null): void {
    this.#measure.changed = Math.min(this.#measure.changed, day ?? Number.POSITIVE_INFINITY);
  }

  /** As the book does it; `null` when the process died. */
  async run(kind: RunKind = "manual", kill: Kill | null = null): Promise<RunOutcome | null> {
    const { revision } = this.bars.changes();
    const corrected = await this.#alone(kill, async () => this.#correct());
    if (corrected === "killed") {
      return null;
    }
    if (corrected !== null && (corrected.status !== "done" || corrected.run.asOf === this.#lastSession())) {
      return corrected;
    }
    const seen = corrected === null ? revision : this.bars.changes().revision;
    const scanned = await this.#alone(kill, async () => this.#scan(kind, seen));
    return scanned === "killed" ? null : scanned;
  }

  /** What an import asks for at its end; `null` when nothing was due, or the process died. */
  async correct(kill: Kill | null = null): Promise<RunOutcome | null> {
    const corrected = await this.#alone(kill, async () => this.#correct());
    return corrected === "killed" ? null : corrected;
  }

  async #alone<T extends RunOutcome | null>(kill: Kill | null, act: () => Promise<T>): Promise<T | "killed"> {
    this.ledger.kill = kill;
    try {
      const outcome = await act();
      // Each run ends with what is due, as a book's drain does, whatever became of the run.
      if (outcome !== null && kill !== "before_measure") {
        await this.#measureDue();
      }
      return outcome;
    } catch (error) {
      if (error instanceof KilledError) {
        return "killed";
      }
      throw error;
    } finally {
      this.ledger.kill = null;
    }
  }

  async #correct(): Promise<RunOutcome | null> {
    const { bars, ledger } = this;
    const { due } = await changedRows("KRX", bars.changes().days, bars, ledger);
    if (due === null) {
      return null;
    }
    const { run, ports } = await this.#begin("correction");
    const { outcome, settled } = await correctSessions(run, this.#request("correction"), bars, ports);
    if (settled !== null) {
      bars.settleChanges(settled.revision);
      this.#note(measuredFrom(sessionsIn(bars), settled.from));
    }
    return this.#settled(outcome);
  }

  async #scan(kind: RunKind, revision: number): Promise<RunOutcome> {
    const { run, ports } = await this.#begin(kind);
    const outcome = await runScan(run, this.#request(kind), this.bars, ports);
    if (outcome.status === "done") {
      this.bars.settleChanges(revision);
    }
    return this.#settled(outcome);
  }

  #request(kind: RunKind): RunRequest {
    return { kind, market: null, topN: 0, minScore: 0, accept: this.accept };
  }

  async #begin(kind: RunKind) {
    this.#runs += 1;
    const startedAt = START + this.#runs * 60_000;
    const run: ScanRun = {
      ...makeRun({ status: "running", id: `krx-${this.#runs}`, exchange: "KRX", asOf: null }),
      kind,
      startedAt,
      request: this.#request(kind),
    };
    await this.ledger.startRun(run);
    const { ledger, instruments } = this;
    const clock = { now: () => startedAt + 500 };
    return { run, ports: { clock, ledger, instruments, turn: async () => this.turn() } };
  }

  #settled(outcome: RunOutcome): RunOutcome {
    if (outcome.status === "done" && outcome.run.asOf !== null) {
      this.#note(outcome.run.asOf);
      this.#measure.asOf = outcome.run.asOf;
    }
    return outcome;
  }

  async #measureDue(): Promise<void> {
    const { changed, asOf } = this.#measure;
    if (asOf !== null) {
      const measuring = { exchange: "KRX", from: tradingDayOf(changed), asOf, params: PARAMS } as const;
      await measureOutcomes(measuring, this.bars, this);
      this.#measure = { changed: Number.POSITIVE_INFINITY, asOf: null };
    }
  }

  #lastSession(): TradingDay | undefined {
    return sessionsIn(this.bars).at(-1);
  }
}
