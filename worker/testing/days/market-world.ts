/**
 * The shipped book on a database in memory, in front of the vendors' fakes over HTTP, with one clock for all of them: a month of
 * mornings takes seconds, and the exchange behind the fakes knows what the book must hold.
 */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { eveningScan } from "../../app/jobs/scheduled-scan.ts";
import type { MarketSources } from "../../app/ports/market-sources.ts";
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { parseRetention } from "../../app/retention-rule.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { DAY_MS, midnightOf, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { Book } from "../../market/book/book.ts";
import type { ExchangeOptions } from "../fakes/exchange/simulated-exchange.ts";
import { stageVendors } from "../fakes/served-stage.ts";
import type { VendorStage } from "../fakes/vendor-stage.ts";
import { statesOf } from "./real-sources.ts";
import { MemoryLedger } from "../memory/memory-ledger.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryOutcomes } from "../memory/memory-outcomes.ts";
import { MemoryOwnerLog } from "../memory/memory-owner-log.ts";
import { MemoryInstruments, MemorySettings } from "../memory/memory-ports.ts";
import { MemoryRetention } from "../memory/memory-retention.ts";
import { ObjectStorage } from "../wire/world/object-storage.ts";
import { standForState } from "../wire/world/stand-in.ts";

/** As the cron of `wrangler.toml` that is five minutes past, and every ten. */
const TURN_MS = 10 * 60_000;

export class MarketWorld {
  readonly stage: VendorStage;
  readonly log = new MemoryLog();
  readonly ledger = new MemoryLedger();
  readonly instruments = new MemoryInstruments();
  readonly storage = new ObjectStorage();
  /** Nobody has chosen an exchange. */
  readonly settings = new MemorySettings();
  /** Names and lets through each call of the book to a neighbour; a test ends the process there. */
  onCall: (place: string) => Promise<void> = () => Promise.resolve();
  readonly #sourcesOf: (stage: VendorStage) => MarketSources | null;
  #book: Book;

  constructor(stage: VendorStage, sourcesOf: (stage: VendorStage) => MarketSources | null) {
    this.stage = stage;
    this.#sourcesOf = sourcesOf;
    this.#book = this.#born();
  }

  static async open(
    options: ExchangeOptions,
    sourcesOf: (stage: VendorStage) => MarketSources | null,
  ): Promise<MarketWorld> {
    return new MarketWorld(await stageVendors(options, midnightOf(options.first)), sourcesOf);
  }

  get book(): Book {
    return this.#book;
  }

  /** Everything in memory is lost, what is stored stays. */
  evict(): void {
    this.#book = this.#born();
  }

  /** The clock's turns of one day, from `from` to `to` (minutes after midnight in Seoul). `before` sets what the vendors do. */
  async turns(
    day: TradingDay,
    [from, to]: readonly [number, number],
    before: (minute: number) => void = () => undefined,
  ): Promise<void> {
    for (let at = midnightOf(day) + from * 60_000; at <= midnightOf(day) + to * 60_000; at += TURN_MS) {
      this.stage.clock.moveTo(at);
      before((at - midnightOf(day)) / 60_000);
      await this.#book.followMarket();
    }
  }

  /** Lets the alarm ring as often as it is set, up to so many times; `false` when it is still set then. */
  async ring(times: number): Promise<boolean> {
    for (let n = 0; n < times && this.storage.alarmAt !== null; n++) {
      this.stage.clock.moveTo(Math.max(this.stage.clock.now(), this.storage.alarmAt));
      this.storage.alarmAt = null;
      await this.#book.alarm();
    }
    return this.storage.alarmAt === null;
  }

  /** The clock's own scan of the evening (JB32); resolves with the rows that it left. */
  async evening(): Promise<number> {
    const before = this.ledger.journal.length;
    const book = this.#book;
    await eveningScan({
      clock: this.stage.clock,
      log: this.log,
      ledger: this.ledger,
      settings: { activeExchange: () => Promise.resolve("KRX") },
      wait: () => Promise.resolve(),
      book: () => ({
        run: async (request) => book.run(request),
        summary: () => Promise.resolve(book.summary()),
        changes: async () => book.changes(),
        marketStatus: async () => book.marketStatus(),
      }),
    });
    return this.ledger.journal.length - before;
  }

  /** Runs that were started on a day, oldest first. */
  runsOn(day: TradingDay): readonly ScanRun[] {
    const from = midnightOf(day);
    return this.ledger.journal
      .filter(({ startedAt }) => startedAt >= from && startedAt < from + DAY_MS)
      .toReversed();
  }

  series(ticker: string): Columns | null {
    return this.#book.series(ticker);
  }

  days(): readonly TradingDay[] {
    const { first, last } = this.stage.exchange.options;
    return Array.from({ length: last - first + 1 }, (_, n) => tradingDayOf(first + n));
  }

  /** Each call is let through before it is made, and once more before it is answered. */
  #watched<T extends object>(name: string, target: T): T {
    return new Proxy(target, {
      get: (own, key) => {
        const made: unknown = Reflect.get(own, key, own);
        return typeof made !== "function"
          ? made
          : async (...args: readonly unknown[]): Promise<unknown> => {
              await this.onCall(`before ${name}.${String(key)}`);
              const answer: unknown = await Reflect.apply(made, own, args);
              await this.onCall(`after ${name}.${String(key)}`);
              return answer;
            };
      },
    });
  }

  #watchedSources(): MarketSources | null {
    const sources = this.#sourcesOf(this.stage);
    if (sources === null) {
      return null;
    }
    const one = <T extends object>(name: string, source: T | null): T | null =>
      source === null ? null : this.#watched(name, source);
    const { evening } = sources;
    return {
      ...sources,
      day: one("day", sources.day),
      master: one("master", sources.master),
      present: one("present", sources.present),
      evening:
        evening === null
          ? null
          : {
              snapshot: this.#watched("snapshot", evening.snapshot),
              history: this.#watched("index", evening.history),
            },
      history: one("history", sources.history),
      oracle: one("oracle", sources.oracle),
    };
  }

  #born(): Book {
    const { ledger, log, stage, instruments, settings } = this;
    const outcomes = new MemoryOutcomes(ledger);
    const retention = new MemoryRetention({ ledger, outcomes, ownerLog: new MemoryOwnerLog() });
    const state = { storage: this.storage, id: { name: "KRX" }, waitUntil: () => undefined };
    return new Book(standForState(state), null, {
      clock: stage.clock,
      log,
      ledger: this.#watched("ledger", ledger),
      outcomes: this.#watched("outcomes", outcomes),
      instruments: this.#watched("instruments", instruments),
      settings: this.#watched("settings", settings),
      publisher: { publish: () => Promise.resolve() },
      retention,
      record: retention,
      retentionRule: parseRetention({}),
      complete: (row, stored) => csvFileReader.complete(row, stored),
      sources: () => this.#watchedSources(),
      sourceStates: () => statesOf(stage),
      followSwitch: () => Promise.resolve(),
      alerts: { wake: () => Promise.resolve() },
      feed: () => ({ onBookEvent: () => Promise.resolve() }),
    });
  }
}
