/**
 * The day of a real market in its book: what the clock finds due is asked of the vendors, stored, and judged by a run. Every
 * outcome that a step has not had before leaves a row in the list of runs, also one that brought nothing.
 */
import { type ClockSources, type DayStep, dueSteps, missedSteps } from "../../app/jobs/days/market-clock.ts";
import { type DayBars, nameOfStep } from "../../app/jobs/days/official-day.ts";
import { type SessionDays, sessionDaysOf } from "../../app/jobs/days/session-days.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { MasterPorts } from "../../app/jobs/store-master.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { Answer, MarketQuote, MarketSources, SourceId } from "../../app/ports/market-sources.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import type { MarketStatus } from "../../app/ports/market-status.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { BookAlarm } from "../book/book-alarm.ts";
import type { BookPorts } from "../book/book-ports.ts";
import { askStep, canOf } from "./ask-step.ts";
import type { BackfillTableDeps } from "./backfill-table.ts";
import { DayDeliveries } from "./day-deliveries.ts";
import { DifferenceTable } from "./difference-table.ts";
import { FirstActivation, type FirstActivationDeps } from "./first-activation.ts";
import { readMarketStatus } from "./market-status.ts";
import { MarketPast, type MarketPastDeps } from "./market-past.ts";
import type { EndedPast } from "./past-runner.ts";
import { PlanSinceTable } from "./plan-since.ts";
import { SourceChecks } from "./source-checks.ts";
import { StatedDaysTable } from "./stated-days-table.ts";
import { StepEnds, type StepEndsDeps } from "./step-ends.ts";
import { StepTable } from "./step-table.ts";

export interface MarketDaysDeps {
  readonly ports: MasterPorts &
    Pick<BookPorts, "sources" | "sourceStates" | "settings"> & {
      readonly ledger: StepEndsDeps["ports"]["ledger"] & Pick<RunLedger, "lastRun">;
    };
  readonly bars: Pick<DayBars, "listings" | "rowsByDay"> & MarketPastDeps["bars"] & StepEndsDeps["bars"];
  /** As everyone else stores rows and runs scans. */
  readonly book: Pick<DayBars, "closeDay"> & BackfillTableDeps["book"] & StepEndsDeps["book"];
  /** Of the object: the vendors' counts and tokens stand beside its bars. */
  readonly storage: DurableObjectStorage;
  readonly log: Log;
  readonly alarm: BookAlarm;
  readonly owed: StepEndsDeps["owed"];
  exchange(): Exchange;
  readonly switch: FirstActivationDeps["switch"];
}

export class MarketDays {
  readonly #deps: MarketDaysDeps;
  readonly #steps: StepTable;
  readonly #since: PlanSinceTable;
  readonly #ends: StepEnds;
  readonly #stated: StatedDaysTable;
  readonly #differences: DifferenceTable;
  readonly #past: MarketPast;
  /** Of days that another machine collects. */
  readonly deliveries: DayDeliveries;
  readonly #checks: SourceChecks;
  readonly #activation: FirstActivation;
  /** Of this life: a token and a limit are shared by all calls of it. */
  #sources: CheckableSources | null | undefined;
  /** The clock's turn that is under way: a second one beside it would ask twice. */
  #turn: Promise<void> | null = null;

