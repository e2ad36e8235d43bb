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

/** 70 points of fourteen terms; with a rating of 99 and averages that lie apart 82.5. */
const TERMS: BaseTerms = {
  leaderAdvance: 5,
  baseFirst: 5,
  baseLast: 5,
  baseCount: 5,
  baseWidest: 5,
  quietShelf: 5,
  quietWidth: 5,
  quietWeek: 5,
  quietRange: 5,
  quietVolume: 5,
  pivotDistance: 5,
  pivotOverhead: 5,
  rightTime: 5,
  rightHeight: 5,
};

/** Eight of eight with a rating of 70 or more. */
const TREND: Trend = named<Trend>({
  close: 150,
  mean50: 140,
  mean150: 121,
  mean150Before: 118,
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

/** The base's points chosen so that the whole score is `score` with a rating of 99. */
function scoring(score: number): BaseTerms {
  return { ...TERMS, baseFirst: 5 + score - 82.5 };
}

/** Six passes: the mean of 200 falls and the price is too little above the year's low. */
const SIX = named<Trend>({ ...TREND, mean200Before: 111, yearLow: 120 });
const { limit, keep } = PARAMS.form.SC;

describe("conclude", () => {
  it("[SC1] adds the leader's terms to the base's and shows every one", ({ expect }) => {
    const concluded = verdict({});
    expect(concluded.scoreTerms).toEqual({ ...TERMS, leaderRs: 6.25, leaderTrend: 6.25 });
    expect(concluded).toMatchObject({ passed: 8, valid: true, detected: true, nearMiss: null });
    expect(concluded.score).toBeCloseTo(82.5, 9);
  });

  it("[SC7] gives at most B without a rating, and names the missing term", ({ expect }) => {
    const concluded = verdict({ rsRaw: null }, null);
    expect(concluded.scoreTerms).toMatchObject({ leaderRs: null, leaderTrend: 6.25 });
    expect(concluded.score).toBeCloseTo(76.25, 9);
    expect(concluded).toMatchObject({ detected: true, grade: "B" });
  });

  it("[FM2] [SC10] detects what has the points that are asked for, and not a hair less", ({ expect }) => {
    expect(verdict({ terms: scoring(limit) })).toMatchObject({ valid: true, detected: true, grade: "C" });
    const low = verdict({ terms: scoring(limit - 0.01) });
    expect(low).toMatchObject({ valid: true, grade: "D", detected: false });
    expect(low.nearMiss).toMatchObject({ rule: "SC", threshold: limit });
    expect(low.nearMiss?.value).toBeCloseTo(limit - 0.01, 9);
    expect(low.nearMiss?.base).toEqual(low.base);
  });

  it("[FM2] [SC10] detects nothing of a share that fails a rule of the share", ({ expect }) => {
    const few = verdict({ trend: SIX });
    expect(few).toMatchObject({ valid: true, passed: 6, grade: "D", detected: false });
    expect(few.nearMiss).toMatchObject({
      rule: "TT",
      value: 6,
      threshold: PARAMS.form.TT.limit,
      base: few.base,
    });
    const weak = verdict({}, PARAMS.form.RS.limit - 1);
    expect(weak.nearMiss).toMatchObject({ rule: "RS", value: PARAMS.form.RS.limit - 1 });
    expect(verdict({}, PARAMS.form.RS.limit).nearMiss?.rule).not.toBe("RS");
  });

  it("[SC10] a pattern that stands is asked the limits that keep", ({ expect }) => {
    const standing = (finding: Partial<Finding>, rs = 99): Verdict =>
      conclude({ ...FINDING, ...finding }, rs, barDay(299), PARAMS, "keep");
    expect(keep).toBeLessThan(limit);
    expect(standing({ terms: scoring(keep) }).detected).toBe(true);
    expect(standing({ terms: scoring(keep - 0.01) }).nearMiss).toMatchObject({ rule: "SC", threshold: keep });
    expect(standing({ trend: SIX }).detected).toBe(PARAMS.form.TT.keep <= 6);
    expect(standing({}, PARAMS.form.RS.keep).detected).toBe(true);
    expect(standing({}, PARAMS.form.RS.keep - 1).nearMiss).toMatchObject({ rule: "RS" });
  });

  it("[SC10] detects nothing that may not be listed, whatever its base", ({ expect }) => {
    const eligibility = { ok: false, reason: "EL2", value: "caution", threshold: null } as const;
    const concluded = verdict({ eligibility });
    expect(concluded).toMatchObject({ valid: true, detected: false, grade: "D" });
    expect(concluded.nearMiss).toEqual({
      rule: "EL2",
      value: "caution",
      threshold: null,
      base: concluded.base,
    });
  });

  it("[SC10] [NM1] reports the rule that the search found when no base stands", ({ expect }) => {
    const nearMiss = { rule: "CT1", value: 1, threshold: 2, base: makeBase() } as const;
    const concluded = verdict({ base: null, terms: null, nearMiss });
    expect(concluded).toMatchObject({ valid: false, detected: false, grade: null, score: null, nearMiss });
  });

  it("[BR5] [SC8] lists a young share with 120 bars as C, and none with fewer", ({ expect }) => {
    const young = { flags: ["young"], rsRaw: null } as const;
    const listed = verdict({ ...young, bars: 120 }, null);
    expect(listed).toMatchObject({ passed: 0, grade: "C", detected: true });
    expect(listed.template.every(({ result }) => result === "unavailable")).toBe(true);
    const short = verdict({ ...young, bars: 119 }, null);
    expect(short).toMatchObject({ grade: "D", detected: false });
    expect(short.nearMiss).toMatchObject({ rule: "too_short", value: 119, threshold: 120 });
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
