/** The eight conditions, each just inside and just outside, and what they read from the bars. */
import { describe, it } from "vitest";
import { barsOf, timeOf } from "../../testing/builders/bar-builder.ts";
import { type Bare, named } from "../../testing/builders/bare.ts";
import { PARAMS } from "../params.ts";
import { passedOf, type Trend, trendOf, trendTemplate } from "./trend-template.ts";
import type { TemplateRule, TemplateTerm } from "./verdict.ts";

/** Passes all eight by far. */
const LEADER: Trend = named<Trend>({
  close: 150,
  mean50: 140,
  mean150: 120,
  mean150Before: 118,
  mean200: 110,
  mean200Before: 105,
  yearHigh: 160,
  yearLow: 80,
});

function term(
  id: TemplateRule,
  trend: Bare<Partial<Trend>>,
  rs: number | null = 90,
): TemplateTerm | undefined {
  return trendTemplate(named<Trend>({ ...LEADER, ...trend }), rs, true, PARAMS).find((one) => one.id === id);
}

function resultOf(id: TemplateRule, trend: Bare<Partial<Trend>>): string | undefined {
  return term(id, trend)?.result;
}

describe("trend template", () => {
  it("[TT1] asks for a close above both long means; equal is not above", ({ expect }) => {
    expect(term("TT1", {})).toEqual({ id: "TT1", value: 150, threshold: 120, result: "pass" });
    expect(resultOf("TT1", { close: 120.01 })).toBe("pass");
    expect(resultOf("TT1", { close: 120 })).toBe("fail");
    expect(term("TT1", { close: 121, mean200: 121 })).toMatchObject({ threshold: 121, result: "fail" });
  });

  it("[TT2] asks for MA150 above MA200", ({ expect }) => {
    expect(term("TT2", {})).toEqual({ id: "TT2", value: 120, threshold: 110, result: "pass" });
    expect(resultOf("TT2", { mean150: 110.01 })).toBe("pass");
    expect(resultOf("TT2", { mean150: 110 })).toBe("fail");
  });

  it("[TT3] asks for MA200 above its value 22 bars ago", ({ expect }) => {
    expect(term("TT3", {})).toEqual({ id: "TT3", value: 110, threshold: 105, result: "pass" });
    expect(resultOf("TT3", { mean200Before: 109.99 })).toBe("pass");
    expect(resultOf("TT3", { mean200Before: 110 })).toBe("fail");
  });

  it("[TT4] asks for MA50 above both long means", ({ expect }) => {
    expect(term("TT4", {})).toEqual({ id: "TT4", value: 140, threshold: 120, result: "pass" });
    expect(resultOf("TT4", { mean50: 120 })).toBe("fail");
    expect(resultOf("TT4", { mean50: 120.01 })).toBe("pass");
    expect(resultOf("TT4", { mean50: 121, mean200: 121 })).toBe("fail");
  });

  it("[TT5] asks for a close above MA50", ({ expect }) => {
    expect(term("TT5", {})).toEqual({ id: "TT5", value: 150, threshold: 140, result: "pass" });
    expect(resultOf("TT5", { close: 140 })).toBe("fail");
    expect(resultOf("TT5", { close: 140.01 })).toBe("pass");
  });

  it("[TT6] asks for 30 % above the year's low, and takes 30 %", ({ expect }) => {
    expect(term("TT6", {})).toEqual({ id: "TT6", value: 150, threshold: 104, result: "pass" });
    expect(resultOf("TT6", { close: 130, yearLow: 100 })).toBe("pass");
    expect(resultOf("TT6", { close: 129.99, yearLow: 100 })).toBe("fail");
  });

  it("[TT7] asks for at most 25 % below the year's high, and takes 25 %", ({ expect }) => {
    expect(term("TT7", {})).toEqual({ id: "TT7", value: 150, threshold: 120, result: "pass" });
    expect(resultOf("TT7", { yearHigh: 200 })).toBe("pass");
    expect(resultOf("TT7", { yearHigh: 200.01 })).toBe("fail");
  });

  it("[TT8] asks for a rating of 70; without a rating it neither passes nor fails", ({ expect }) => {
    expect(term("TT8", {}, 70)).toEqual({ id: "TT8", value: 70, threshold: 70, result: "pass" });
    expect(term("TT8", {}, 69)?.result).toBe("fail");
    expect(term("TT8", {}, null)).toMatchObject({ value: null, result: "unavailable" });
    expect(passedOf(trendTemplate(LEADER, null, true, PARAMS))).toBe(7);
    expect(passedOf(trendTemplate(LEADER, 90, true, PARAMS))).toBe(8);
  });

  it("[BR5] [TT8] is unavailable as a whole for a young share, and nothing passes", ({ expect }) => {
    const young = trendTemplate(LEADER, null, false, PARAMS);
    expect(young.map(({ result }) => result)).toEqual(Array.from({ length: 8 }, () => "unavailable"));
    expect(passedOf(young)).toBe(0);
  });

  it("[TT1] [TT3] takes plain means of the last 50, 150 and 200 closes, and of the 200 that ended 22 bars ago", ({
    expect,
  }) => {
    // Closes 1, 2, 3, ...: the mean of the last n is the last close less (n - 1) / 2.
    const trend = trendOf(timeOf(barsOf(300, (k) => ({ close: k + 1 }))), 252);
    expect(trend).toMatchObject({ close: 300, mean50: 275.5, mean150: 225.5, mean200: 200.5 });
    expect(trend.mean200Before).toBe(178.5);
  });

  it("[TT6] [TT7] reads the extremes of 252 bars, today's included, from highs and lows", ({ expect }) => {
    const extremes = (at: number): Trend =>
      trendOf(timeOf(barsOf(300, (k) => (k === at ? { high: 20_000, low: 5_000 } : {}))), 252);
    // The last 252 of 300 bars begin with bar 48.
    expect(extremes(47)).toMatchObject({ yearHigh: 10_000, yearLow: 10_000 });
    expect(extremes(48)).toMatchObject({ yearHigh: 20_000, yearLow: 5_000 });
    expect(extremes(299)).toMatchObject({ yearHigh: 20_000, yearLow: 5_000 });
  });
});
