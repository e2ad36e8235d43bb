/** The kernels against a published library of indicators (trading-signals, MIT), which shares no line and no author with them. */
import { Period, ROC, SMA, TR } from "trading-signals";
import { describe, it } from "vitest";
import { timeOf } from "../../testing/builders/bar-builder.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { assert } from "../assert.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { rawStrength } from "../scan/relative-strength.ts";
import { medianOf } from "./median.ts";
import { trendOf } from "./trend-template.ts";

/** Series of at least 300 bars, halts taken out. */
const SERIES: readonly PatternTime[] = Array.from({ length: 60 }, (_, seed) =>
  timeOf(randomSeries(seed).filter((row) => row.volume > 0)),
).filter((bars) => bars.n >= 300);

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

/** How many bars were compared, and the first on which ours is not theirs; a `null` of theirs is "too early". */
function compare(
  theirs: (bars: PatternTime) => readonly (number | null)[],
  ours: (bars: PatternTime, k: number) => number,
): { readonly compared: number; readonly differs: string | null } {
  let compared = 0;
  for (const [s, bars] of SERIES.entries()) {
    for (const [k, their] of theirs(bars).entries()) {
      if (their !== null) {
        compared += 1;
        const our = ours(bars, k);
        if (!isClose(our, their)) {
          return { compared, differs: `series ${s}, bar ${k}: ${our} instead of ${their}` };
        }
      }
    }
  }
  return { compared, differs: null };
}

const valuesOf = (bars: PatternTime, field: "high" | "low" | "close" | "volume"): number[] => [
  ...bars[field].subarray(0, bars.n),
];

describe("kernels and a published library", () => {
  it.for([50, 150, 200])("[TT1] the mean of %d closes and of as many volumes", (span, { expect }) => {
    const closes = compare(
      (bars) => new SMA(span).updates(valuesOf(bars, "close")),
      (bars, k) => bars.meanClose(k, span),
    );
    const volumes = compare(
      (bars) => new SMA(span).updates(valuesOf(bars, "volume")),
      (bars, k) => bars.meanVolume(k - span + 1, k),
    );
    expect([closes.differs, volumes.differs]).toEqual([null, null]);
    expect(closes.compared).toBeGreaterThan(1_000);
  });

  it("[SW1] the true range over the close before, and its median over the last fifty bars", ({ expect }) => {
    const ranges = (bars: PatternTime): number[] => {
      const range = new TR();
      return valuesOf(bars, "close").map((close, k) => {
        const [high, low] = [bars.high[k] ?? Number.NaN, bars.low[k] ?? Number.NaN];
        return range.update({ high, low, close }, false) / (bars.close[k - 1] ?? close);
      });
    };
    const single = compare(ranges, (bars, k) => bars.trueRange[k] ?? Number.NaN);
    expect(single.differs).toBeNull();
    expect(single.compared).toBeGreaterThan(5_000);
    for (const span of [49, 50]) {
      const medians = compare(
        (bars) =>
          ranges(bars).map((_, k, all) => {
            const last = all.slice(Math.max(0, k - span + 1), k + 1).toSorted((x, y) => x - y);
            const half = (last.length - 1) / 2;
            return ((last[Math.floor(half)] ?? 0) + (last[Math.ceil(half)] ?? 0)) / 2;
          }),
        (bars, k) => medianOf(bars.trueRange, k - span + 1, k),
      );
      expect(medians.differs).toBeNull();
    }
    expect(medianOf(new Float64Array([1, 2]), 1, 0)).toBeNaN();
    expect(
      medianOf(
        Float64Array.from({ length: 2_001 }, (_, k) => (k * 7) % 2_001),
        0,
        2_000,
      ),
    ).toBe(1_000);
  });

  it.for([10, 50, 252])("[TT6] [TT7] the highest high and lowest low of %d bars", (span, { expect }) => {
    const extremes = (field: "high" | "low", which: "highest" | "lowest"): ReturnType<typeof compare> =>
      compare(
        (bars) => new Period(span).updates(valuesOf(bars, field)).map((found) => found?.[which] ?? null),
        (bars, k) =>
          which === "highest" ? bars.highestHigh(k - span + 1, k) : bars.lowestLow(k - span + 1, k),
      );
    expect([extremes("high", "highest").differs, extremes("low", "lowest").differs]).toEqual([null, null]);
    const [bars] = SERIES;
    assert(bars !== undefined, "There are series");
    const year = new Period(252);
    year.updates(valuesOf(bars, "high"));
    expect(trendOf(bars, 252).yearHigh).toBe(year.highest);
  });

  it("[RS1] raw strength weighs four rates of change", ({ expect }) => {
    for (const bars of SERIES) {
      const rate = (span: number): number =>
        new ROC(span).updates(valuesOf(bars, "close")).at(-1) ?? Number.NaN;
      const raw = 0.4 * rate(63) + 0.2 * rate(126) + 0.2 * rate(189) + 0.2 * rate(252);
      expect(isClose(rawStrength(bars) ?? Number.NaN, raw), `${rawStrength(bars)} instead of ${raw}`).toBe(
        true,
      );
    }
  });
});
