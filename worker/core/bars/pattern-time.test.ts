/** Pattern time: halts are out of it, and nothing that is measured in it notices where they stood. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { ALL_LEADERS, verdictOn as verdictBy } from "../../testing/oracle/compare-verdict.ts";
import { at, naiveBars } from "../../testing/oracle/naive-bars.ts";
import { dated, haltedAt, withHalts } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { columnsOf, type Row } from "./columns.ts";
import { barIndexOf } from "../nominal.ts";
import { PatternTime } from "./pattern-time.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import type { Verdict } from "../vcp/verdict.ts";

function load(rows: readonly Row[], bars = new PatternTime()): PatternTime {
  bars.load(columnsOf(rows));
  return bars;
}

/** Of every series a base is looked for. */
const verdictOn = (rows: readonly Row[]): Verdict => verdictBy(rows, ALL_LEADERS);

/** The geometry of a verdict, without days. */
function geometryOf({ valid, nearMiss, base, scoreTerms }: Verdict): unknown {
  const read = base ?? nearMiss?.base;
  const legs = read?.contractions.map(({ high, low, depth, bars }) => ({ high, low, depth, bars }));
  const miss = nearMiss && { rule: nearMiss.rule, value: nearMiss.value, threshold: nearMiss.threshold };
  return { valid, miss, scoreTerms, footprint: read?.footprint, stop: read?.stop, state: read?.state, legs };
}

const traded = (seed: number): Row[] => dated(randomSeries(seed).filter((row) => row.volume > 0));
const seeds = fc.nat(100_000);

