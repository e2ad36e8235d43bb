/** The second half of a verdict: from a finding and a rating to grade, listing and the rule in the way. */
import { describe, it } from "vitest";
import { barDay } from "../../testing/builders/bar-builder.ts";
import { makeBase } from "../../testing/builders/signal-builder.ts";
import { conclude, type Finding } from "./conclude.ts";
import type { Trend } from "../vcp/trend-template.ts";
import { named } from "../../testing/builders/bare.ts";
import { priceOf, tickerOf } from "../nominal.ts";
import { PARAMS } from "../params.ts";
import type { BaseTerms } from "../vcp/score.ts";
import type { Verdict } from "../vcp/verdict.ts";

/** 46 points; with eight passes, a rating of 99 and a line at its high 81. */
const TERMS: BaseTerms = {
  contractionRatio: 8,
  contractionCount: 5,
  contractionLast: 4,
  contractionWorst: 3,
  volumeDryUp: 6,
  volumeTrend: 4,
  volumeLow: 3,
  volumeUpDown: 0,
  pivotProximity: 8,
  pivotTightness: 2,
  pivotOverhead: 3,
  penaltyLoose: 0,
  penaltyVShape: 0,
  penaltyStretched: 0,
};

/** Eight of eight with a rating of 70 or more. */
const TREND: Trend = named<Trend>({
  close: 150,
  mean50: 140,
  mean150: 120,
  mean200: 110,
  mean200Before: 105,
  yearHigh: 160,
  yearLow: 80,
});

const FINDING: Finding = {
  ticker: tickerOf("000010"),
  instrument: null,
  lastDay: barDay(299),
  close: priceOf(49_000),
  bars: 300,
  eligibility: { ok: true, reason: null, value: null, threshold: null },
  leaderValue: true,
  rsRaw: 0.5,
  ranked: true,
  line: { gap: 0, newHigh: true, leads: false },
  trend: TREND,
  base: makeBase(),
  terms: TERMS,
  nearMiss: null,
  flags: [],
};

function verdict(finding: Partial<Finding>, rs: number | null = 99): Verdict {
  return conclude({ ...FINDING, ...finding }, rs, barDay(299), PARAMS);
}

/** The base's points chosen so that the whole score is `score` with a rating of 99 and a line at its high. */
function scoring(score: number, passed: number): Partial<BaseTerms> & BaseTerms {
  const leader = (14 * passed) / 8 + 6 + 10 + 5;
  return { ...TERMS, contractionRatio: TERMS.contractionRatio + score - 46 - leader };
}

/** Six passes: the mean of 200 falls and the price is too little above the year's low. */
const SIX = named<Trend>({ ...TREND, mean200Before: 111, yearLow: 120 });
const FIVE = named<Trend>({ ...SIX, yearHigh: 250 });

describe("conclude", () => {
  it("[SC1] [SC5] adds the leader's terms to the base's and shows every one", ({ expect }) => {
    const concluded = verdict({});
    expect(concluded.scoreTerms).toEqual({
      ...TERMS,
      trendPassed: 14,
      trendRs: 6,
      leadershipRs: 10,
      leadershipLine: 5,
    });
    expect(concluded).toMatchObject({ score: 81, passed: 8, valid: true, detected: true, nearMiss: null });
  });

  it("[SC6] keeps the sum within 0 and 100", ({ expect }) => {
    expect(verdict({ terms: { ...TERMS, contractionRatio: 60 } }).score).toBe(100);
    expect(verdict({ terms: { ...TERMS, penaltyLoose: -150 } }).score).toBe(0);
  });

  it("[SC7] gives at most B without a rating, and names the missing terms", ({ expect }) => {
    const concluded = verdict({ rsRaw: null, terms: { ...TERMS, contractionRatio: 40 } }, null);
    expect(concluded.scoreTerms).toMatchObject({ trendRs: null, leadershipRs: null });
    // 78 of the base, 7 of 8 passes, the line.
    expect(concluded.score).toBeCloseTo(78 + (14 * 7) / 8 + 5, 9);
    expect(concluded.grade).toBe("B");
  });

  it("[SC10] detects a valid base of grade C, and not one a hair below", ({ expect }) => {
    expect(verdict({ trend: SIX, terms: scoring(50, 6) })).toMatchObject({
      passed: 6,
      grade: "C",
      detected: true,
    });
    const low = verdict({ trend: SIX, terms: scoring(49.9, 6) });
    expect(low).toMatchObject({ valid: true, grade: "D", detected: false });
    expect(low.nearMiss).toMatchObject({ rule: "SC_score", threshold: 50 });
    expect(low.nearMiss?.value).toBeCloseTo(49.9, 9);
    const few = verdict({ trend: FIVE, terms: scoring(80, 5) });
    expect(few).toMatchObject({ passed: 5, grade: "D", detected: false });
    expect(few.nearMiss).toEqual({ rule: "SC_template", value: 5, threshold: 6 });
  });

  it("[SC10] detects nothing that may not be listed, whatever its base", ({ expect }) => {
    const eligibility = { ok: false, reason: "EL2", value: "caution", threshold: null } as const;
    const concluded = verdict({ eligibility });
    expect(concluded).toMatchObject({ valid: true, detected: false });
    expect(concluded.nearMiss).toEqual({ rule: "EL2", value: "caution", threshold: null });
  });

  it("[SC10] reports the rule that the search found when no base stands", ({ expect }) => {
    const nearMiss = { rule: "CT1r", value: 0.9, threshold: 0.8 } as const;
    const concluded = verdict({ base: null, terms: null, nearMiss });
    expect(concluded).toMatchObject({ valid: false, detected: false, grade: null, score: null, nearMiss });
  });

  it("[BR5] [SC8] lists a young share with 120 bars as C, and none with fewer", ({ expect }) => {
    const young = { flags: ["young"], rsRaw: null, terms: { ...TERMS, contractionRatio: 30 } } as const;
    const listed = verdict({ ...young, bars: 120 }, null);
    expect(listed).toMatchObject({ passed: 0, grade: "C", detected: true });
    expect(listed.template.every(({ result }) => result === "unavailable")).toBe(true);
    const short = verdict({ ...young, bars: 119 }, null);
    expect(short).toMatchObject({ grade: "D", detected: false });
    expect(short.nearMiss).toEqual({ rule: "too_short", value: 119, threshold: 120 });
  });

  it("[SC8] caps the grade by what the base would be born as", ({ expect }) => {
    const tight = makeBase({
      contractions: makeBase().contractions.map((leg) => ({ ...leg, depth: 0.05 })),
      state: "UNCONFIRMED",
    });
    expect(verdict({ base: tight }).grade).toBe("A");
    expect(verdict({ base: { ...tight, state: "CONFIRMED" } }).grade).toBe("S");
    expect(verdict({ base: { ...tight, state: "CONFIRMED" }, flags: ["deep"] }).grade).toBe("B");
  });
});
