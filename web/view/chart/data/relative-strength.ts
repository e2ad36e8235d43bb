/** The line of relative strength: a share's close over its index's, so that its leading shows without numbers. */
import type { ChartBar, ChartBody } from "../../../../worker/protocol/rest/chart.ts";
import type { Point } from "../chart-data.ts";

/** Points that a new high is one of, with itself: 52 weeks. */
const HIGH_POINTS = 250;
/** Fewer earlier points make no new high. */
const LEAST_BEFORE = 60;

/** The first point is 100. */
export interface RsLine {
  readonly code: NonNullable<ChartBody["index"]>["code"];
  readonly points: readonly Point[];
  /** The latest point above the {@link HIGH_POINTS} before it. */
  readonly high: (Point & { readonly before: number; readonly isLast: boolean }) | null;
}

function latestHigh(points: readonly Point[]): RsLine["high"] {
  for (let i = points.length - 1; i >= LEAST_BEFORE; i--) {
    const point = points[i];
    const before = points.slice(Math.max(0, i - HIGH_POINTS + 1), i);
    if (point && before.every(({ value }) => value < point.value)) {
      return { ...point, before: before.length, isLast: i === points.length - 1 };
    }
  }
  return null;
}

/** A day without trading or without an index has no point; `null` where there is none at all. */
export function rsLine(bars: readonly ChartBar[], index: ChartBody["index"]): RsLine | null {
  if (index === null) {
    return null;
  }
  const ratios = bars.flatMap(({ date, open, close }, i) => {
    const level = index.closes[i] ?? null;
    return open === null || level === null ? [] : [{ time: date, value: close / level }];
  });
  const first = ratios[0]?.value ?? 0;
  if (first <= 0) {
    return null;
  }
  const points = ratios.map(({ time, value }) => ({ time, value: (100 * value) / first }));
  return { code: index.code, points, high: latestHigh(points) };
}

/** The last point of each step of the time axis, which `placeOf` names. */
export function foldLine(line: RsLine, placeOf: (day: string) => string): RsLine {
  const places = new Map(line.points.map(({ time, value }) => [placeOf(time), value]));
  return {
    code: line.code,
    points: Array.from(places, ([time, value]) => ({ time, value })),
    high: line.high && { ...line.high, time: placeOf(line.high.time) },
  };
}
