import * as v from "valibot";
import { beforeAll, describe, it } from "vitest";
import { asOf } from "../core/bars/columns.ts";
import { PARAMS } from "../core/params.ts";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import { StudyReport } from "../protocol/rest/study-report.ts";
import { dayOf } from "../testing/builders/signal-builder.ts";
import { STUDY_SESSIONS, studyMarket } from "../testing/builders/study-market.ts";
import { claimsOf, headlineOf, limitsOf, percent, standingOf, standingText } from "./claims.ts";
import { groupsOf } from "./groups.ts";
import type { Measured } from "./measure.ts";
import { chartOfIntervals, chartsOf } from "./report-charts.ts";
import { reportMarkdown } from "./report-markdown.ts";
import { runStudy } from "./study.ts";

const NONE = { mean: null, median: null, win: null, without_best: null, low: null, high: null };

/** An entry of a year, a grade and a gate that moved by `change` over 5 sessions and touched its stop or target. */
function madeEntry(change: number, overrides: Partial<Measured> = {}): Measured {
  const measures = { change, r: change / 0.08, excessUniverse: change, excessIndex: null, best: 0, worst: 0 };
  return {
    entry: {
      cohort: "signal_open",
      share: 0,
      ticker: "700000",
      market: "KOSPI",
      session: 0,
      signalId: "700000.20250102.20250301",
      grade: "B",
      contractions: 2,
      gate: "GREEN",
      entered: 1,
      price: 100,
      stop: 92,
      target: 116,
    },
    day: dayOf("2025-01-03"),
    month: "2025-01",
    year: "2025",
    horizons: { 5: measures, 10: null, 20: null, 60: null },
    touch: change < 0 ? { kind: "stop", session: 2, price: 92 } : { kind: "target", session: 3, price: 116 },
    ...overrides,
  };
}

const SAMPLE: StudyReport["sample"] = {
  tickers: 3,
  first_session: "2024-01-02",
  last_session: "2025-06-13",
  sessions: 300,
  judged_from: "2025-01-02",
  judged_sessions: 48,
  mean_eligible: 2,
  ended_early: 0,
};

describe("groups", () => {
  const bests = Array.from({ length: 20 }, () => madeEntry(0.1));
  const worsts = Array.from({ length: 20 }, () => madeEntry(-0.05));

  it("[EV1g] stand by all, grade, contractions, year and gate, in this order", ({ expect }) => {
    const graded = madeEntry(0.1);
    const other = {
      ...graded,
      year: "2024",
      entry: { ...graded.entry, grade: "A" as const, contractions: 4, gate: "RED" as const },
    };
    const groups = groupsOf([graded, other]).map(({ by, key, entries }) => `${by} ${key} ${entries}`);
    expect(groups).toEqual([
      "all all 2",
      "grade A 1",
      "grade B 1",
      "contractions 2T 1",
      "contractions 4T 1",
      "year 2024 1",
      "year 2025 1",
      "gate GREEN 1",
      "gate RED 1",
    ]);
  });

  it("[EV1g] count shares of stop and target, and what leaving there gave", ({ expect }) => {
    const [all] = groupsOf([...bests, ...worsts]);
    expect(all?.touch).toMatchObject({ decided: 40, open: 0, stop: 0.5, target: 0.5, none: 0 });
    expect(all?.touch.r).toMatchObject({ n: 40, mean: 0.5, win: 0.5 });
    expect(all?.horizons["5"]?.change.mean).toBeCloseTo(0.025, 12);
    expect(all?.horizons["5"]?.excess_index).toEqual({ n: 0, months: 0, ...NONE });
    expect(all?.horizons["10"]?.change).toEqual({ n: 0, months: 0, ...NONE });
  });

  it("[EV1g] an entry that touched neither left at the last close, and counts only when that is known", ({
    expect,
  }) => {
    const held = madeEntry(0.04, { touch: { kind: "none" } });
    const known = { ...held, horizons: { ...held.horizons, 60: held.horizons[5] } };
    const [all] = groupsOf(Array.from({ length: 30 }, () => known));
    expect(all?.touch).toMatchObject({ none: 1, stop: 0 });
    expect(all?.touch.r.mean).toBeCloseTo(0.5, 12);
    const [open] = groupsOf([...bests, ...worsts, madeEntry(0.1, { touch: null })]);
    expect(open?.touch).toMatchObject({ decided: 40, open: 1 });
  });

  it("[EV3] show n alone below 30", ({ expect }) => {
    const [all] = groupsOf(bests);
    expect(all?.touch).toEqual({
      decided: 20,
      open: 0,
      stop: null,
      target: null,
      none: null,
      r: { n: 20, months: 1, ...NONE },
    });
    expect(all?.horizons["5"]?.change).toEqual({ n: 20, months: 1, ...NONE });
  });
});

