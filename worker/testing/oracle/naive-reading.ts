/** PV, CT8, FL1 and every quantity that the table asks of a base, a second time: one reading of one base. */
import { FORM_RULES, type FormRule, type Strictness } from "../../core/vcp/form-rules.ts";
import type { Params } from "../../core/params.ts";
import type { BaseMeasure } from "../../core/vcp/measure-names.ts";
import {
  at,
  between,
  highestHigh,
  lastOf,
  lowestLow,
  mean,
  median,
  type NaiveBar,
  naiveRanges,
} from "./naive-bars.ts";
import { above, lowestAfter, type NaiveFall, naiveFalls } from "./naive-base.ts";

export interface NaiveReading {
  readonly bars: readonly NaiveBar[];
  readonly start: number;
  /** u: the bar that the base is read as of. */
  readonly until: number;
  readonly falls: readonly NaiveFall[];
  readonly noise: number;
  readonly pivot: number;
  readonly breakout: number | null;
  readonly touched: { readonly bar: number; readonly closed: boolean } | null;
  /** By the names of the table; `null` is not measured. */
  readonly measures: Readonly<Record<BaseMeasure, number | null>>;
}

export const firstOf = (x: NaiveReading): NaiveFall => at(x.falls, 0);
export const finalOf = (x: NaiveReading): NaiveFall => at(x.falls, x.falls.length - 1);

/** QT1: what the share usually moves in a day. */
function usualRangeAt(bars: readonly NaiveBar[], until: number, params: Params): number {
  return median(lastOf(naiveRanges(bars), params.base.noiseBars, until));
}

/** CT1: no smaller fall counts. */
function noiseAt(bars: readonly NaiveBar[], until: number, params: Params): number {
  const { noiseFloor, noiseRanges } = params.base;
  return Math.max(noiseFloor, noiseRanges * usualRangeAt(bars, until, params));
}

interface Pivot {
  readonly price: number;
  readonly breakout: number | null;
}

/** PV1: among the last five bars the first close above all highs since H_T, as long as today's close stands above them. */
function pivotOf(bars: readonly NaiveBar[], top: number, until: number, params: Params): Pivot {
  const today = bars.length - 1;
  for (let k = Math.max(top + 1, today - params.base.breakoutBars + 1); k <= until; k++) {
    const before = highestHigh(bars, top, k - 1);
    if (at(bars, k).close > before && at(bars, today).close > before) {
      return { price: before, breakout: k };
    }
  }
  return { price: highestHigh(bars, top, until), breakout: null };
}

interface Frame {
  readonly bars: readonly NaiveBar[];
  readonly start: number;
  readonly until: number;
  readonly falls: readonly NaiveFall[];
  readonly pivot: number;
  readonly params: Params;
}

function beforeOf({
  bars,
  start,
  params,
}: Frame): Pick<Record<BaseMeasure, number | null>, "advance" | "spike" | "pump"> {
  const top = at(bars, start).high;
  const halfYear = lowestLow(bars, start - params.base.advanceBars, start - 1);
  const fortnight = lowestLow(bars, start - params.base.spikeBars, start - 1);
  return {
    advance: above(top, halfYear),
    spike: (top - fortnight) / (top - halfYear),
    pump: above(top, fortnight),
  };
}

/** SC2: the last days against the usual ones, and against the base. */
function quietOf(
  { bars, start, until, params }: Frame,
  usual: number,
): Pick<NaiveReading["measures"], "week" | "quiet" | "dryUp"> {
  const { quietBars, weekBars, dryBars } = params.base;
  const ranges = naiveRanges(bars);
  const volumes = bars.map((bar) => bar.volume);
  const ofBase = median(between(ranges, start, until));
  return {
    week: median(lastOf(ranges, weekBars, until)) / usual,
    quiet: ofBase === 0 ? 1 : median(lastOf(ranges, quietBars, until)) / ofBase,
    dryUp: median(lastOf(volumes, dryBars[0], until)) / mean(lastOf(volumes, dryBars[1], until)),
  };
}

/** SC1: the change of the advance over the sum of its daily ones. */
function smoothnessOf({ bars, start, params }: Frame): number {
  const from = Math.max(1, start - params.base.smoothBars);
  const change = (k: number): number => Math.abs(at(bars, k).close / at(bars, k - 1).close - 1);
  const steps = between(bars, from, start).reduce((sum, _, i) => sum + change(from + i), 0);
  return steps === 0 ? 0 : Math.log(at(bars, start).close / at(bars, from - 1).close) / steps;
}

/** Everything the table asks of a base. */
function measuresOf(frame: Frame): NaiveReading["measures"] {
  const { bars, start, until, falls, pivot, params } = frame;
  const [today, ranges] = [at(bars, bars.length - 1), naiveRanges(bars)];
  const low = lowestAfter(bars, start, until);
  const [bottom, top] = [at(bars, low).low, at(bars, start).high];
  const [baseHigh, close] = [highestHigh(bars, start, until), at(bars, until).close];
  const back = bars.findIndex(
    (bar, k) => k > low && k <= until && bar.high >= bottom + params.base.recovered * (top - bottom),
  );
  const tenDays = params.base.quietBars;
  const [shelfTop, shelfLow] = [
    highestHigh(bars, until - tenDays + 1, until),
    lowestLow(bars, until - tenDays + 1, until),
  ];
  const usual = usualRangeAt(bars, until, params);
  return {
    laterHigh: above(highestHigh(bars, start + 1, until), top),
    ...beforeOf(frame),
    contractions: falls.length,
    firstBars: low - start,
    firstDepth: at(falls, 0).depth,
    lastDepth: at(falls, falls.length - 1).depth,
    rightTime: (until - low) / (until - start),
    rightHeight: (close - bottom) / (baseHigh - bottom),
    recoveryBars: back < 0 ? null : back - low,
    widestBar: Math.max(...between(ranges, start + 1, until)) / usual,
    worstDay: Math.min(
      0,
      ...between(bars, start + 1, until).map((bar, i) => above(bar.close, at(bars, start + i).close)),
    ),
    range10: (shelfTop - shelfLow) / close,
    shelf: (shelfTop - shelfLow) / close / usual,
    shelfHeight: shelfTop === shelfLow ? 1 : (close - shelfLow) / (shelfTop - shelfLow),
    ...quietOf(frame, usual),
    smoothness: smoothnessOf(frame),
    distance: above(today.close, pivot),
    extension: above(today.close, Math.min(pivot, top)),
    overhead: above(baseHigh, pivot),
    halts: today.row - at(bars, start).row - 1 - (bars.length - 1 - start - 1),
  };
}