describe("pattern time", () => {
  it("[BR1] holds the bars, keeps their days and rows, and counts the halts between", ({ expect }) => {
    for (let seed = 0; seed < 40; seed++) {
      const rows = randomSeries(seed);
      const [bars, naive] = [load(rows), naiveBars(rows)];
      expect(bars.n).toBe(naive.length);
      for (const [place, bar] of naive.entries()) {
        const k = barIndexOf(place);
        expect([bars.dayAt(k), bars.close[k], bars.volume[k], bars.row[k]]).toEqual([
          bar.day,
          bar.close,
          bar.volume,
          bar.row,
        ]);
      }
      const to = bars.n - 1;
      const between = rows
        .slice(at(naive, 5).row, at(naive, to).row)
        .filter((row) => row.volume === 0).length;
      expect(bars.haltsBetween(5, to)).toBe(between);
    }
  });

  it("[BR1] means and extremes are those of the bars asked for", ({ expect }) => {
    const rows = traded(4);
    const bars = load(rows);
    const last50 = rows.slice(-50);
    const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
    expect(bars.meanClose(bars.n - 1, 50)).toBeCloseTo(mean(last50.map((row) => row.close)), 6);
    expect(bars.meanVolume(bars.n - 50, bars.n - 1)).toBeCloseTo(mean(last50.map((row) => row.volume)), 6);
    expect(bars.highestHigh(bars.n - 50, bars.n - 1)).toBe(Math.max(...last50.map((row) => row.high)));
    expect(bars.lowestLow(bars.n - 50, bars.n - 1)).toBe(Math.min(...last50.map((row) => row.low)));
    expect(bars.meanClose(48, 50)).toBeNaN();
    expect(bars.meanClose(49, 50)).not.toBeNaN();
    expect(bars.meanVolume(-1, 3)).toBeNaN();
  });

  it("[BR1] is as if new when it is loaded again", ({ expect }) => {
    const used = load(randomSeries(1));
    for (const seed of [2, 3, 4]) {
      const [again, fresh] = [load(randomSeries(seed), used), load(randomSeries(seed))];
      expect(again.n).toBe(fresh.n);
      for (const field of ["day", "high", "low", "close", "volume", "trueRange", "row"] as const) {
        expect(again[field].slice(0, again.n)).toEqual(fresh[field].slice(0, fresh.n));
      }
    }
  });

  it("[BR1] a few halts anywhere change no geometry", ({ expect }) => {
    fc.assert(
      fc.property(
        seeds,
        fc.double({ min: 0, max: 0.98, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (seed, place, count) => {
          const rows = traded(seed);
          const halted = withHalts(rows, Math.floor(place * rows.length), count);
          expect(geometryOf(verdictOn(halted))).toEqual(geometryOf(verdictOn(rows)));
        },
      ),
      { seed: 31, numRuns: 120 },
    );
  });

  it("[BR4] an as-of row that is halted leaves the geometry as of the last bar", ({ expect }) => {
    const rows = traded(9);
    const today = verdictOn(dated([...rows, haltedAt(rows.at(-1)?.close ?? 0)]));
    expect(today.eligibility.reason).toBe("halted_today");
    expect(today.bars).toBe(rows.length);
  });
});

describe("geometry", () => {
  it("[SN1] knows no calendar: shifted days change days only", ({ expect }) => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: -4_000, max: 4_000 }), (seed, shift) => {
        const rows = randomSeries(seed);
        const shifted = rows.map((row) => ({ ...row, day: tradingDayOf(row.day + shift) }));
        expect(geometryOf(verdictOn(shifted))).toEqual(geometryOf(verdictOn(rows)));
      }),
      { seed: 32, numRuns: 80 },
    );
  });

  it("[SC2] knows no unit of volume", ({ expect }) => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1_024, 1 / 64), (seed, factor) => {
        const rows = randomSeries(seed);
        const scaled = rows.map((row) => ({ ...row, volume: row.volume * factor }));
        expect(geometryOf(verdictOn(scaled))).toEqual(geometryOf(verdictOn(rows)));
      }),
      { seed: 33, numRuns: 80 },
    );
  });

  const scaleOf = (factor: number, seed: number): [Verdict, Verdict] => {
    const rows = randomSeries(seed);
    const scaled = rows.map((row) => ({
      ...row,
      open: row.open * factor,
      high: row.high * factor,
      low: row.low * factor,
      close: row.close * factor,
    }));
    return [verdictOn(rows), verdictOn(scaled)];
  };

  it("[CT1] [CT10] knows no unit of price: 1,024 times the price is the same base exactly", ({ expect }) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [one, other] = scaleOf(1_024, seed);
        expect(other.valid).toBe(one.valid);
        expect(other.scoreTerms).toEqual(one.scoreTerms);
        expect(other.base?.footprint).toBe(one.base?.footprint);
        expect(other.nearMiss?.rule).toBe(one.nearMiss?.rule);
        expect(other.base?.contractions.map(({ high }) => high / 1_024)).toEqual(
          one.base?.contractions.map(({ high }) => high),
        );
      }),
      { seed: 34, numRuns: 120 },
    );
  });

  it("[CT1] [CT10] at 0.37 times the price every measure is the same to 1e-9", ({ expect }) => {
    let valid = 0;
    for (let seed = 0; seed < 400; seed++) {
      const [one, other] = scaleOf(0.37, seed);
      expect(other.valid, `seed ${seed}`).toBe(one.valid);
      expect(other.nearMiss?.rule, `seed ${seed}`).toBe(one.nearMiss?.rule);
      for (const [i, leg] of (one.base?.contractions ?? []).entries()) {
        expect(Math.abs((other.base?.contractions[i]?.depth ?? 0) - leg.depth)).toBeLessThan(1e-9);
      }
      if (one.base !== null) {
        valid += 1;
        expect(other.base?.footprint).toBe(one.base.footprint);
        for (const measure of ["distance", "overhead", "dryUp", "contractionRatio"] as const) {
          expect(Math.abs((other.base?.[measure] ?? 0) - one.base[measure])).toBeLessThan(1e-9);
        }
      }
    }
    expect(valid).toBeGreaterThan(8);
  });
});
