/** The bars under the labelled charts, and the verdicts of the shipped parameters on their days: each day is scanned once for all laws. */
import { CommandError } from "../../cli/terminal/command-error.ts";
import type { LoadedMarket } from "../../cli/scan/load-market.ts";
import { adjust } from "../../core/bars/adjust.ts";
import { asOf, type Columns, columnsOf, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { type Params, PARAMS } from "../../core/params.ts";
import { type Listing, scan } from "../../core/scan/scan.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import type { Chart } from "./labels.ts";

/** The shipped parameters without the limits of traded value and price: judges see a form, and neither of the two. */
export const FORM_PARAMS: Params = {
  ...PARAMS,
  eligibility: { ...PARAMS.eligibility, value: 0, price: 0 },
};

type VerdictsOfDay = ReadonlyMap<string, Verdict>;

/** A market whose past days can be judged by any parameters. */
export class GoldMarket {
  readonly sessions: readonly TradingDay[];
  readonly #market: LoadedMarket;
  readonly #listings: ReadonlyMap<string, Listing>;
  /** By day, for {@link FORM_PARAMS} alone: other sets are many, and each is asked once. */
  readonly #shipped = new Map<TradingDay, VerdictsOfDay>();

  constructor(market: LoadedMarket) {
    this.#market = market;
    this.sessions = market.sessions;
    this.#listings = new Map(market.listings.map((listing) => [listing.ticker, listing]));
  }

  /** Verdicts by ticker, on bars up to and including the session. */
  verdicts(day: TradingDay, params: Params = FORM_PARAMS): VerdictsOfDay {
    const known = params === FORM_PARAMS ? this.#shipped.get(day) : undefined;
    if (known !== undefined) {
      return known;
    }
    const result = scan({ ...this.#market, params, asOf: day });
    const verdicts = new Map((result?.verdicts ?? []).map((verdict) => [verdict.ticker, verdict]));
    if (params === FORM_PARAMS) {
      this.#shipped.set(day, verdicts);
    }
    return verdicts;
  }

  /** Bars up to and including the chart's day, adjusted, oldest first, without halts (BR1): what its judges saw. */
  barsOf({ ticker, day }: Chart): Columns {
    const listing = this.#listings.get(ticker);
    if (listing === undefined) {
      throw new CommandError(`${ticker}: no row of this ticker in the bars`);
    }
    const { columns } = adjust(asOf(listing.columns, day));
    const rows = Array.from(columns.day, (_, i) => rowAt(columns, i));
    const bars = rows.filter(({ volume, high }) => volume > 0 && high > 0);
    if (bars.length === 0) {
      throw new CommandError(`${ticker}: no bar on or before ${formatTradingDay(day)}`);
    }
    return columnsOf(bars);
  }

  /** Charts that the bars do not have on their day: figures over them would count bars of another day. */
  unknownOf(charts: readonly Chart[]): readonly string[] {
    return charts
      .filter(({ ticker, day }) => !(this.#listings.get(ticker)?.columns.day.includes(day) ?? false))
      .map(({ ticker, day }) => `${ticker} ${formatTradingDay(day)}`);
  }

  /** Sessions from one day to another; a day between two sessions counts as the later one. */
  sessionsBetween(from: TradingDay, to: TradingDay): number {
    return this.#place(to) - this.#place(from);
  }

  #place(day: TradingDay): number {
    const place = this.sessions.findIndex((session) => session >= day);
    return place < 0 ? this.sessions.length : place;
  }
}
