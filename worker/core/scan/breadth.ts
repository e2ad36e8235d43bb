/** GT: what the eligible shares do together, gathered one ticker at a time while the scan passes. */
import type { Instrument } from "../instrument/instrument.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import type { Trend } from "../vcp/trend-template.ts";

/** Fewer names than this are no sector. */
const MIN_SECTOR = 5;

interface Sector {
  count: number;
  change: number;
  above: number;
}

/** The market of one session in fractions (GT2, GT3, GT7). */
export interface BreadthShares {
  /** Fractions of the eligible shares; `null` when none can be measured. */
  readonly above50: number | null;
  readonly above200: number | null;
  readonly newHighsLessLows: number | null;
  readonly advancers: number | null;
  readonly sectors: readonly SectorBreadth[];
}

/** Sums over the eligible shares of one scan. It keeps counts and no bars, so that a scan holds one ticker at a time. */
export class Breadth {
  #count = 0;
  #above50 = 0;
  #with200 = 0;
  #above200 = 0;
  #withYear = 0;
  #highs = 0;
  #lows = 0;
  #advancers = 0;
  readonly #sectors = new Map<string, Sector>();

  /** `counts`: those of a gathering that was broken off, to go on with; without its sectors. */
  constructor(counts: Iterable<number> = []) {
    [
      this.#count = 0,
      this.#above50 = 0,
      this.#with200 = 0,
      this.#above200 = 0,
      this.#withYear = 0,
      this.#highs = 0,
      this.#lows = 0,
      this.#advancers = 0,
    ] = counts;
  }

  /** Eight numbers of shares, for the constructor; without the sectors. */
  counts(): readonly number[] {
    return [
      this.#count,
      this.#above50,
      this.#with200,
      this.#above200,
      this.#withYear,
      this.#highs,
      this.#lows,
      this.#advancers,
    ];
  }

  /** Adds one eligible share: it has at least 60 bars. `year` is 252. */
  add(bars: PatternTime, trend: Trend, year: number, instrument: Instrument | null): void {
    const t = bars.n - 1;
    const change = trend.close / (bars.close[t - 1] ?? Number.NaN) - 1;
    const above = trend.close > trend.mean50 ? 1 : 0;
    this.#count += 1;
    this.#above50 += above;
    this.#advancers += change > 0 ? 1 : 0;
    if (bars.n >= 200) {
      this.#with200 += 1;
      this.#above200 += trend.close > trend.mean200 ? 1 : 0;
    }
    if (bars.n >= year) {
      this.#withYear += 1;
      this.#highs += bars.high[t] === trend.yearHigh ? 1 : 0;
      this.#lows += bars.low[t] === trend.yearLow ? 1 : 0;
    }
    const industry = instrument?.industry ?? null;
    if (industry !== null) {
      const sector = this.#sectors.get(industry) ?? { count: 0, change: 0, above: 0 };
      sector.count += 1;
      sector.change += change;
      sector.above += above;
      this.#sectors.set(industry, sector);
    }
  }

  shares(): BreadthShares {
    return {
      above50: share(this.#above50, this.#count),
      above200: share(this.#above200, this.#with200),
      newHighsLessLows: share(this.#highs - this.#lows, this.#withYear),
      advancers: share(this.#advancers, this.#count),
      sectors: [...this.#sectors]
        .filter(([, sector]) => sector.count >= MIN_SECTOR)
        .map(([sector, { count, change, above }]) => ({
          sector,
          count,
          change: change / count,
          aboveMean50: above / count,
        }))
        .toSorted((a, b) => b.change - a.change || (a.sector < b.sector ? -1 : 1)),
    };
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** GT7: one industry; an industry of fewer than five eligible shares is none. */
export interface SectorBreadth {
  readonly sector: string;
  readonly count: number;
  /** Mean change of the day, and the share of names above their 50-bar mean; fractions. */
  readonly change: number;
  readonly aboveMean50: number;
}
