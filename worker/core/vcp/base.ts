/** A reading written down: contractions, footprint, plan, flags and the state that a new signal would take. */
import type { BaseReading } from "./base-reading.ts";
import { BASE_MEASURES } from "./measures.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import type { Params } from "../params.ts";
import { planOf } from "./plan.ts";
import type { PriceGrid } from "../bars/tick-size.ts";
import type { Base, Contraction, Flag } from "./verdict.ts";

/** Whole per cent, half up (CT9). In doubles 0.145 x 100 is a hair below 14.5: the noise is taken out first. */
function percent(fraction: number): number {
  return Math.floor(Number((fraction * 100).toFixed(9)) + 0.5);
}

/**
 * CT9, in fractions.
 *
 * @example
 * footprintOf(40, [0.31, 0.17, 0.08, 0.03]); // "40W 31/3 4T"
 */
export function footprintOf(weeks: number, depths: readonly number[]): string {
  return `${weeks}W ${percent(depths[0] ?? 0)}/${percent(depths.at(-1) ?? 0)} ${depths.length}T`;
}

function contractionOf({ bars, contractions }: BaseReading, place: number): Contraction {
  const high = contractions.high[place]!;
  const low = contractions.low[place]!;
  return {
    highDay: bars.dayAt(high),
    high: bars.high[high]!,
    lowDay: bars.dayAt(low),
    low: bars.low[low]!,
    depth: contractions.depth[place]!,
    bars: low - high,
    meanVolume: bars.meanVolume(high, low),
  };
}

/** CT8, CT9, PV, PL: prices in won of the last row's shares, everything else fractions and bars; with the flags of the base. */
export function baseOf(
  x: BaseReading,
  grid: PriceGrid,
  params: Params,
): { readonly base: Base; readonly flags: readonly Flag[] } {
  const { bars, breakout, touched } = x;
  const contractions = Array.from({ length: x.count }, (_, place) => contractionOf(x, place));
  const weeks = Math.ceil(x.length / 5);
  const [first, last] = [x.contractions.depth[0]!, x.contractions.depth[x.count - 1]!];
  const { wide, ...plan } = planOf(x.pivot, bars.low[x.lastLow]!, grid, params.plan);
  const base: Base = {
    contractions,
    footprint: footprintOf(
      weeks,
      contractions.map(({ depth }) => depth),
    ),
    weeks,
    bars: x.length,
    pivot: x.pivot,
    overhead: BASE_MEASURES.overhead(x),
    ...plan,
    distance: x.distance,
    dryUp: x.dryUp,
    contractionRatio: first === 0 ? 1 : last / first,
    noise: x.noise,
    touched: touched < 0 ? null : { day: bars.dayAt(touched), closed: x.closedAbove },
    breakout: breakout < 0 ? null : { day: bars.dayAt(breakout), bars: x.today - breakout },
    state: stateOf(x, params),
  };
  const flags: readonly (readonly [Flag, boolean])[] = [
    ["deep", x.contractions.depth[0]! > params.base.deepDepth],
    ["wide", wide],
    ["touched", touched >= 0],
    ["wick", hasWick(x, params.base.wick)],
    ["gap", hasGap(x, params.base.gap)],
  ];
  return { base, flags: flags.filter(([, raised]) => raised).map(([flag]) => flag) };
}

/** LC rows 0 and 1: what a signal born from this reading would be. */
function stateOf(x: BaseReading, { base, life }: Params): Base["state"] {
  if (x.distance > 0) {
    return hasBreakoutVolume(x, life) ? "CONFIRMED" : "UNCONFIRMED";
  }
  const { ready } = base;
  const rests =
    x.touched < 0 &&
    x.distance >= ready.distance &&
    x.lastLow < x.until &&
    x.until - x.lastHigh >= ready.shelf;
  return rests ? "READY" : "FORMING";
}

/** Some close above the pivot since L_T came with at least 1.5 times the mean volume of the 50 bars before it. */
function hasBreakoutVolume(x: BaseReading, life: Params["life"]): boolean {
  const { bars } = x;
  for (let k: number = x.lastLow; k <= x.today; k++) {
    const ratio = (bars.volume[k] ?? 0) / bars.meanVolume(k - life.volumeBars, k - 1);
    if ((bars.close[k] ?? 0) > x.pivot && ratio >= life.breakoutVolume) {
      return true;
    }
  }
  return false;
}

/** An extreme that the base is read by, its pivot among them, and that neither its own close nor a bar beside it comes near. */
function hasWick({ bars, contractions, count, pivotBar }: BaseReading, least: number): boolean {
  for (let place = 0; place < count; place++) {
    if (
      isTopAlone(bars, contractions.high[place]!, least) ||
      isBottomAlone(bars, contractions.low[place]!, least)
    ) {
      return true;
    }
  }
  return isTopAlone(bars, pivotBar, least);
}

function isTopAlone({ high, close, last }: PatternTime, k: number, least: number): boolean {
  const before = k > 0 ? high[k - 1]! : 0;
  const after = k < last ? high[k + 1]! : 0;
  return high[k]! > Math.max(close[k]!, before, after) * (1 + least);
}

function isBottomAlone({ low, close, last }: PatternTime, k: number, least: number): boolean {
  const before = k > 0 ? low[k - 1]! : Number.POSITIVE_INFINITY;
  const after = k < last ? low[k + 1]! : Number.POSITIVE_INFINITY;
  return low[k]! < Math.min(close[k]!, before, after) * (1 - least);
}

/** A bar of the base whose whole range lies under the bar before: what an unadjusted dividend or bonus leaves. */
function hasGap(x: BaseReading, least: number): boolean {
  const { high, low } = x.bars;
  for (let k = x.start + 1; k <= x.today; k++) {
    if (high[k]! < low[k - 1]! * (1 - least)) {
      return true;
    }
  }
  return false;
}