  constructor(deps: MarketDaysDeps) {
    this.#deps = deps;
    this.#steps = new StepTable(deps.storage.sql);
    this.#since = new PlanSinceTable(deps.storage.sql);
    this.#stated = new StatedDaysTable(deps.storage);
    this.#differences = new DifferenceTable(deps.storage.sql);
    this.#ends = new StepEnds({
      ...deps,
      steps: this.#steps,
      isPastOnItsWay: ({ kind }) =>
        this.#past.isOnItsWay() || (kind === "official_day" && this.#past.dates.since() === null),
    });
    this.#activation = new FirstActivation({ ...deps, steps: this.#steps });
    const { clock } = deps.ports;
    this.#past = new MarketPast({
      ...deps,
      clock,
      instruments: deps.ports.instruments,
      sources: () => this.#found(),
      days: () => this.days(),
      fetchMaster: async (day) => this.#stepOnce({ kind: "present_master", day }),
      prepare: async (ended) => this.#prepare(ended),
      onEnd: async (ended, settle) => this.#endPast(ended, settle),
    });
    this.deliveries = new DayDeliveries({
      ...deps,
      clock,
      instruments: deps.ports.instruments,
      steps: this.#steps,
      backfill: this.#past.dates,
      shares: this.#past,
      own: () => this.#found(),
      days: () => this.days(),
      follow: async (step, sources) => {
        const outcome = await this.#outcomeOf(step, sources);
        await this.#ends.take(step, outcome);
        return outcome;
      },
    });
    this.#checks = new SourceChecks({
      clock,
      log: deps.log,
      sources: () => this.#found(),
      states: async () => this.#states(),
      goOn: async () => {
        await this.#past.resume();
      },
    });
  }

  backfill(): BackfillProgress | null {
    return this.#past.progress();
  }

  /** MD10: begins at once, or goes on with what waits, where the clock's next turn would. */
  async beginBackfill(): Promise<BackfillProgress | null> {
    await this.#past.begin();
    return this.backfill();
  }

  /** The prices of this moment, for the driver of the running session: with the limits and the token of the day's other calls. */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]> | null> {
    const evening = this.#found()?.evening ?? null;
    return evening && evening.snapshot.quotes(tickers);
  }

  /** MD50 */
  async checkSources(): ReturnType<SourceChecks["check"]> {
    return this.#checks.check();
  }

  /** MD50 */
  async forgetDenials(): Promise<readonly SourceId[]> {
    return this.#checks.forget();
  }

  async #states(): ReturnType<BookPorts["sourceStates"]> {
    return this.#deps.ports.sourceStates(this.#deps.exchange(), this.#deps.storage);
  }

  /** MD40 */
  async status(): Promise<MarketStatus> {
    const { ports, storage } = this.#deps;
    const sources = await this.#states();
    const found = this.#found();
    const [now, can] = [ports.clock.now(), found === null ? this.deliveries.brought() : canOf(found)];
    return readMarketStatus({
      now,
      sql: storage.sql,
      steps: this.#steps,
      can,
      since: this.#since.read(can, now),
      backfill: this.backfill(),
      days: this.days(),
      stated: this.#stated.all(),
      differences: this.#differences.all(),
      sources,
    });
  }

  /** The days of the exchange, as far as a vendor has stated otherwise than the calendar. */
  days(): SessionDays {
    return sessionDaysOf(this.#stated.all());
  }

  /** The alarm has dates to fetch. */
  hasMore(): boolean {
    return this.#past.hasMore();
  }

  /** At the alarm. */
  async goOn(): Promise<void> {
    await this.#past.goOn();
    await this.#activate();
  }

  /** MD1: does what is due, one after the other. Never rejects for a neighbour's failure. */
  async follow(): Promise<void> {
    this.#turn ??= this.#follow();
    try {
      await this.#turn;
    } finally {
      this.#turn = null;
    }
  }

  #found(): CheckableSources | null {
    const { ports, storage } = this.#deps;
    const sources =
      this.#sources === undefined ? ports.sources(this.#deps.exchange(), storage) : this.#sources;
    this.#sources = sources;
    return sources;
  }

  async #follow(): Promise<void> {
    const { ports } = this.#deps;
    const sources = this.#found();
    const now = ports.clock.now();
    this.#since.note(sources && canOf(sources), now);
    if (sources === null) {
      return;
    }
    const can = canOf(sources);
    await this.#noteMissed(now, can);
    const asked = new Set<string>();
    for (;;) {
      // Anew after each step: the vendor's calendar may take the day off.
      const due = dueSteps(now, can, (one) => this.#steps.isSettled(one), this.days());
      const step = due.find((one) => !asked.has(nameOfStep(one)));
      if (step === undefined) {
        break;
      }
      asked.add(nameOfStep(step));
      await this.#ends.take(step, await this.#outcomeOf(step, sources));
    }
    const isStalled = !this.#past.isOnItsWay();
    await this.#past.begin();
    await this.#past.beginRecent();
    if (!this.#past.hasMore()) {
      await this.#ends.judgeAgain();
    } else if (isStalled) {
      await this.#ends.judgeFirst();
    }
    await this.#activate();
  }

  /** MD63: the program was down at a step's whole time: nobody else would ever state it. */
  async #noteMissed(now: number, can: ClockSources): Promise<void> {
    const { evening, morning } = this.#since.read(can, now);
    const isNoted = (one: DayStep): boolean => this.#steps.isNoted(one);
    for (const step of [
      ...missedSteps(now, { ...can, snapshot: false }, { since: morning ?? now, isNoted }, this.days()),
      ...missedSteps(now, { ...can, official: false }, { since: evening ?? now, isNoted }, this.days()),
    ]) {
      await this.#ends.take(step, {
        status: "failed",
        text: "nothing was asked in its time, the program was down",
      });
    }
  }

  async #activate(): Promise<void> {
    if (this.#past.isDone()) {
      await this.#activation.attempt();
    }
  }

  /** The master, which the past is not to be judged without. */
  async #prepare({ status, newest }: EndedPast): Promise<void> {
    if (status === "done" && newest !== null && this.#found()?.master) {
      await this.#stepOnce({ kind: "official_master", day: newest });
    }
  }

  async #stepOnce(step: DayStep): Promise<void> {
    const sources = this.#found();
    if (sources !== null && !this.#steps.isSettled(step)) {
      await this.#ends.take(step, await this.#outcomeOf(step, sources));
    }
  }

  async #endPast({ step, outcome: ended, status }: EndedPast, settle: () => void): Promise<void> {
    const isOwed = status === "done" && this.#ends.hasUnjudged();
    const outcome = ended.status === "stored" && isOwed ? { ...ended, moved: true } : ended;
    this.#deps.storage.transactionSync(() => {
      this.#ends.owe(step, outcome);
      settle();
    });
    await this.#ends.take(step, outcome);
    // Where another machine brought the past no alarm need follow.
    await this.#activate();
  }

  async #outcomeOf(step: DayStep, sources: MarketSources): Promise<StepOutcome> {
    try {
      return await askStep(step, sources, {
        ...this.#deps,
        ends: this.#ends,
        stated: this.#stated,
        differences: this.#differences,
      });
    } catch (error) {
      const fields = { exchange: this.#deps.exchange(), step: nameOfStep(step) };
      logFailure(this.#deps.log, "market_step_failed", error, fields);
      return { status: "failed", text: error instanceof Error ? error.message : String(error) };
    }
  }
}