describe("what is claimed", () => {
  it.for([
    [{ mean: 0.02, months: 24, low: 0.01, high: 0.03 }, "significant", "the interval leaves 0 out"],
    [{ mean: -0.02, months: 24, low: -0.03, high: -0.01 }, "significant", "the interval leaves 0 out"],
    [{ mean: 0.02, months: 11, low: 0.01, high: 0.03 }, "few_months", "11 months are too few"],
    [{ mean: 0.01, months: 24, low: -0.01, high: 0.03 }, "not_significant", "not significant"],
    [{ mean: 0.02, months: 24, low: 0, high: 0.03 }, "not_significant", "not significant"],
    [{ mean: 0.02, months: 5, low: null, high: null }, null, "no interval: fewer than 6 months"],
    [{ mean: null, months: 24, low: null, high: null }, null, "no number: fewer than 30 cases"],
  ] as const)("[EV1h] %o stands as %s", ([figure, standing, text], { expect }) => {
    expect(standingOf(figure)).toBe(standing);
    expect(standingText(figure)).toContain(text);
  });

  it("[EV1h] names the days on which the thresholds were chosen when they are studied", ({ expect }) => {
    const at = (first: string, last: string): string =>
      limitsOf({
        sample: { ...SAMPLE, judged_from: first, last_session: last },
        version: "vcp-1",
        judged: { exchanges: new Set(["KRX"] as const), first: dayOf(first), last: dayOf(last) },
        months: 3,
        withInstruments: true,
        madeUp: false,
        notes: ["Bars of a friend."],
      }).join(" ");
    expect(at("2025-06-16", "2026-05-29")).toContain("In-sample");
    expect(at("2025-06-18", "2026-05-29")).not.toContain("In-sample");
    expect(at("2025-06-18", "2026-05-29")).toContain("names that left the exchange are missing");
    expect(at("2025-06-18", "2026-05-29")).toContain(
      "3 months with a signal: an interval drawn from fewer than 12",
    );
    expect(at("2025-06-18", "2026-05-29")).toContain("Bars of a friend.");
  });
});

describe("pictures", () => {
  it("[EV3] draw no mark for fewer than 30 cases, and show their number", ({ expect }) => {
    const row = { label: "grade A", n: 12, mean: null, low: null, high: null };
    const empty = chartOfIntervals("Nothing", [row]);
    expect(empty).not.toContain("<circle");
    expect(empty).toContain("n = 12: none");
    const full = chartOfIntervals("a < b & c", [row, { ...row, n: 40, mean: 0.02, low: -0.01, high: 0.05 }]);
    expect(full.match(/<circle/g)).toHaveLength(1);
    expect(full).toContain("<title>a &lt; b &amp; c</title>");
    expect(full).not.toContain("NaN");
  });

  it("[EV1g] place a mean where its axis has it", ({ expect }) => {
    const svg = chartOfIntervals("Axis", [{ label: "x", n: 40, mean: 0, low: -0.04, high: 0.06 }]);
    const dot = /<circle cx="([\d.]+)"/.exec(svg)?.[1];
    const zero = /<line x1="([\d.]+)"[^>]*stroke="#444"/.exec(svg)?.[1];
    expect(dot).toBe(zero);
    expect(dot).toBeDefined();
  });
});

