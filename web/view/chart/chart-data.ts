/** The bars of a share as the chart draws them: candles, volume and means; a day without trading is a gap, never a candle at 0. */
import type { Range } from "./data/cursor.ts";
import type { ShownBar } from "./data/today.ts";

/** One day as the chart library takes it; `time` is `2025-06-17`. */
export interface Candle {
  readonly time: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A value of one day. */
export interface Point {
  readonly time: string;
  readonly value: number;
}

/** A day on the time axis with nothing to draw. */
export interface Gap {
  readonly time: string;
}

/** The mean of so many closes; it begins where there are enough of them. */
export interface MeanLine {
  readonly bars: number;
  readonly points: readonly Point[];
}

/** The series of one chart. A halted day is a gap: a candle at 0 would stretch the scale. */
export interface ChartData {
  readonly candles: readonly (Candle | Gap)[];
  readonly volumes: readonly (Point & { readonly isUp: boolean })[];
  readonly means: readonly MeanLine[];
}

/** The means that the trend template asks about (TT). */
export const MEANS: readonly number[] = [50, 150, 200];

/** The same spans in weeks. */
export const WEEK_MEANS: readonly number[] = [10, 30, 40];

/** A gap where open, high or low is missing. */
export function candleOf({ date, open, high, low, close }: ShownBar): Candle | Gap {
  return open === null || high === null || low === null
    ? { time: date }
    : { time: date, open, high, low, close };
}

function isCandle(item: Candle | Gap): item is Candle {
  return "close" in item;
}

/** Simple means over days with trading, as the trend template has them; none before `bars` of them. */
export function meanLine(candles: readonly (Candle | Gap)[], bars: number): MeanLine {
  const traded = candles.filter(isCandle);
  let sum = 0;
  const points = traded.flatMap(({ time, close }, i) => {
    sum += close - (traded[i - bars]?.close ?? 0);
    return i < bars - 1 ? [] : [{ time, value: sum / bars }];
  });
  return { bars, points };
}

/** `bars` oldest first, as `/chart` answers, or folded; `means` in bars. */
export function chartData(bars: readonly ShownBar[], means: readonly number[] = MEANS): ChartData {
  const candles = bars.map(candleOf);
  const volumes = bars.flatMap(({ date, open, close, volume }) =>
    open === null || volume === null ? [] : [{ time: date, value: volume, isUp: close >= open }],
  );
  return { candles, volumes, means: means.map((count) => meanLine(candles, count)) };
}

/** Bars shown without a base; on a narrow screen bars shown at all: more would be too thin to be read. */
const PLAIN_BARS = 200;
const NARROW_BARS = 60;
/** Empty bars at the right edge, for the labels. */
const RIGHT_BARS = 8;
const NARROW_RIGHT_BARS = 4;
/** A young base still shows what came before. */
const LEAST_BARS = 90;

/** Positions of the first and last bar to show: the base and a fifth of it before. `since`: the first high of the base. */
export function shownRange(
  bars: readonly { readonly date: string }[],
  since: string | null,
  isNarrow = false,
): Range {
  const start = since === null ? -1 : bars.findIndex(({ date }) => date >= since);
  const wide = start < 0 ? PLAIN_BARS : Math.max(LEAST_BARS, Math.round(1.2 * (bars.length - start)));
  const length = isNarrow ? NARROW_BARS : wide;
  const right = isNarrow ? NARROW_RIGHT_BARS : RIGHT_BARS;
  return { from: Math.max(0, bars.length - length), to: bars.length - 1 + right };
}
