/**
 * The Worker behind `npm run bench`: the real book with its bars, D1 and topics, and the phases of a scan one by one.
 * The clock of workerd stands still while code runs, so nothing is timed here: a phase is repeated and the caller
 * looks at its own clock.
 */
import { D1InstrumentStore } from "../adapters/d1/instrument-store.ts";
import { D1OutcomeStore } from "../adapters/d1/outcome-store.ts";
import { D1ScanLedger } from "../adapters/d1/scan-ledger.ts";
import { D1Retention } from "../adapters/d1/retention.ts";
import { D1Settings } from "../adapters/d1/settings.ts";
import { consoleLog } from "../platform/logs.ts";
import { makeTopicPublisher } from "../adapters/durable/stubs.ts";
import { formingToday } from "../app/jobs/forming-today.ts";
import { type ScanBars, scanBars, sessionsIn } from "../app/jobs/scan-bars.ts";
import { parseRetention } from "../app/retention-rule.ts";
import { scanMessages } from "../app/jobs/scan-messages.ts";
import type { MarketQuote } from "../app/ports/market-sources.ts";
import type { TickerColumns } from "../app/ports/market-book.ts";
import type { ScanSave } from "../app/ports/scan-ledger.ts";
import { assert } from "../core/assert.ts";
import { columnsOf } from "../core/bars/columns.ts";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import type { Instrument } from "../core/instrument/instrument.ts";
import { TopicStream } from "../live/topic/topic.ts";
import { BarStore } from "../market/bars/bar-store.ts";
import { Book } from "../market/book/book.ts";
import { makeEvent, makeGate, makeRun, makeSignal } from "../testing/builders/signal-builder.ts";
import { walkMarket, walkTickers } from "../testing/builders/walk-market.ts";
import { tickerOf } from "../core/nominal.ts";
import { barsOf, basesOf, naivelyJudged, startsOf, sumOf } from "./stages.ts";

interface BenchEnv extends Env {
  readonly BENCH: DurableObjectNamespace<BenchBook>;
}

/** What a strong day of the real market writes. */
const SIGNALS = 60;

/** Phases on tickers that stand in memory; the others read them from storage. */
const IN_MEMORY: ReadonlySet<string> = new Set(["sum", "bars", "starts", "bases", "scan", "naive"]);

/** Every walk is a common share of one of the two boards, so that its line against the index is drawn. */
const MASTER: ReadonlyMap<string, Instrument> = new Map(
  walkTickers(0, 10_000).map((ticker, i) => [
    ticker,
    {
      ticker: tickerOf(ticker),
      name: `Walk ${i}`,
      market: i % 2 === 0 ? "KOSPI" : "KOSDAQ",
      kind: "common",
      notice: null,
      industry: `Industry ${i % 20}`,
      listedOn: null,
      nameEn: null,
      listedShares: null,
    },
  ]),
);

export class Topic extends TopicStream {}

