/** SC: sixteen terms, each at its two ends, and the sum. */
import { describe, it } from "vitest";
import { barsOf } from "../../testing/builders/bar-builder.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { drawPath } from "../../testing/builders/price-path.ts";
import { readingOf, THREE } from "../../testing/builders/reading-builder.ts";
import { named } from "../../testing/builders/bare.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { naiveBars } from "../../testing/oracle/naive-bars.ts";
import { naiveReading } from "../../testing/oracle/naive-reading.ts";
import { naiveTerms } from "../../testing/oracle/naive-score.ts";
import { SPEC_PARAMS } from "../../testing/oracle/spec-numbers.ts";
import { PARAMS } from "../params.ts";
import type { ShareFacts } from "./measures.ts";
import { baseTerms, clip, scoreTerms, sumOf, TERM_POINTS } from "./score.ts";
import type { Trend } from "./trend-template.ts";

const SOUND = readingOf(drawPath(THREE));
const TREND = named<Trend>({
  close: 150,
  mean50: 140,
  mean150: 121,
  mean150Before: 118,
  mean200: 110,
  mean200Before: 105,
  yearHigh: 160,
  yearLow: 80,
});
const FACTS: ShareFacts = { trend: TREND, passed: 8, rs: 99 };
const termsOf = (facts: Partial<ShareFacts>): ReturnType<typeof scoreTerms> =>
  scoreTerms(baseTerms(SOUND, PARAMS), { ...FACTS, ...facts });

describe("the score", () => {
  it("[SC1] has sixteen terms of equal weight, a hundred points in all", ({ expect }) => {
    expect(Object.keys(termsOf({}))).toHaveLength(16);
    expect(TERM_POINTS).toBe(6.25);
    expect(16 * TERM_POINTS).toBe(100);
  });

  it("[SC1] pays the leader for its rating and for averages that lie apart", ({ expect }) => {
    const rated = (rs: number): number | null => termsOf({ rs }).leaderRs;
    expect([rated(70), rated(99), rated(60)]).toEqual([0, 6.25, 0]);
    expect(rated(84.5)).toBeCloseTo(6.25 / 2, 12);
    const apart = (mean150: number): number | null =>
      termsOf({ trend: named<Trend>({ ...TREND, mean150 }) }).leaderTrend;
    expect([apart(110), apart(121), apart(100), apart(150)]).toEqual([0, 6.25, 0, 6.25]);
    expect(apart(115.5)).toBeCloseTo(6.25 / 2, 9);
  });

  it("[SC7] pays nothing for what cannot be measured, and names it", ({ expect }) => {
    const young = termsOf({ rs: null, trend: named<Trend>({ ...TREND, mean200: Number.NaN }) });
    expect([young.leaderRs, young.leaderTrend]).toEqual([null, null]);
    expect(sumOf(termsOf({})) - sumOf(young)).toBeCloseTo(12.5, 9);
  });

  it("[SC7] has a sum also for a share that has no range at all", ({ expect }) => {
    const still = barsOf(187, () => ({ open: 10_000, high: 10_000, low: 10_000, close: 10_000 }));
    const terms = scoreTerms(baseTerms(readingOf(still), PARAMS), FACTS);
    expect(Object.values(terms).filter(Number.isNaN)).toEqual([]);
    expect([terms.quietShelf, terms.quietWeek, terms.rightHeight, terms.baseWidest]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(sumOf(terms)).toBeGreaterThan(0);
  });

  it("[SC1] [SC2] [SC3] equals the second computation on any base", ({ expect }) => {
    const random = makeRandom(11);
    const seen = new Map<string, Set<string>>();
    for (let seed = 0; seed < 300; seed++) {
      const rows = randomSeries(seed).filter((row) => row.volume > 0);
      const until = rows.length - 1;
      const start = Math.max(21, until - 18 - Math.floor(100 * random()));
      const reading = readingOf(rows, start, until);
      const rs = Math.floor(100 * random());
      const naive = naiveReading(naiveBars(rows), start, until, SPEC_PARAMS, PARAMS.base.noiseFloor);
      const wanted = naiveTerms({ reading: naive, rs, over: 0.1 });
      const terms = scoreTerms(baseTerms(reading, PARAMS), { ...FACTS, rs });
      for (const [name, points] of Object.entries({ ...wanted })) {
        const found = new Map<string, number | null>(Object.entries({ ...terms })).get(name);
        expect(found, `${name}, seed ${seed}`).toBeCloseTo(points ?? 0, 9);
        const kind = points === 0 ? "none" : points === 6.25 ? "full" : "some";
        seen.set(name, (seen.get(name) ?? new Set()).add(kind));
      }
    }
    // Every term but that of the fixed averages and of the number was met in between, and most at an end.
    const between = [...seen].filter(([, kinds]) => kinds.has("some")).map(([name]) => name);
    expect(between).toHaveLength(14);
    expect([...seen.values()].filter((kinds) => kinds.size > 1).length).toBeGreaterThan(13);
  });

  it("[SC9] a share of its points falls with the last depth, from 4 % to 12 %", ({ expect }) => {
    const at = (low: number): number | null | undefined => {
      const knots = THREE.map(([bar, price]) => [bar, bar === 173 ? low : price] as const);
      return baseTerms(readingOf(drawPath(knots)), PARAMS).baseLast;
    };
    expect(at(59_000 * 0.94)).toBeCloseTo((6.25 * (12 - 6)) / (12 - 4), 9);
    expect(at(59_000 * 0.95)).toBeGreaterThan(at(59_000 * 0.94) ?? 0);
  });

  it("[SC1] clips a share to 0 and 1", ({ expect }) => {
    expect([clip(-0.1), clip(0.4), clip(1.1)]).toEqual([0, 0.4, 1]);
  });
});
