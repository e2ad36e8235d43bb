/**
 * The day of a real market in its book: what the clock finds due is asked of the vendors, stored, and judged by a run. Every
 * outcome that a step has not had before leaves a row in the list of runs, also one that brought nothing.
 */
import { type BackfillState, outcomeOfBackfill } from "../../app/jobs/days/backfill.ts";
import { fetchEvening } from "../../app/jobs/days/evening-snapshot.ts";
import { type ClockSources, type DayStep, dueSteps } from "../../app/jobs/days/market-clock.ts";
import { type DayBars, fetchOfficialDay, nameOfStep } from "../../app/jobs/days/official-day.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import { fetchMasters, mastersOf } from "../../app/jobs/days/vendor-master.ts";
import type { MasterPorts } from "../../app/jobs/store-master.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { BackfillProgress, RunOutcome, RunRequest } from "../../app/ports/market-book.ts";
import type { MarketSources, SourceId } from "../../app/ports/market-sources.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import type { MarketStatus } from "../../app/ports/market-status.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { BookAlarm } from "../book/book-alarm.ts";
import type { BookPorts } from "../book/book-ports.ts";
import { idOfRun, newRun } from "../book/new-run.ts";
import { BackfillRunner } from "./backfill-runner.ts";
import { BackfillTable, type BackfillTableDeps } from "./backfill-table.ts";
import { DayDeliveries } from "./day-deliveries.ts";
import { readMarketStatus } from "./market-status.ts";
import { SourceChecks } from "./source-checks.ts";
import { StepTable } from "./step-table.ts";

export interface MarketDaysDeps {
  readonly ports: MasterPorts &
    Pick<BookPorts, "sources" | "sourceStates"> & { readonly ledger: Pick<RunLedger, "startRun"> };
  readonly bars: Pick<DayBars, "listings" | "rowsByDay">;
  /** As everyone else stores rows and runs scans. `run` owes the clock's run before its first await. */
  readonly book: Pick<DayBars, "closeDay"> &
    BackfillTableDeps["book"] & { run(request: RunRequest): Promise<RunOutcome> };
  /** Of the object: the vendors' counts and tokens stand beside its bars. */
  readonly storage: DurableObjectStorage;
  readonly log: Log;
  readonly alarm: BookAlarm;
  exchange(): Exchange;
}

function canOf({ day, master, present, evening }: MarketSources): ClockSources {
  return {
    official: day !== null,
    master: master !== null,
    present: present !== null,
    snapshot: evening !== null,
  };
}

export class MarketDays {
  readonly #deps: MarketDaysDeps;
  readonly #steps: StepTable;
  readonly #backfill: BackfillRunner;
  /** Of days that another machine collects. */
  readonly deliveries: DayDeliveries;
  readonly #checks: SourceChecks;
  /** Of this life: a token and a limit are shared by all calls of it. */
  #sources: CheckableSources | null | undefined;
  /** The clock's turn that is under way: a second one beside it would ask twice. */
  #turn: Promise<void> | null = null;

