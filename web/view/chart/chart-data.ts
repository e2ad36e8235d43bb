/** The bars of a share as the chart draws them: candles, volume and means; a day without trading is a gap, never a candle at 0. */
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";

type Bar = ChartBody["bars"][number];

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

function candleOf({ date, open, high, low, close }: Bar): Candle | Gap {
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

/** `bars` oldest first, as `/chart` answers. */
export function chartData(bars: readonly Bar[]): ChartData {
  const candles = bars.map(candleOf);
  const volumes = bars.flatMap((bar) =>
    bar.open === null ? [] : [{ time: bar.date, value: bar.volume, isUp: bar.close >= bar.open }],
  );
  return { candles, volumes, means: MEANS.map((count) => meanLine(candles, count)) };
}

/** Bars shown without a base. */
const PLAIN_BARS = 200;
/** Empty bars at the right edge, for the labels. */
const RIGHT_BARS = 8;
/** A young base still shows what came before. */
const LEAST_BARS = 90;

/** Positions of the first and last bar to show: the base and a fifth of it before. `since`: the first high of the base. */
export function shownRange(
  bars: readonly { readonly date: string }[],
  since: string | null,
): { readonly from: number; readonly to: number } {
  const start = since === null ? -1 : bars.findIndex(({ date }) => date >= since);
  const length = start < 0 ? PLAIN_BARS : Math.max(LEAST_BARS, Math.round(1.2 * (bars.length - start)));
  return { from: Math.max(0, bars.length - length), to: bars.length - 1 + RIGHT_BARS };
}
