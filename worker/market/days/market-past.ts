/** Which past a book has: that of a source of closed sessions, date by date; without one, that of each share, and its last sessions. */
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { HistorySource, MarketSources, SourceId } from "../../app/ports/market-sources.ts";
import type { ShareWalkPorts } from "../../app/jobs/days/share-walk.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { BackfillRunner } from "./backfill-runner.ts";
import { BackfillTable, type BackfillTableDeps } from "./backfill-table.ts";
import type { EndedPast, PastRunner, PastRunnerDeps, PastState } from "./past-runner.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import { PastWalk, RecentWalk, type ShareWalkDeps, type WalkAhead } from "./share-walk-runner.ts";
import { ShareWalkTable, type ShareWalkTableDeps } from "./share-walk-table.ts";

export interface MarketPastDeps extends PastRunnerDeps {
  readonly storage: BackfillTableDeps["storage"];
  readonly bars: Pick<ShareWalkDeps, "rowsByDay"> & ShareWalkDeps["bars"] & ShareWalkTableDeps["bars"];
  readonly book: BackfillTableDeps["book"] & ShareWalkTableDeps["book"];
  readonly instruments: Pick<InstrumentStore, "all">;
  readonly days: ShareWalkDeps["days"];
  sources(): MarketSources | null;
  exchange(): Exchange;
  /** The master of that day. Never rejects for a neighbour's failure. */
  fetchMaster(day: TradingDay): Promise<void>;
}

export class MarketPast {
  readonly #deps: MarketPastDeps;
  /** Also of dates that another machine brings. */
  readonly dates: BackfillRunner;
  readonly #shares: PastWalk;
  readonly #recent: RecentWalk;
  readonly #sharesTable: ShareWalkTable;
  /** Whose rows another machine brings at this moment. */
  #bringing: SourceId | null = null;

  constructor(deps: MarketPastDeps) {
    this.#deps = deps;
    const { clock } = deps;
    const ofWalk = {
      ...deps,
      now: () => clock.now(),
      source: () => this.#bringing ?? deps.sources()?.history?.id ?? "kis",
    } as const;
    this.#sharesTable = new ShareWalkTable("backfill", ofWalk);
    this.dates = new BackfillRunner({
      ...deps,
      table: new BackfillTable({ ...deps, now: () => clock.now() }),
      source: () => deps.sources()?.day ?? null,
      rowsByDay: () => this.#heldByDates(),
      onEnd: async (ended, settle) => this.#endDates(ended, settle),
    });
    const walk: Omit<ShareWalkDeps, "table"> = {
      ...deps,
      source: () => this.#history(),
      boards: async () => this.#boards(),
      fetchMaster: async () => deps.fetchMaster(tradingDayAt(clock.now())),
      rowsByDay: () => deps.bars.rowsByDay(),
      walkedTo: () => this.#sharesTable.state()?.to ?? null,
    };
    this.#shares = new PastWalk({
      ...walk,
      table: this.#sharesTable,
      source: () => (this.#isOfDates() ? null : this.#history()),
    });
    this.#recent = new RecentWalk({ ...walk, table: new ShareWalkTable("history_day", ofWalk) });
  }

  /** KW26: of shares that another machine asks for; `null` where the past is one of dates. */
  async aheadOfShares(sessions: number): Promise<WalkAhead | null> {
    return this.#isOfDates() ? null : this.#shares.ahead(sessions);
  }

  /** KW26 */
  async deliverShares(
    source: HistorySource,
    tickers: readonly string[],
    sessions: number,
  ): Promise<StepOutcome | null> {
    if (this.#isOfDates() || this.#bringing !== null) {
      return null;
    }
    this.#bringing = source.id;
    try {
      return await this.#shares.deliver(source, tickers, sessions);
    } finally {
      this.#bringing = null;
    }
  }

  progress(): BackfillProgress | null {
    return this.#own().progress();
  }

  isDone(): boolean {
    return this.#own().isDone();
  }

  /** MD14 */
  isOnItsWay(): boolean {
    return this.#own().isOnItsWay();
  }

  hasMore(): boolean {
    return this.#all().some((one) => one.hasMore());
  }

  /** At the clock's turn, and when the owner asks for it. */
  async begin(): Promise<void> {
    if (this.#deps.sources()?.day) {
      await this.dates.begin();
    } else if (!this.#isOfDates() && this.#history() !== null) {
      await this.#shares.begin();
    }
  }

  /** MD72: at the clock's turn, once the past is there. */
  async beginRecent(): Promise<void> {
    if (this.isDone()) {
      await this.#recent.begin();
    }
  }

  async resume(): Promise<void> {
    await this.#own().resume();
    await this.#recent.resume();
  }

  /** At the alarm. */
  async goOn(): Promise<void> {
    for (const one of this.#all()) {
      await one.goOn();
    }
  }

  #all(): readonly Pick<PastRunner<PastState>, "goOn" | "hasMore">[] {
    return [this.dates, this.#shares, this.#recent];
  }

  #own(): BackfillRunner | PastWalk {
    const isOfShares = this.#history() !== null || this.#shares.since() !== null;
    return this.#isOfDates() || !isOfShares ? this.dates : this.#shares;
  }

  /** A source of closed sessions has every share of a date, also those that were delisted since. */
  #isOfDates(): boolean {
    return Boolean(this.#deps.sources()?.day) || this.dates.since() !== null;
  }

  #history(): HistorySource | null {
    const sources = this.#deps.sources();
    return sources === null || sources.day !== null || sources.present === null ? null : sources.history;
  }

  /** Sessions of a walk over the shares that never ended have some of their shares alone: a date's rows are all of them. */
  #heldByDates(): ReadonlyMap<number, number> {
    const walk = this.#sharesTable.state();
    return walk === null || walk.status === "done" ? this.#deps.bars.rowsByDay() : new Map();
  }

  async #endDates(ended: EndedPast, settle: () => void): Promise<void> {
    await this.#deps.onEnd(ended, () => {
      settle();
      if (ended.status === "done") {
        this.#sharesTable.forget();
      }
    });
  }

  async #boards(): ReturnType<ShareWalkPorts["boards"]> {
    const master = await this.#deps.instruments.all(this.#deps.exchange());
    const listed = master
      .filter(({ market }) => INDEX_CODES.some((code) => code === market))
      .toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1));
    return new Map(listed.map(({ ticker, market }) => [ticker, market]));
  }
}