  constructor(deps: MarketDaysDeps) {
    this.#deps = deps;
    this.#steps = new StepTable(deps.storage.sql);
    const { clock } = deps.ports;
    this.#backfill = new BackfillRunner({
      ...deps,
      clock,
      table: new BackfillTable({ ...deps, now: () => clock.now() }),
      source: () => this.#found()?.day ?? null,
      rowsByDay: () => deps.bars.rowsByDay(),
      onEnd: async (state) => this.#endBackfill(state),
    });
    this.deliveries = new DayDeliveries({
      ...deps,
      clock,
      instruments: deps.ports.instruments,
      steps: this.#steps,
      backfill: this.#backfill,
      own: () => this.#found(),
      follow: async (step, sources) => {
        const outcome = await this.#outcomeOf(step, sources);
        await this.#take(step, outcome);
        return outcome;
      },
    });
    this.#checks = new SourceChecks({
      clock,
      log: deps.log,
      sources: () => this.#found(),
      states: async () => this.#states(),
      goOn: async () => {
        await this.#backfill.resume();
      },
    });
  }

  backfill(): BackfillProgress | null {
    return this.#backfill.progress();
  }

  /** MD10: begins at once, or goes on with what waits, where the clock's next turn would. */
  async beginBackfill(): Promise<BackfillProgress | null> {
    if (this.#found()?.day) {
      await this.#backfill.begin();
    }
    return this.backfill();
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
    return readMarketStatus({
      now: ports.clock.now(),
      sql: storage.sql,
      steps: this.#steps,
      can: found === null ? this.deliveries.brought() : canOf(found),
      backfill: this.backfill(),
      sources,
    });
  }

  /** The alarm has dates to fetch. */
  hasMore(): boolean {
    return this.#backfill.hasMore();
  }

  /** At the alarm. */
  async goOn(): Promise<void> {
    await this.#backfill.goOn();
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
    if (sources === null) {
      return;
    }
    const now = ports.clock.now();
    for (const step of dueSteps(now, canOf(sources), (one) => this.#steps.isSettled(one))) {
      await this.#take(step, await this.#outcomeOf(step, sources));
    }
    if (sources.day !== null) {
      await this.#backfill.begin();
    }
  }

  /** The past is there: the master, which a market without one is judged without, and the first scan. */
  async #endBackfill(state: BackfillState): Promise<void> {
    const sources = this.#found();
    const { newest } = state;
    if (state.status === "done" && newest !== null && sources !== null && sources.master !== null) {
      const step: DayStep = { kind: "official_master", day: newest };
      if (!this.#steps.isSettled(step)) {
        await this.#take(step, await this.#outcomeOf(step, sources));
      }
    }
    await this.#take({ kind: "backfill", day: tradingDayAt(state.startedAt) }, outcomeOfBackfill(state));
  }

  async #take(step: DayStep, outcome: StepOutcome): Promise<void> {
    const { log, ports } = this.#deps;
    const isNew = this.#steps.isNew(step, outcome);
    const fields = { step: nameOfStep(step), status: outcome.status, text: outcome.text };
    log.write(isNew ? "info" : "warn", "market_step_ended", { exchange: this.#deps.exchange(), ...fields });
    try {
      if (outcome.status === "stored" && outcome.moved) {
        // The run is owed in the turn of the rows: whatever dies after it, the session is judged.
        const run = this.#deps.book.run(EVENING_REQUEST);
        this.#steps.note(step, outcome, ports.clock.now());
        await run;
      } else if (isNew) {
        await this.#leaveRow(step, outcome);
        this.#steps.note(step, outcome, ports.clock.now());
      }
    } catch (error) {
      logFailure(
        log,
        "market_step_without_row",
        error,
        { exchange: this.#deps.exchange(), ...fields },
        "error",
      );
    }
  }

  async #outcomeOf(step: DayStep, sources: MarketSources): Promise<StepOutcome> {
    try {
      return await this.#ask(step, sources);
    } catch (error) {
      const fields = { exchange: this.#deps.exchange(), step: nameOfStep(step) };
      logFailure(this.#deps.log, "market_step_failed", error, fields);
      return { status: "failed", text: error instanceof Error ? error.message : String(error) };
    }
  }

  async #ask(
    { kind, day }: DayStep,
    { day: source, evening, master, present }: MarketSources,
  ): Promise<StepOutcome> {
    const { ports } = this.#deps;
    const exchange = this.#deps.exchange();
    const bars = this.#bars();
    if (kind === "official_day" && source !== null) {
      return fetchOfficialDay(day, { bars, source, clock: ports.clock });
    }
    if (kind === "evening_snapshot" && evening !== null) {
      return fetchEvening(exchange, day, { ...evening, bars, instruments: ports.instruments });
    }
    return fetchMasters(exchange, mastersOf({ kind, day }, { master, present }), ports);
  }

  #bars(): DayBars {
    const { bars, book } = this.#deps;
    return {
      listings: () => bars.listings(),
      rowsByDay: () => bars.rowsByDay(),
      closeDay: (...day) => book.closeDay(...day),
      addIndices: (rows) => book.addIndices(rows),
    };
  }

  /** A run that judged nothing, with the reason; in one write, because nobody ends a row that a death left running. */
  async #leaveRow(step: DayStep, { status, text }: StepOutcome): Promise<void> {
    const { ledger, clock } = this.#deps.ports;
    const exchange = this.#deps.exchange();
    const at = clock.now();
    const run = newRun(`${idOfRun(exchange, at)}-${step.kind}-${step.day}`, EVENING_REQUEST, exchange, at);
    await ledger.startRun({
      ...run,
      status: status === "failed" ? "failed" : "skipped",
      reason: `${nameOfStep(step)}: ${status}, ${text}`,
      finishedAt: at,
    });
  }
}
