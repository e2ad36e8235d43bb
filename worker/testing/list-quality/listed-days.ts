/** The list of every evening of a market's past, as the product would have kept it: its scan, its lifecycle, session after session. */
import type { LoadedMarket } from "../../cli/scan/load-market.ts";
import { adjust } from "../../core/bars/adjust.ts";
import { asOf, type Columns } from "../../core/bars/columns.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { isOpen, isPreTrigger, type Signal } from "../../core/lifecycle/signal.ts";
import type { Params } from "../../core/params.ts";
import { scan } from "../../core/scan/scan.ts";
import { SignalBook } from "../../research/signal-book.ts";

/** A signal on an evening, with the bars that were known then, in the shares of the last one. */
export interface Listing {
  readonly signal: Signal;
  readonly bars: PatternTime;
}

/** One evening. */
export interface ListedDay {
  readonly day: TradingDay;
  /** Shares with a relative strength. */
  readonly rated: number;
  /** Shares that a first scan would list, whatever was listed before. */
  readonly detected: number;
  readonly open: readonly Signal[];
  /** Signals whose pattern this evening's scan listed: before their trigger, or born by a breakout today. */
  readonly listed: readonly Listing[];
  /** Rules by which this evening's scan missed a signal before its trigger, and reasons of the signals that ended. */
  readonly missedBy: readonly string[];
  readonly endedBy: readonly string[];
  /** Before their trigger and READY, listed today or missed by today's scan. */
  readonly ready: readonly Listing[];
}

/** The evenings on which some share has a relative strength, oldest first. */
export function* listedDays(market: LoadedMarket, params: Params): Iterable<ListedDay> {
  // A notice is known as of the file's day only, and was not in force on the days that are lived through.
  const listings = market.listings.map((one) => ({
    ...one,
    instrument: one.instrument && { ...one.instrument, notice: null },
  }));
  const rows = new Map<string, Columns>(listings.map(({ ticker, columns }) => [ticker, columns]));
  const book = new SignalBook(params);
  const signals = new Map<string, Signal>();
  for (const [i, day] of market.sessions.entries()) {
    if (i < params.year) {
      continue;
    }
    const result = scan({ ...market, listings, params, asOf: day, incumbents: book.incumbents });
    const rated = result?.verdicts.filter(({ rs }) => rs !== null).length ?? 0;
    if (result === null || rated === 0) {
      continue;
    }
    const { touched } = book.settle(
      result,
      market.sessions.slice(0, i + 1),
      (ticker) => rows.get(ticker) ?? null,
    );
    for (const signal of touched) {
      signals.set(signal.id, signal);
    }
    const open = [...signals.values()].filter(({ state }) => isOpen(state));
    const withBars = (signal: Signal): Listing => ({ signal, bars: barsOn(rows.get(signal.ticker), day) });
    yield {
      day,
      rated,
      detected: result.verdicts.filter(({ detected }) => detected).length,
      open,
      listed: open
        .filter(
          ({ state, measuredOn, bornOn }) => measuredOn === day && (isPreTrigger(state) || bornOn === day),
        )
        .map(withBars),
      missedBy: touched
        .filter(({ state, misses }) => isPreTrigger(state) && misses > 0)
        .map(({ ticker }) => result.incumbents.get(ticker)?.nearMiss?.rule ?? "none"),
      endedBy: touched.filter(({ state }) => !isOpen(state)).map(({ reason }) => reason),
      ready: open.filter(({ state }) => state === "READY").map(withBars),
    };
  }
}

function barsOn(columns: Columns | undefined, day: TradingDay): PatternTime {
  const bars = new PatternTime();
  if (columns !== undefined) {
    bars.load(adjust(asOf(columns, day)).columns);
  }
  return bars;
}
