/** Every term of the score at its ends, the sum of random bases beside a second computation, and SC9 as a property. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { barsOf, candidateOf } from "../../testing/builders/bar-builder.ts";
import { naiveTerms } from "../../testing/oracle/naive-score.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { type BaseTerms, baseTerms, clip, leaderTerms, sumOf } from "./score.ts";

type Turns = readonly (readonly [high: number, low: number])[];

/** Legs that turn at these bars from `highs` to `lows`; every other bar lies between, at `close`. */
function base(
  turns: Turns,
  highs: readonly number[],
  lows: readonly number[],
  shape: (k: number) => Partial<Row> = () => ({}),
): Row[] {
  const high = new Map(turns.map(([bar], leg) => [bar, highs[leg]]));
  const low = new Map(turns.map(([, bar], leg) => [bar, lows[leg]]));
  return barsOf(100, (k) => {
    const [top, bottom] = [high.get(k), low.get(k)];
    return { ...(top && { high: top }), ...(bottom && { low: bottom }), close: 9_500, ...shape(k) };
  });
}

const TURNS: Turns = [
  [30, 45],
  [55, 65],
  [75, 85],
];

function terms(
  highs: readonly number[],
  lows: readonly number[],
  shape: (k: number) => Partial<Row> = () => ({}),
  mean200 = Number.NaN,
): BaseTerms {
  const turns = TURNS.slice(0, highs.length);
  return baseTerms(candidateOf(base(turns, highs, lows, shape), turns), mean200, PARAMS);
}

const HIGH = [10_000, 10_000, 10_000];