describe("a whole study", () => {
  let report: StudyReport;
  beforeAll(() => {
    report = runStudy(studyMarket(), ["The bars are made up."]);
  });

  it("[EV1] is data of its schema, with the parameters whole, the trials and the seed", ({ expect }) => {
    expect(v.parse(StudyReport, JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report).toMatchObject({ params_version: PARAMS.version, seed: 1 });
    expect(report.params).toEqual(PARAMS);
    expect(report.sample).toMatchObject({ tickers: 44, sessions: 345, judged_sessions: 72, ended_early: 0 });
  });

  it("[EV1g] counts every occasion, and every entry in one group of each kind", ({ expect }) => {
    for (const { cohort, occasions, entries, refused, groups } of report.cohorts) {
      const out = Object.values(refused).reduce((sum, count) => sum + count, 0);
      expect(entries + out, cohort).toBe(occasions);
      for (const by of ["all", "year", "gate"] as const) {
        const parts = groups.filter((group) => group.by === by);
        expect(parts.reduce((sum, group) => sum + group.entries, 0)).toBe(entries);
      }
    }
  });

  it("[EV1f] names drawn by lot have an excess of about nothing", ({ expect }) => {
    const random = report.cohorts.find(({ cohort }) => cohort === "random_open");
    const excess = random?.groups[0]?.horizons["5"]?.excess_universe;
    expect(excess?.n).toBeGreaterThan(1_000);
    expect(Math.abs(excess?.mean ?? 1)).toBeLessThan(0.003);
  });

  it("[EV1h] states first that nothing is significant in five months, and its limits", ({ expect }) => {
    expect(headlineOf(report)).toMatch(/^(No significant edge|Too few cases)/);
    const text = reportMarkdown(report, ["one.svg"]);
    for (const stated of [
      headlineOf(report),
      ...claimsOf(report),
      ...report.limits,
      "The bars are made up.",
    ]) {
      expect(text).toContain(stated);
    }
    expect(text.indexOf(headlineOf(report))).toBeLessThan(200);
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(claimsOf(report).at(-1)).toContain("The yardstick's own error");
    expect(claimsOf(report).some((claim) => claim.endsWith("the interval leaves 0 out."))).toBe(false);
  });

  it("[EV3] carries no number of fewer than 30 cases anywhere", ({ expect }) => {
    const figures: { readonly n: number; readonly mean: unknown; readonly low: unknown }[] = [];
    const walk = (value: unknown): void => {
      if (typeof value === "object" && value !== null) {
        const figure = v.safeParse(v.object({ n: v.number(), mean: v.unknown(), low: v.unknown() }), value);
        if (figure.success) {
          figures.push(figure.output);
        }
        Object.values(value).forEach(walk);
      }
    };
    walk(report);
    const few = figures.filter(({ n }) => n < 30);
    expect(few.length).toBeGreaterThan(10);
    expect(figures.length).toBeGreaterThan(few.length + 10);
    expect(few.every(({ mean, low }) => mean === null && low === null)).toBe(true);
  });

  it("[EV1] of too few bars has no session and states so", ({ expect }) => {
    const market = studyMarket();
    const short = market.listings.map((one) => ({
      ...one,
      columns: asOf(one.columns, STUDY_SESSIONS[200] ?? tradingDayOf(0)),
    }));
    const nothing = runStudy({ ...market, listings: short, sessions: STUDY_SESSIONS.slice(0, 201) }, []);
    expect(nothing.sample).toMatchObject({ judged_from: null, judged_sessions: 0, mean_eligible: null });
    expect(nothing.limits).toEqual(["Too few bars: no session could be judged."]);
    expect(Object.keys(chartsOf(nothing))).toEqual(["excess-by-horizon.svg", "excess-by-group.svg"]);
    expect(percent(null)).toBe("–");
  });
});
