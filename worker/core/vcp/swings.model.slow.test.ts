/** SW as a whole: against the second implementation, and what no change of unit, length or past may move. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { barsOf, swingsOf } from "../../testing/oracle/kernel-swings.ts";
import { naiveBars, naiveRange, naiveSwings } from "../../testing/oracle/naive-swings.ts";
import { dated } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { findSwings, Swings } from "./swings.ts";

const SCALES = PARAMS.swing.scales;

/** Bars that must remain: A_k forgets by 5 % a bar, so 280 bars before the last 120 leave a millionth of it. */
const REMEMBERED = 400;

describe("any series", () => {
  it("[SW1] [SW2] [SW4] agrees with the second implementation, provisional extreme included", ({
    expect,
  }) => {
    const out = new Swings();
    for (let seed = 0; seed < 200; seed++) {
      const rows = randomSeries(seed);
      const bars = barsOf(rows);
      const naive = naiveBars(rows);
      const range = naiveRange(naive);
      for (const scale of SCALES) {
        expect(swingsOf(bars, scale, out), `seed ${seed}, scale ${scale}`).toEqual(
          naiveSwings(naive, scale, range),
        );
      }
    }
  });

  it("[SW3] is append-only: what a prefix confirmed stands in every longer series", ({ expect }) => {
    const out = new Swings();
    let steps = 0;
    for (let seed = 0; steps < 100_000; seed++) {
      const bars = barsOf(randomSeries(seed));
      const all = bars.n;
      for (const scale of SCALES) {
        bars.n = all;
        const full = swingsOf(bars, scale, out).filter(({ confirmedAt }) => confirmedAt !== null);
        const [index, confirmedAt] = [
          full.map(({ bar }) => bar),
          full.map((swing) => swing.confirmedAt ?? 0),
        ];
        for (bars.n = 1; bars.n <= all; bars.n++) {
          findSwings(bars, scale, PARAMS.swing, out);
          const due = confirmedAt.filter((k) => k < bars.n).length;
          let wrong = out.count === due ? 0 : 1;
          for (let i = 0; i < due; i++) {
            wrong += out.index[i] === index[i] && out.confirmedAt[i] === confirmedAt[i] ? 0 : 1;
          }
          if (wrong > 0) {
            expect.fail(`seed ${seed}, scale ${scale}: the first ${bars.n} bars disagree with all ${all}`);
          }
          steps += 1;
        }
      }
    }
    expect(steps).toBeGreaterThanOrEqual(100_000);
  });

  const places = (rows: readonly Row[]): (number | null)[][][] =>
    SCALES.map((scale) => swingsOf(barsOf(rows), scale).map(({ bar, confirmedAt }) => [bar, confirmedAt]));
  const scaled = (rows: readonly Row[], factor: number): Row[] =>
    rows.map((row) => ({
      ...row,
      open: row.open * factor,
      high: row.high * factor,
      low: row.low * factor,
      close: row.close * factor,
    }));

  it("[SW2] keeps its swings at any scale of price and of volume", ({ expect }) => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(1_024, 1 / 64), (seed, factor) => {
        const rows = randomSeries(seed);
        const before = barsOf(rows);
        const after = barsOf(scaled(rows, factor));
        expect(after.range.slice(0, after.n)).toEqual(before.range.slice(0, before.n));
        expect(places(scaled(rows, factor))).toEqual(places(rows));
        expect(places(rows.map((row) => ({ ...row, volume: row.volume * 1_000 })))).toEqual(places(rows));
      }),
      { seed: 21, numRuns: 40 },
    );
  });

  it("[SW1] ranges at 0.37 times the price differ by rounding only", ({ expect }) => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const [before, after] = [barsOf(randomSeries(seed)), barsOf(scaled(randomSeries(seed), 0.37))];
        for (let k = 0; k < before.n; k++) {
          expect(Math.abs((after.range[k] ?? 0) - (before.range[k] ?? 0))).toBeLessThan(1e-9);
        }
      }),
      { seed: 22, numRuns: 20 },
    );
  });

  it("[SW3] forgets: without more than 300 old bars the last 120 bars keep their swings", ({ expect }) => {
    const recent = (rows: readonly Row[], total: number): string =>
      SCALES.flatMap((scale) => {
        const bars = barsOf(rows);
        const dropped = total - bars.n;
        return swingsOf(bars, scale)
          .filter(({ bar }) => bar + dropped >= total - 120)
          .map(({ kind, bar, confirmedAt }) =>
            [scale, kind, bar + dropped, confirmedAt && confirmedAt + dropped].join(),
          );
      }).join(";");
    let judged = 0;
    let kept = 0;
    for (let seed = 0; seed < 60; seed++) {
      const rows = [0, 1_000, 2_000]
        .flatMap((more) => [...randomSeries(seed + more)])
        .filter((row) => row.volume > 0);
      const dropped = rows.length - REMEMBERED;
      if (dropped > 300) {
        const whole = dated(rows);
        judged += 1;
        kept += recent(whole.slice(dropped), rows.length) === recent(whole, rows.length) ? 1 : 0;
      }
    }
    expect(judged).toBeGreaterThan(30);
    expect(kept).toBe(judged);
  });
});
