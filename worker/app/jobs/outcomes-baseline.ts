/**
 * What the market did while a signal was held: an equal sum in every share that was eligible the evening before, from
 * the open of the session of the entry to the close of the horizon's last session.
 */
import { adjust } from "../../core/bars/adjust.ts";
import { asOf } from "../../core/bars/columns.ts";
import { eligibilityOf, liquidityOf } from "../../core/scan/eligibility.ts";
import { historyOf, isTraded } from "../../core/outcome/history.ts";
import type { Horizon } from "../../core/outcome/outcome.ts";
import type { Params } from "../../core/params.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import type { Listing } from "../../core/scan/scan.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";

/** A place among the sessions, and the sessions held from it on, itself counted. */
export interface Holding {
  readonly entered: number;
  readonly horizon: Horizon;
}

/** What an equal sum in every eligible share would have become. */
export interface Baseline {
  /** A fraction; `null` without a share. */
  readonly mean: number | null;
  readonly peers: number;
}

/** Holdings of one span share their baseline. */
export function holdingKey({ entered, horizon }: Holding): string {
  return `${entered}/${horizon}`;
}

/** Baselines by {@link holdingKey}. Each listing is read once, whatever the number of holdings. */
export function baselinesOf(
  holdings: readonly Holding[],
  listings: Iterable<Listing>,
  sessions: readonly TradingDay[],
  params: Params,
): ReadonlyMap<string, Baseline> {
  if (holdings.length === 0) {
    return new Map();
  }
  const sums = new Map(holdings.map((holding) => [holdingKey(holding), { sum: 0, peers: 0 }]));
  const byEntry = Map.groupBy(holdings, ({ entered }) => entered);
  // Only eligibility reads prices before the first entry.
  const first = Math.min(...byEntry.keys());
  const window = sessions.slice(first);
  const judge = new Judge(sessions, params);
  for (const listing of listings) {
    judge.load(listing);
    const history = historyOf(listing.columns, window);
    for (const [entered, held] of byEntry) {
      const place = entered - first;
      if (isTraded(history, place) && judge.isEligible(entered - 1)) {
        const open = history.open[place] ?? Number.NaN;
        for (const holding of held) {
          const close = history.close[place + holding.horizon - 1] ?? Number.NaN;
          const total = sums.get(holdingKey(holding));
          if (total && open > 0 && !Number.isNaN(close)) {
            total.sum += close / open - 1;
            total.peers += 1;
          }
        }
      }
    }
  }
  return new Map(
    [...sums].map(([key, { sum, peers }]) => [key, { mean: peers === 0 ? null : sum / peers, peers }]),
  );
}

/** The eligibility (EL) of one share after another, as of any session. Notices are left out: only today's are known, not those of then. */
class Judge {
  readonly #sessions: readonly TradingDay[];
  readonly #params: Params;
  readonly #bars = new PatternTime();
  /** The sessions up to a place, made once for all shares. */
  readonly #until = new Map<number, readonly TradingDay[]>();
  #listing: Listing | null = null;
  /** Bars of the whole series: those up to a day are pattern time of that day. */
  #all = 0;

  constructor(sessions: readonly TradingDay[], params: Params) {
    this.#sessions = sessions;
    this.#params = params;
  }

  load(listing: Listing): void {
    this.#bars.load(adjust(listing.columns).columns);
    this.#all = this.#bars.n;
    this.#listing = listing;
  }

  isEligible(place: number): boolean {
    const day = this.#sessions[place];
    if (this.#listing === null || day === undefined) {
      return false;
    }
    const { instrument, unlisted, columns: all } = this.#listing;
    const columns = asOf(all, day);
    if (columns.day.length === 0) {
      return false;
    }
    const bars = this.#bars;
    bars.n = this.#barsUntil(day);
    const sessions = this.#until.get(place) ?? this.#sessions.slice(0, place + 1);
    this.#until.set(place, sessions);
    const liquidity = liquidityOf(columns, sessions, this.#params.eligibility);
    const unnoticed = instrument && { ...instrument, notice: null };
    return eligibilityOf(
      { instrument: unnoticed, unlisted, columns, bars, liquidity, asOf: day },
      this.#params,
    ).ok;
  }

  #barsUntil(day: TradingDay): number {
    let n = this.#all;
    while (n > 0 && (this.#bars.day[n - 1] ?? 0) > day) {
      n -= 1;
    }
    return n;
  }
}