export class BenchBook extends Book {
  readonly #store: BarStore;
  readonly #ledger: D1ScanLedger;
  /** The market in memory, for the phases that must not read. */
  #held: readonly TickerColumns[] = [];
  #heldRows: ReadonlyMap<number, number> = new Map();
  #saves = 0;
  /** What the vendor answers, made once: asking is not measured. */
  #quoted: readonly MarketQuote[] | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    const ledger = new D1ScanLedger(env.DB);
    super(ctx, env, {
      clock: { now: () => Date.now() },
      log: consoleLog,
      ledger,
      outcomes: new D1OutcomeStore(env.DB),
      instruments: new D1InstrumentStore(env.DB),
      settings: new D1Settings(env.DB),
      publisher: makeTopicPublisher(env.TOPIC),
      retention: new D1Retention(env.DB),
      record: new D1Retention(env.DB),
      retentionRule: parseRetention({}),
      followSwitch: () => Promise.resolve(),
      complete: () => "no_name",
      sources: () => null,
      sourceStates: () => Promise.resolve([]),
      alerts: { wake: () => Promise.resolve() },
      feed: () => ({ onBookEvent: () => Promise.resolve() }),
    });
    this.#store = new BarStore(ctx.storage);
    this.#ledger = ledger;
  }

  /** Takes a part of the market into storage. */
  fill(from: number, to: number, bars: number): void {
    this.#store.addHistory(walkMarket(from, to, bars), null);
    if (from === 0) {
      const [KOSPI, KOSDAQ] = walkMarket(90_000, 90_002, bars);
      assert(KOSPI !== undefined && KOSDAQ !== undefined, "Two walks stand for the two indices");
      this.#store.addIndices([
        { code: "KOSPI", columns: KOSPI.columns },
        { code: "KOSDAQ", columns: KOSDAQ.columns },
      ]);
    }
  }

  /**
   * Repeats one phase on the first `tickers`; the answer keeps the work from being optimised away, and counts
   * what was done.
   */
  async repeat(phase: string, times: number, tickers: number): Promise<number> {
    const inMemory = IN_MEMORY.has(phase);
    if (!inMemory || this.#held.length !== tickers) {
      // Reading is measured as in a real object, which holds one ticker at a time.
      this.#held = inMemory ? [...firstOf(this.#store.listings(), tickers)] : [];
      this.#heldRows = this.#bars(() => []).rowsByDay();
    }
    let answer = 0;
    for (let n = 0; n < times; n++) {
      answer = await this.#once(phase, tickers);
    }
    return answer;
  }

  async #once(phase: string, tickers: number): Promise<number> {
    const held = this.#held;
    switch (phase) {
      case "empty":
        return 0;
      case "sum":
        return sumOf(held);
      case "bars":
        return barsOf(held);
      case "starts":
        return startsOf(held);
      case "bases":
        return basesOf(held);
      case "scan":
        return scanned({ ...this.#bars(() => held), rowsByDay: () => this.#heldRows });
      case "naive":
        return naivelyJudged(held, MASTER, this.#store.indexSeries("KOSPI") ?? columnsOf([]));
      case "read":
        return rowsOf(firstOf(this.#store.listings(), tickers));
      case "verdicts":
        return scanned(this.#bars(() => firstOf(this.#store.listings(), tickers)));
      case "forming":
        return this.#forming(tickers);
      case "save":
        return this.#save();
      case "run": {
        const outcome = await this.run({ kind: "manual", market: null, topN: 30, minScore: 0, accept: [] });
        assert(outcome.status === "done", `The run ended as ${JSON.stringify(outcome)}`);
        return outcome.run.saved;
      }
      default:
        throw new Error(`There is no phase ${phase}`);
    }
  }

  #bars(listings: ScanBars["listings"]): ScanBars {
    const store = this.#store;
    return {
      listings,
      series: (ticker) => store.series(ticker),
      indexSeries: (code) => store.indexSeries(code),
      rowsByDay: () => new Map(store.sessionCounts().map(({ day, rows }) => [day, rows])),
      rebased: () => null,
    };
  }

  /** A session that runs, at half of its time: every share is quoted one per cent above its close. */
  async #forming(tickers: number): Promise<number> {
    this.#quoted ??= quotesOf(firstOf(this.#store.listings(), tickers));
    const bars = this.#bars(() => firstOf(this.#store.listings(), tickers));
    const last = sessionsIn(bars).at(-1) ?? 0;
    const session = {
      day: tradingDayOf(last + 1),
      elapsed: 0.5,
      at: Date.now(),
      indices: [],
      quotes: this.#quoted,
    };
    const ports = {
      ledger: this.#ledger,
      instruments: { all: () => Promise.resolve([...MASTER.values()]) },
    };
    const outcome = await formingToday("KRX", bars, session, ports);
    assert("signals" in outcome, `The session was not judged: ${JSON.stringify(outcome)}`);
    return outcome.signals.length;
  }

  async #save(): Promise<number> {
    this.#saves += 1;
    const save = saveOf(`bench-${Date.now().toString(36)}-${this.#saves}`, this.#saves);
    await this.#ledger.save(save);
    return save.signals.length;
  }
}

function* firstOf(listings: Iterable<TickerColumns>, count: number): Iterable<TickerColumns> {
  let taken = 0;
  for (const listing of listings) {
    yield listing;
    taken += 1;
    if (taken === count) {
      return;
    }
  }
}

function quotesOf(listings: Iterable<TickerColumns>): readonly MarketQuote[] {
  return Array.from(listings, ({ ticker, columns }) => {
    const base = columns.close.at(-1) ?? 0;
    const price = base * 1.01;
    const volume = columns.volume.at(-1) ?? 0;
    return {
      ticker: tickerOf(ticker),
      price,
      open: price,
      high: price,
      low: price,
      volume,
      value: null,
      base,
    };
  });
}

function rowsOf(listings: Iterable<TickerColumns>): number {
  let rows = 0;
  for (const { columns } of listings) {
    rows += columns.day.length;
  }
  return rows;
}

function scanned(bars: ScanBars): number {
  return scanBars("KRX", bars, MASTER)?.verdicts.filter((verdict) => verdict.valid).length ?? 0;
}

/** A scan that moved sixty signals, two events each, with the messages that a real one would leave. */
function saveOf(runId: string, round: number): ScanSave {
  const run = makeRun({ id: runId, exchange: "KRX", saved: SIGNALS });
  const signals = Array.from({ length: SIGNALS }, (_, i) =>
    makeSignal({ id: `bench.${i}`, exchange: "KRX", ticker: `${10_000 + i}0` }),
  );
  const events = signals.flatMap(({ id }) =>
    [1, 2].map((seq) => makeEvent({ signalId: id, seq: 2 * round + seq })),
  );
  const gate = makeGate();
  const outbox = scanMessages(
    run,
    run.startedAt,
    signals,
    { createdAt: new Map(), nameEn: () => null },
    gate,
    SIGNALS,
  );
  return { run, signals, events, gate, outbox, alerts: [] };
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const number = (name: string): number => Number(searchParams.get(name) ?? "0");
    const book = env.BENCH.getByName("KRX");
    if (pathname === "/fill") {
      await book.fill(number("from"), number("to"), number("bars"));
      return new Response("filled");
    }
    try {
      return new Response(String(await book.repeat(pathname.slice(1), number("times"), number("tickers"))));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
} satisfies ExportedHandler<BenchEnv>;