describe("score of a base", () => {
  it("[SC2] pays for tight, many, shallow and steadily shrinking contractions", ({ expect }) => {
    // 20 %, 10 %, 5 %: g and every ratio are 0.5.
    const full = terms(HIGH, [8_000, 9_000, 9_500]);
    expect(full.contractionRatio).toBeCloseTo(12, 9);
    expect(full.contractionCount).toBeCloseTo(16 / 3, 9);
    expect(full.contractionLast).toBeCloseTo((6 * 7) / 9, 9);
    expect(full.contractionWorst).toBeCloseTo(4, 9);
    // Two legs, 15 % and 12 %: g = r = 0.8.
    const least = terms(HIGH.slice(1), [8_500, 8_800]);
    expect(least.contractionRatio).toBeCloseTo(4.8, 9);
    expect(least.contractionCount).toBeCloseTo(8 / 3, 9);
    expect(least.contractionLast).toBeCloseTo(0, 9);
    expect(least.contractionWorst).toBeCloseTo(0, 9);
    // A last leg of 3 % and less earns all six points.
    expect(terms(HIGH, [8_000, 9_000, 9_700]).contractionLast).toBeCloseTo(6, 9);
    expect(terms(HIGH, [8_000, 9_000, 9_800]).contractionLast).toBe(6);
  });

  it("[SC3] pays for volume that dries up before today and from the first leg to the last", ({ expect }) => {
    const dried = (last: number): BaseTerms =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) => ({ volume: k >= 94 && k < 99 ? last : 1_000 }));
    // dry = x / ((45 + 5 x) / 50) for a last share of x: 0.4 at x = 0.375.
    expect(dried(375).volumeDryUp).toBeCloseTo(9, 9);
    expect(dried(1_000).volumeDryUp).toBeCloseTo(0, 9);
    expect(dried(2_000).volumeDryUp).toBe(0);
    // Today's volume is not among the five.
    expect(terms(HIGH, [8_000, 9_000, 9_500], (k) => ({ volume: k === 99 ? 1 : 1_000 })).volumeDryUp).toBe(0);
    const trend = (last: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) => ({ volume: k >= 75 && k <= 85 ? last : 1_000 })).volumeTrend;
    expect(trend(400)).toBeCloseTo(6, 9);
    expect(trend(700)).toBeCloseTo(3, 9);
    expect(trend(1_000)).toBeCloseTo(0, 9);
  });

  it("[SC3] pays three points when the lowest of ten volumes is among the smallest twentieth of the base", ({
    expect,
  }) => {
    // The base has 70 bars (30..99): the four smallest count.
    const smaller = (count: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) => ({
        volume: k >= 40 && k < 40 + count ? 10 : k === 95 ? 20 : 1_000,
      })).volumeLow;
    expect(smaller(3)).toBe(3);
    expect(smaller(4)).toBe(0);
    // The lowest of the last ten, not of the last eleven.
    const at = (bar: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) => ({ volume: k === bar ? 5 : k < 50 ? 100 : 1_000 })).volumeLow;
    expect(at(90)).toBe(3);
    expect(at(89)).toBe(0);
  });

  it("[SC3] pays two points when closes up carry more volume; an unchanged close carries none", ({
    expect,
  }) => {
    const pressure = (up: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) =>
        k === 50
          ? { close: 9_600, volume: up }
          : k === 51
            ? { close: 9_500, volume: 1_000 }
            : { volume: 5_000 },
      ).volumeUpDown;
    expect(pressure(1_001)).toBe(2);
    expect(pressure(1_000)).toBe(0);
    expect(pressure(999)).toBe(0);
  });

  it("[SC4] pays for nearness to the pivot: nothing at -8 % and +5 %, all from -2 % to +2 %", ({
    expect,
  }) => {
    const near = (close: number): number =>
      terms(HIGH, [8_000, 9_000, 9_150], (k) => (k === 99 ? { close } : {})).pivotProximity;
    expect(near(9_200)).toBeCloseTo(0, 9);
    expect(near(9_500)).toBeCloseTo(4, 9);
    expect(near(9_790)).toBeCloseTo((8 * 5.9) / 6, 9);
    expect(near(9_810)).toBe(8);
    expect(near(10_190)).toBe(8);
    expect(near(10_350)).toBeCloseTo(4, 9);
    expect(near(10_500)).toBeCloseTo(0, 9);
    expect(near(9_100)).toBe(0);
  });

  it("[SC4] pays for ten bars that are tight against fifty, and nothing without a range", ({ expect }) => {
    const tight = (low: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) =>
        k === 95
          ? { low, high: 9_500 }
          : k === 60
            ? { low: 8_500, high: 9_500 }
            : k === 75
              ? { high: 9_500 }
              : k === 55
                ? { high: 9_500 }
                : k === 65
                  ? { low: 8_500 }
                  : {},
      ).pivotTightness;
    // R50 is 1,000: R10 of 300, 550 and 800.
    expect(tight(9_200)).toBeCloseTo(4, 9);
    expect(tight(8_950)).toBeCloseTo(2, 9);
    expect(tight(8_700)).toBeCloseTo(0, 9);
    const turns: Turns = [
      [10, 20],
      [25, 30],
    ];
    const still = base(turns, HIGH.slice(1), [8_000, 9_000]);
    expect(baseTerms(candidateOf(still, turns), Number.NaN, PARAMS).pivotTightness).toBe(0);
  });

  it("[SC4] pays for little overhead", ({ expect }) => {
    const overhead = (top: number): number =>
      terms([top, 10_000, 10_000], [8_000, 9_000, 9_500]).pivotOverhead;
    expect(overhead(10_000)).toBe(3);
    expect(overhead(10_500)).toBeCloseTo(1.5, 9);
    expect(overhead(11_000)).toBeCloseTo(0, 9);
  });

  it("[SC6] takes 15 points for a wide and loose end", ({ expect }) => {
    const loose = (low: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], (k) =>
        k === 95 ? { low, high: 10_000 } : k === 99 ? { close: 10_000 } : {},
      ).penaltyLoose;
    expect(loose(8_500)).toBe(0);
    expect(loose(8_499)).toBe(-15);
  });

  it("[SC6] takes 8 points for a V: up again in less than 0.3 of the bars of the fall", ({ expect }) => {
    const vShape = (second: number): number => {
      const turns: Turns = [
        [30, 50],
        [second, 70],
      ];
      return baseTerms(candidateOf(base(turns, HIGH.slice(1), [8_000, 9_000]), turns), Number.NaN, PARAMS)
        .penaltyVShape;
    };
    expect(vShape(56)).toBe(0);
    expect(vShape(55)).toBe(-8);
  });

  it("[SC6] takes 5 points above 1.5 x MA200, and none when there is no such mean", ({ expect }) => {
    const stretched = (mean200: number): number =>
      terms(HIGH, [8_000, 9_000, 9_500], () => ({ close: 9_600 }), mean200).penaltyStretched;
    expect(stretched(6_400)).toBe(0);
    expect(stretched(6_399)).toBe(-5);
    expect(stretched(Number.NaN)).toBe(0);
  });

  it("[SC2] [SC3] [SC4] [SC6] equals the second computation on any legs", ({ expect }) => {
    const counts = fc.integer({ min: 2, max: 6 });
    fc.assert(
      fc.property(counts, fc.nat(1_000_000), (count, seed) => {
        const random = makeRandom(seed);
        let close = 10_000;
        const rows = barsOf(260, () => {
          const open = close;
          close = Math.round(close * (1 + 0.05 * (random() - 0.5)));
          const [high, low] = [Math.max(open, close) + 20, Math.min(open, close) - 20];
          return { open, high, low, close, volume: Math.ceil(1e5 * random()) };
        });
        const places = Array.from({ length: 2 * count }, () => 60 + Math.floor(190 * random()));
        const bars = [...new Set(places)].toSorted((a, b) => a - b);
        const turns = Array.from({ length: bars.length >> 1 }, (_, i): readonly [number, number] => [
          bars[2 * i] ?? 0,
          bars[2 * i + 1] ?? 0,
        ]);
        fc.pre(
          turns.length >= 2 && turns.every(([high, low]) => (rows[low]?.low ?? 0) < (rows[high]?.high ?? 0)),
        );
        const legs = turns.map(([high, low]) => ({
          highDay: rows[high]?.day ?? 0,
          lowDay: rows[low]?.day ?? 0,
        }));
        const mean200 = rows.slice(-200).reduce((sum, row) => sum + row.close, 0) / 200;
        const naive = naiveTerms({ bars: rows, legs, passed: 0, rs: null, gap: null, mean200 });
        for (const [term, points] of Object.entries(baseTerms(candidateOf(rows, turns), mean200, PARAMS))) {
          expect(points, term).toBeCloseTo(new Map(Object.entries(naive)).get(term) ?? Number.NaN, 9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("[SC9] never pays more for a deeper last contraction", ({ expect }) => {
    const depth = fc.integer({ min: 5, max: 1_200 });
    const first = fc.integer({ min: 1_300, max: 4_500 });
    const middle = fc.integer({ min: 300, max: 1_299 });
    fc.assert(
      fc.property(depth, depth, first, middle, fc.boolean(), (a, b, d1, d2, late) => {
        const [shallow, deep] = [Math.min(a, b), Math.max(a, b)];
        // The turns stay; bar 52 is the lowest of the last fifty, so that their range does not depend on the last low.
        const turns: Turns = [
          [30, 52],
          [62, 70],
          [80, late ? 92 : 85],
        ];
        const scoreOf = (last: number): number => {
          const rows = base(turns, HIGH, [10_000 - d1, 10_000 - d2, 10_000 - last], () => ({ close: 9_990 }));
          return sumOf(baseTerms(candidateOf(rows, turns), Number.NaN, PARAMS));
        };
        expect(scoreOf(deep)).toBeLessThanOrEqual(scoreOf(shallow) + 1e-9);
      }),
      { numRuns: 300 },
    );
  });
});

describe("score of a leader", () => {
  it("[SC1] pays 14 points for eight passes and six from a rating of 70 to 99", ({ expect }) => {
    expect(leaderTerms(8, 99, null)).toMatchObject({ trendPassed: 14, trendRs: 6 });
    expect(leaderTerms(6, 70, null)).toMatchObject({ trendPassed: 10.5, trendRs: 0 });
    expect(leaderTerms(0, 50, null)).toMatchObject({ trendPassed: 0, trendRs: 0 });
    expect(leaderTerms(8, 84.5, null).trendRs).toBeCloseTo(3, 12);
  });

  it("[SC5] pays ten points for the rating and five for a line at its high, none 5 % below", ({ expect }) => {
    expect(leaderTerms(8, 99, 0)).toMatchObject({ leadershipRs: 10, leadershipLine: 5 });
    expect(leaderTerms(8, 49.5, 0.025)).toMatchObject({ leadershipRs: 5, leadershipLine: 2.5 });
    expect(leaderTerms(8, 1, 0.05).leadershipLine).toBe(0);
    expect(leaderTerms(8, 1, 0.2).leadershipLine).toBe(0);
  });

  it("[SC7] marks a missing rating and a missing line as missing; they count 0", ({ expect }) => {
    const missing = leaderTerms(4, null, null);
    expect(missing).toEqual({ trendPassed: 7, trendRs: null, leadershipRs: null, leadershipLine: null });
    expect(sumOf(missing)).toBe(7);
    expect([clip(-0.1), clip(0.5), clip(1.1)]).toEqual([0, 0.5, 1]);
  });
});
