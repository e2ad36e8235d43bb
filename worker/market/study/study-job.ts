/**
 * BK60: the historical study over a book's bars, made at the alarm of its book a few steps each time. It belongs to the bars
 * that it began with: later sessions do not disturb it, and a change of its own days ends it until the next scan that is done.
 */
import { sessionsIn } from "../../app/jobs/scan-bars.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { RunOutcome, StoredRows } from "../../app/ports/market-book.ts";
import type { ListedEntries, ListedQuery, MadeStudy, StudyStanding } from "../../app/ports/study.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import { listEntries } from "../../research/steps/listed-entries.ts";
import { doneShare, STUDY_BEGIN, studyStep } from "../../research/steps/study-steps.ts";
import type { StudyStep } from "../../research/steps/study-store.ts";
import type { BarStore } from "../bars/bar-store.ts";
import type { BookAlarm } from "../book/book-alarm.ts";
import { studiedBook } from "./studied-book.ts";
import { type Plan, type Running, type Standing, StudyTable } from "./study-table.ts";

/** With fewer sessions to judge no horizon of a month has closed; among fewer names no rank means anything. */
const LEAST_JUDGED = 20;
const LEAST_NAMES = 30;
/** So many later sessions make a study worth another. */
const LATER_SESSIONS = 20;
/** Steps of an alarm, each some tenths of a second: together they stay far below the CPU that an alarm may take. */
const STEPS = 4;
/** So often a step may be begun before its study is given up. */
const TRIES = 4;

export interface StudyJobDeps {
  readonly ports: { readonly clock: Clock; readonly instruments: Pick<InstrumentStore, "all"> };
  readonly storage: ConstructorParameters<typeof StudyTable>[0];
  readonly bars: BarStore;
  readonly alarm: Pick<BookAlarm, "soon">;
  readonly log: Log;
  exchange(): Exchange;
  /** A scan holds the book: a study waits for it. */
  isBusy(): boolean;
}

export class StudyJob {
  readonly #deps: StudyJobDeps;
  readonly #table: StudyTable;
  /** Steps are under way: a second alarm beside them would make them twice. */
  #isWorking = false;

  constructor(deps: StudyJobDeps) {
    this.#deps = deps;
    this.#table = new StudyTable(deps.storage, deps.log);
  }

  studies(): StudyStanding {
    const { due, running, made, stopped } = this.#table.standing();
    return {
      isDue: due,
      running: running && {
        asOf: running.asOf,
        startedAt: running.startedAt,
        done: doneShare(running, running.shares, running.sessions),
      },
      made,
      stopped,
    };
  }

  report(withEntries: boolean): string | null {
    return this.#table.report(withEntries);
  }

