/** What the rules of the form measure, by name (`form-rules.ts`): pure functions of a share's trend, or of a reading of a base. */
import type { ShareMeasure } from "./measure-names.ts";
import type { Params } from "../params.ts";
import type { BaseReading } from "./base-reading.ts";
import { medianOf } from "./median.ts";
import type { Trend } from "./trend-template.ts";

/** Of a share on a day. */
export interface ShareFacts {
  readonly trend: Trend;
  /** Rules of the template that pass; `null` while the share is too young for it. */
  readonly passed: number | null;
  /** 1..99; `null` when it is not rated. */
  readonly rs: number | null;
}

/** `null` where the bars are too few to know: a share is not refused for its age. */
function known(x: number): number | null {
  return Number.isNaN(x) ? null : x;
}

/** A price against another, divided once: exactly 3 % above it is 0.03. */
function over(price: number, than: number): number {
  return (price - than) / than;
}

/** Of the share, whatever its base. Averages of closes; `mean150Rise` over 20 bars. */
export const SHARE_MEASURES: Readonly<Record<ShareMeasure, (facts: ShareFacts) => number | null>> = {
  passed: (x: ShareFacts): number | null => x.passed,
  rs: (x: ShareFacts): number | null => x.rs,
  closeOverMean50: ({ trend }: ShareFacts): number | null => known(over(trend.close, trend.mean50)),
  mean50OverMean200: ({ trend }: ShareFacts): number | null => known(over(trend.mean50, trend.mean200)),
  mean150OverMean200: ({ trend }: ShareFacts): number | null => known(over(trend.mean150, trend.mean200)),
  mean150Rise: ({ trend }: ShareFacts): number | null => known(over(trend.mean150, trend.mean150Before)),
} as const;

/** Of one reading of a base. Fractions, bars and counts; `null`: nothing of the kind happened. */
export const BASE_MEASURES = {
  /** The highest high after H_1 over H_1. */
  laterHigh: ({ bars, start, until }: BaseReading): number =>
    over(bars.highestHigh(start + 1, until), bars.high[start]!),
  /** H_1 over the lowest low of the bars before it. */
  advance: (x: BaseReading, { base }: Params): number =>
    over(x.bars.high[x.start]!, lowBefore(x, base.advanceBars)),
  /** The share of that advance which the last ten bars before H_1 made. */
  spike: (x: BaseReading, { base }: Params): number => {
    const top = x.bars.high[x.start]!;
    return (top - lowBefore(x, base.spikeBars)) / (top - lowBefore(x, base.advanceBars));
  },
  /** H_1 over the lowest low of the ten bars before it. */
  pump: (x: BaseReading, { base }: Params): number =>
    over(x.bars.high[x.start]!, lowBefore(x, base.spikeBars)),
  contractions: (x: BaseReading): number => x.count,
  /** Bars from H_1 to L_1. */
  firstBars: (x: BaseReading): number => x.lowest - x.start,
  firstDepth: (x: BaseReading): number => x.contractions.depth[0]!,
  lastDepth: (x: BaseReading): number => x.contractions.depth[x.count - 1]!,
  /** The share of the base's bars that came after L_1. */
  rightTime: (x: BaseReading): number => (x.until - x.lowest) / (x.until - x.start),
  /** Where the close stands between L_1, 0, and the base high, 1. */
  rightHeight: ({ bars, until, lowest, baseHigh }: BaseReading): number => {
    const low = bars.low[lowest]!;
    return (bars.close[until]! - low) / (baseHigh - low);
  },
  /** Bars from L_1 until nine tenths of the first fall are made good. */
  recoveryBars: ({ bars, until, lowest, start }: BaseReading, { base }: Params): number | null => {
    const low = bars.low[lowest]!;
    const back = low + base.recovered * (bars.high[start]! - low);
    for (let k = lowest + 1; k <= until; k++) {
      if (bars.high[k]! >= back) {
        return k - lowest;
      }
    }
    return null;
  },
  /** The largest fall from one close to the next inside the base, negative; 0 without a fall. */
  worstDay: ({ bars, start, until }: BaseReading): number => {
    let worst = 0;
    for (let k = start + 1; k <= until; k++) {
      worst = Math.min(worst, over(bars.close[k]!, bars.close[k - 1]!));
    }
    return worst;
  },
  /** The widest true range inside the base over the usual one. */
  widestBar: ({ bars, start, until, usualRange }: BaseReading): number => {
    let widest = 0;
    for (let k = start + 1; k <= until; k++) {
      widest = Math.max(widest, bars.trueRange[k]!);
    }
    return widest / usualRange;
  },
  /** The range of the last ten bars over the usual range of one. */
  shelf: ({ range10, usualRange }: BaseReading): number => range10 / usualRange,
  /** The range of the last ten bars over the close. */
  range10: (x: BaseReading): number => x.range10,
  /** The median range of the last five bars over the usual one. */
  week: ({ bars, until, usualRange }: BaseReading, { base }: Params): number =>
    medianOf(bars.trueRange, until - base.weekBars + 1, until) / usualRange,
  /** The median range of the last ten bars over that of the base; 1 when the base has none. */
  quiet: ({ bars, start, until }: BaseReading, { base }: Params): number => {
    const usual = medianOf(bars.trueRange, start, until);
    return usual === 0 ? 1 : medianOf(bars.trueRange, until - base.quietBars + 1, until) / usual;
  },
  /** The median volume of the last ten bars over the mean of fifty. */
  dryUp: (x: BaseReading): number => x.dryUp,
  /** How straight the advance before H_1 was: its change in logarithms over the sum of all daily ones, 1 without a step back. */
  smoothness: ({ bars, start }: BaseReading, { base }: Params): number => {
    const { close } = bars;
    const from = Math.max(1, start - base.smoothBars);
    let steps = 0;
    for (let k = from; k <= start; k++) {
      steps += Math.abs(close[k]! / close[k - 1]! - 1);
    }
    return steps === 0 ? 0 : Math.log(close[start]! / close[from - 1]!) / steps;
  },
  /** Where the close stands in the range of the last ten bars: 0 at its low, 1 at its high. */
  shelfHeight: ({ bars, until }: BaseReading, { base }: Params): number => {
    const from = until - base.quietBars + 1;
    const low = bars.lowestLow(from, until);
    const range = bars.highestHigh(from, until) - low;
    return range === 0 ? 1 : (bars.close[until]! - low) / range;
  },
  distance: (x: BaseReading): number => x.distance,
  /** Close over the lower of pivot and H_1. */
  extension: ({ bars, today, pivot, start }: BaseReading): number =>
    over(bars.close[today]!, Math.min(pivot, bars.high[start]!)),
  /** The base high over the pivot. */
  overhead: ({ baseHigh, pivot }: BaseReading): number => over(baseHigh, pivot),
  /** Halted rows inside the base. */
  halts: ({ bars, start, today }: BaseReading): number => bars.haltsBetween(start, today),
} as const;

function lowBefore({ bars, start }: BaseReading, span: number): number {
  return bars.lowestLow(start - span, start - 1);
}
