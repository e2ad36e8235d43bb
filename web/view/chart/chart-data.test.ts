import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import { chartData, meanLine, shownRange } from "./chart-data.ts";

function bar(day: number, close: number, traded = true): ChartBody["bars"][number] {
  const price = traded ? close : null;
  return {
    date: new Date(Date.UTC(2024, 0, day)).toISOString().slice(0, 10),
    open: price,
    high: price,
    low: price,
    close,
    volume: traded ? 100 : 0,
  };
}

describe("chart data", () => {
  it("[UI21] leaves a gap for a day without trading, never a candle at 0", ({ expect }) => {
    const { candles, volumes } = chartData([bar(1, 10), bar(2, 10, false), bar(3, 11)]);
    expect(candles.map((candle) => ("close" in candle ? candle.close : null))).toEqual([10, null, 11]);
    expect(volumes.map(({ time }) => time)).toEqual(["2024-01-01", "2024-01-03"]);
  });

  it("[UI21] draws a mean over days with trading only from its first full window on", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ close: fc.integer({ min: 1, max: 1_000 }), traded: fc.boolean() }), {
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 8 }),
        (days, window) => {
          const bars = days.map(({ close, traded }, i) => bar(i + 1, close, traded));
          const closes = bars.filter(({ open }) => open !== null).map(({ close }) => close);
          const { points } = meanLine(chartData(bars).candles, window);
          const expected = closes
            .map((_, i) => closes.slice(i - window + 1, i + 1))
            .filter((part, i) => i >= window - 1 && part.length === window)
            .map((part) => part.reduce((sum, close) => sum + close, 0) / window);
          expect(points).toHaveLength(expected.length);
          points.forEach(({ value }, i) => {
            expect(value).toBeCloseTo(expected[i] ?? Number.NaN);
          });
        },
      ),
    );
  });

  it("[UI21] shows the base and a fifth of it before, and always what a young base grew from", ({
    expect,
  }) => {
    const bars = Array.from({ length: 400 }, (_, i) => bar(i + 1, 10));
    expect(shownRange(bars, bars[200]?.date ?? null)).toEqual({ from: 160, to: 407 });
    expect(shownRange(bars, bars[390]?.date ?? null).from).toBe(310);
    expect(shownRange(bars, null).from).toBe(200);
    expect(shownRange(bars.slice(0, 20), "2030-01-01").from).toBe(0);
  });

  it("[UI184] shows sixty bars on a narrow screen, whatever the base", ({ expect }) => {
    const bars = Array.from({ length: 400 }, (_, i) => bar(i + 1, 10));
    expect(shownRange(bars, bars[200]?.date ?? null, true)).toEqual({ from: 340, to: 403 });
    expect(shownRange(bars, null, true).from).toBe(340);
    expect(shownRange(bars.slice(0, 20), null, true).from).toBe(0);
  });
});