/** The base that starts at a bar, read as of `until`; before the last bar it is one that a close left (PV4). */
export function naiveReading(
  bars: readonly NaiveBar[],
  start: number,
  until: number,
  params: Params,
  noise: number = noiseAt(bars, until, params),
): NaiveReading {
  return readingOf(bars, naiveFalls(bars, start, until, noise, params), until, params, noise);
}

/** The base with these contractions, wherever they were taken from. */
export function readingOf(
  bars: readonly NaiveBar[],
  falls: readonly NaiveFall[],
  until: number,
  params: Params,
  noise: number = noiseAt(bars, until, params),
): NaiveReading {
  const start = at(falls, 0).high;
  const last = at(falls, falls.length - 1);
  const { price: pivot, breakout: close } = pivotOf(bars, last.high, until, params);
  const leaves = bars.findIndex((bar, k) => k > until && bar.close > pivot);
  const breakout = until < bars.length - 1 ? leaves : close;
  const top = at(bars, last.high).high;
  const traded = bars.findIndex((bar, k) => k > last.high && k <= until && bar.high > top);
  const closed = between(bars, last.high + 1, until).some((bar) => bar.close > top);
  return {
    bars,
    start,
    until,
    falls,
    noise,
    pivot,
    breakout,
    touched: breakout === null && traded >= 0 ? { bar: traded, closed } : null,
    measures: measuresOf({ bars, start, until, falls, pivot, params }),
  };
}

/** A rule that a reading does not meet. */
export interface NaiveUnmet {
  readonly rule: FormRule["id"];
  /** `null`: a ratio of nothing to nothing. */
  readonly value: number | null;
  readonly threshold: number;
}

/** FM1: in the order of the table. */
export function naiveUnmet(
  x: NaiveReading,
  params: Params,
  strictness: Strictness = "limit",
): readonly NaiveUnmet[] {
  return FORM_RULES.flatMap((rule: FormRule): readonly NaiveUnmet[] => {
    const value = new Map<string, number | null>(Object.entries(x.measures)).get(rule.measure) ?? null;
    const threshold = params.form[rule.id][strictness];
    if (rule.of !== "base" || value === null) {
      return [];
    }
    const met = rule.side === "atLeast" ? value >= threshold : value <= threshold;
    return met ? [] : [{ rule: rule.id, value: Number.isFinite(value) ? value : null, threshold }];
  });
}

/** CT8. */
export function naiveState(x: NaiveReading, { base, life }: Params): string {
  const { bars, pivot, until, measures } = x;
  const { high, low } = finalOf(x);
  if (at(bars, bars.length - 1).close > pivot) {
    const heavy = bars.some((bar, k) => {
      const before = bars.slice(Math.max(0, k - life.volumeBars), k).map((one) => one.volume);
      const full = before.length === life.volumeBars;
      return k >= low && bar.close > pivot && full && bar.volume / mean(before) >= life.breakoutVolume;
    });
    return heavy ? "CONFIRMED" : "UNCONFIRMED";
  }
  const ready =
    x.touched === null &&
    (measures.distance ?? 0) >= base.ready.distance &&
    low < until &&
    until - high >= base.ready.shelf;
  return ready ? "READY" : "FORMING";
}

/** FL1: a high above, or a low below, its own close and both neighbours by more than the limit. */
function isWick(bars: readonly NaiveBar[], k: number, side: "high" | "low", least: number): boolean {
  const near = [at(bars, k).close, ...[bars[k - 1], bars[k + 1]].flatMap((bar) => (bar ? [bar[side]] : []))];
  return side === "high"
    ? at(bars, k).high > (1 + least) * Math.max(...near)
    : at(bars, k).low < (1 - least) * Math.min(...near);
}

/** FL1, but for `wide`, which is the plan's. */
export function naiveFlags(
  x: NaiveReading,
  { base }: Params,
): Readonly<Record<"wick" | "gap" | "touched" | "deep", boolean>> {
  const { bars } = x;
  const top = finalOf(x).high;
  const pivotBar = bars.findIndex((bar, k) => k >= top && bar.high === x.pivot);
  return {
    wick:
      isWick(bars, pivotBar, "high", base.wick) ||
      x.falls.some(
        ({ high, low }) => isWick(bars, high, "high", base.wick) || isWick(bars, low, "low", base.wick),
      ),
    gap: bars.some((bar, k) => k > x.start && bar.high < (1 - base.gap) * at(bars, k - 1).low),
    touched: x.touched !== null,
    deep: firstOf(x).depth > base.deepDepth,
  };
}