  /** BK62: rows that another version stored in another form are none, with a line of the log. */
  entries(query: ListedQuery): (ListedEntries & { readonly made: MadeStudy }) | null {
    const { made } = this.#table.standing();
    if (made === null) {
      return null;
    }
    try {
      return { ...listEntries(this.#table.listed(query.cohort), query), made };
    } catch (error) {
      logFailure(
        this.#deps.log,
        "study_entries_not_read",
        error,
        { exchange: this.#deps.exchange() },
        "error",
      );
      return null;
    }
  }

  /** Work waits for the alarm. */
  hasMore(): boolean {
    const { due, running } = this.#table.standing();
    return due || running !== null;
  }

  /** To be called in the turn of the rows, so that one is never there without the other. */
  note(chunk: readonly { readonly columns: Columns }[], { added, replaced }: StoredRows): void {
    if (added > 0 || replaced > 0) {
      this.changed(Math.min(...chunk.map(({ columns }) => columns.day[0] ?? Number.POSITIVE_INFINITY)));
    }
  }

  /** Rows of this day or a later one came, changed or left. */
  changed(day: number): void {
    if (Number.isFinite(day)) {
      this.#table.changed(day);
    }
  }

  /** BK60: after a scan that is done a study is due when there is none of these rules and these bars. */
  async afterRun({ status }: RunOutcome): Promise<void> {
    const standing = this.#table.standing();
    if (status === "done" && !standing.due && this.#isWanted(standing)) {
      this.#table.put({ ...standing, due: true });
      await this.#deps.alarm.soon();
    }
  }

  #isWanted({ running, made }: Standing): boolean {
    const rows = this.#deps.bars.rowsByDay();
    const days = [...rows.keys()];
    if (days.length <= PARAMS.year + LEAST_JUDGED || Math.max(...rows.values()) < LEAST_NAMES) {
      return false;
    }
    if (running !== null) {
      return !this.#stands(running);
    }
    const changed = this.#table.changedFrom();
    return (
      made === null ||
      made.paramsVersion !== PARAMS.version ||
      (changed !== null && changed <= made.asOf) ||
      days.filter((day) => day > made.asOf).length >= LATER_SESSIONS
    );
  }

  /** The bars and the rules are still those that a study began with. */
  #stands({ firstDay, lastDay, paramsVersion }: Running): boolean {
    const changed = this.#table.changedFrom();
    const [first] = this.#deps.bars.rowsByDay().keys();
    return paramsVersion === PARAMS.version && first === firstDay && (changed === null || changed > lastDay);
  }

  /** At the alarm: some steps. Never rejects for a failure of its own or of the master. */
  async goOn(): Promise<void> {
    const { alarm, log } = this.#deps;
    if (this.#isWorking || !this.hasMore()) {
      return;
    }
    this.#isWorking = true;
    try {
      // Whatever dies in it, the alarm goes on with it.
      await alarm.soon();
      await this.#work();
    } catch (error) {
      logFailure(log, "study_failed", error, { exchange: this.#deps.exchange() }, "error");
      this.#stop("failed");
    } finally {
      this.#isWorking = false;
    }
  }

  async #work(): Promise<void> {
    if (this.#table.standing().due) {
      await this.#begin();
    }
    for (let step = 0; step < STEPS && !this.#deps.isBusy(); step++) {
      const standing = this.#table.standing();
      const { running } = standing;
      if (running === null) {
        return;
      }
      if (!this.#stands(running)) {
        this.#stop("bars_changed");
        return;
      }
      if (running.tries >= TRIES) {
        this.#stop("interrupted");
        return;
      }
      const begun = { ...running, tries: running.tries + 1 };
      this.#table.put({ ...standing, running: begun });
      await this.#step(begun);
    }
  }

  /** Reads the master first: from there on nothing is awaited. */
  async #begin(): Promise<void> {
    const { bars, log, ports } = this.#deps;
    const exchange = this.#deps.exchange();
    const master = new Map((await ports.instruments.all(exchange)).map((one) => [one.ticker, one]));
    const tickers = bars.tickers();
    const days = [...bars.rowsByDay().keys()].map(tradingDayOf);
    const sessions = sessionsIn(bars);
    const [firstDay, lastDay, asOf] = [days[0], days.at(-1), sessions.at(-1)];
    const standing = this.#table.standing();
    if (firstDay === undefined || lastDay === undefined || asOf === undefined) {
      this.#table.drop({ ...standing, due: false, running: null, stopped: null });
      return;
    }
    const plan: Plan = {
      tickers: [...tickers],
      sessions: [...sessions],
      known: tickers.map((ticker) => {
        const one = master.get(tickerOf(ticker));
        return one === undefined ? null : [one.market, one.kind];
      }),
      hasMaster: master.size > 0,
    };
    const running: Running = {
      ...STUDY_BEGIN,
      startedAt: ports.clock.now(),
      paramsVersion: PARAMS.version,
      shares: tickers.length,
      sessions: sessions.length,
      asOf,
      firstDay,
      lastDay,
      tries: 0,
    };
    this.#table.begin({ ...standing, due: false, running, stopped: null }, plan);
    log.write("info", "study_begun", { exchange, shares: running.shares, sessions: running.sessions });
  }

  /** One step, between whose moments other calls of the object come. It is not made when a scan begins or the bars change in it. */
  async #step(running: Running): Promise<void> {
    const market = studiedBook(this.#deps.exchange(), this.#table.plan(), running, this.#deps.bars);
    const moments = studyStep(market, running, this.#table);
    let moment = moments.next();
    while (moment.done !== true) {
      await turn();
      if (this.#deps.isBusy() || !this.#stands(running)) {
        this.#giveBack(running);
        return;
      }
      moment = moments.next();
    }
    this.#save(running, moment.value);
  }

  /** A step that was broken off from outside counts as not begun; of a book that was emptied meanwhile nothing is kept. */
  #giveBack(running: Running): void {
    const standing = this.#table.standing();
    if (standing.running !== null) {
      this.#table.put({ ...standing, running: { ...running, tries: running.tries - 1 } });
    }
  }

  #save(running: Running, { state, parts }: StudyStep): void {
    const { log, ports } = this.#deps;
    const standing = this.#table.standing();
    if (state.phase !== "done") {
      this.#table.save({ ...standing, running: { ...running, ...state, tries: 0 } }, parts);
      return;
    }
    const { asOf, startedAt, paramsVersion } = running;
    const made = { asOf, startedAt, endedAt: ports.clock.now(), paramsVersion };
    this.#table.save({ ...standing, running: null, made }, parts);
    log.write("info", "study_ended", {
      exchange: this.#deps.exchange(),
      seconds: Math.round((made.endedAt - startedAt) / 1_000),
    });
  }

  #stop(reason: "bars_changed" | "failed" | "interrupted"): void {
    const { log, ports } = this.#deps;
    const level = reason === "bars_changed" ? "info" : "error";
    log.write(level, "study_given_up", { exchange: this.#deps.exchange(), reason });
    const stopped = { at: ports.clock.now(), reason };
    this.#table.drop({ ...this.#table.standing(), running: null, stopped });
  }
}

async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
