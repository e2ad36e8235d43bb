import { describe, it } from "vitest";
import { type Columns, columnsOf, type Row, rowAt } from "../../core/bars/columns.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import { LAST_DAY, weekdaysUntil } from "../builders/base-builder.ts";
import { buildMarket } from "../builders/constructed-market.ts";
import { crudeLaw, type CrudeParams, LEADER_CRUDE } from "./crude-filter.ts";
import type { Chart } from "./labels.ts";
import { detectorLaw } from "./law.ts";
import { FAMILIES } from "./laws.ts";
import { GoldMarket } from "./market.ts";
import { parseParamSets } from "./params-file.ts";
import { goldMarket } from "./synthetic-gold.ts";

const BUILT = buildMarket();
const MARKET = goldMarket(BUILT);
const LEADER: Chart = { ticker: tickerOf(BUILT.leader.ticker), day: LAST_DAY };
const FALLING: Chart = { ticker: tickerOf("900020"), day: LAST_DAY };

describe("the shipped law", () => {
  it("[GO4] draws the constructed base: its start, legs, pivot and stop", ({ expect }) => {
    const [leader, falling] = detectorLaw("shipped").find(MARKET, [LEADER, FALLING]);
    expect(leader).toMatchObject({ listed: true, unmet: null });
    expect(leader?.state).not.toBeNull();
    const verdict = MARKET.verdicts(LAST_DAY).get(LEADER.ticker);
    const base = verdict?.base;
    expect(leader?.drawing).toEqual({
      start: base?.contractions[0]?.highDay,
      pivot: base?.pivot,
      stop: base?.stop,
      legs: base?.contractions,
    });
    expect(leader?.drawing?.legs).toHaveLength(3);
    expect(falling).toMatchObject({ listed: false, state: null });
    expect(falling?.unmet).toBeTruthy();
  });

  it("[GO4] a ticker that the bars do not have is not listed, and named", ({ expect }) => {
    const [found] = detectorLaw("shipped").find(MARKET, [{ ticker: tickerOf("999990"), day: LAST_DAY }]);
    expect(found).toEqual({ listed: false, state: null, unmet: "no row", drawing: null });
  });

  it("[GO4] every law finds on a past day what it finds without the days after it", ({ expect }) => {
    const days = BUILT.leader.rows.slice(-40, -1).map(({ day }) => day);
    const charts = days.filter((_, i) => i % 4 === 0).map((day): Chart => ({ ...LEADER, day }));
    const cut = charts.map((chart) => ({ chart, market: goldMarket(BUILT, chart.day) }));
    for (const { members } of FAMILIES) {
      const [law] = members;
      const alone = cut.map(({ chart, market }) => law.find(market, [chart])[0]);
      expect(law.find(MARKET, charts), law.name).toEqual(alone);
    }
    const listed = detectorLaw("shipped").find(MARKET, charts);
    expect(listed.some((one) => one.listed)).toBe(true);
    expect(listed.some((one) => !one.listed)).toBe(true);
  });
});

describe("the filter without a base", () => {
  const last = (bars: Columns, count: number): readonly Row[] =>
    Array.from({ length: count }, (_, i) => rowAt(bars, bars.day.length - count + i));

  /** The conditions that a chart just meets. */
  function exactOf(chart: Chart): CrudeParams {
    const bars = MARKET.barsOf(chart);
    const verdict = MARKET.verdicts(chart.day).get(chart.ticker);
    const close = bars.close.at(-1) ?? Number.NaN;
    const [highs, lows] = [last(bars, 10).map(({ high }) => high), last(bars, 10).map(({ low }) => low)];
    return {
      passed: verdict?.passed ?? 0,
      rs: verdict?.rs ?? 0,
      rising: true,
      below: 1 - close / Math.max(...last(bars, 60).map(({ high }) => high)),
      quiet: (Math.max(...highs) - Math.min(...lows)) / close,
    };
  }

  // The second chart's lowest low of fifteen bars is older than ten.
  const CHARTS = [LEADER, { ...LEADER, day: BUILT.leader.rows.at(-17)?.day ?? LAST_DAY }];

  it.for([
    ["template", "passed", 1],
    ["strength", "rs", 1],
    ["below", "below", -1e-9],
    ["quiet", "quiet", -1e-9],
  ] as const)(
    "[GO5] %s alone, a hair beyond what is measured, takes the leader out",
    ([name, field, hair], { expect }) => {
      for (const chart of CHARTS) {
        const found = (params: CrudeParams): unknown => crudeLaw(params).find(MARKET, [chart])[0];
        const exact = exactOf(chart);
        const met = { ...exact, below: exact.below + 1e-12, quiet: exact.quiet + 1e-12 };
        expect(found(met)).toMatchObject({ listed: true, unmet: null });
        expect(found({ ...met, [field]: exact[field] + hair })).toMatchObject({ listed: false, unmet: name });
      }
    },
  );

  /** One share whose closes are given, oldest first, in its own market. */
  function alone(closes: readonly number[], unlisted: boolean): GoldMarket {
    const days = weekdaysUntil(LAST_DAY, closes.length);
    const rest = { volume: 1e6, value: null, shares: null, base: null };
    const rows = closes.flatMap((close, i): readonly Row[] => {
      const day = days[i];
      return day === undefined
        ? []
        : [{ day, open: close, high: close * 1.001, low: close * 0.999, close, ...rest }];
    });
    const listing = { ticker: LEADER.ticker, instrument: null, unlisted, columns: columnsOf(rows) };
    return new GoldMarket({ listings: [listing], sessions: days, indices: {} });
  }

  const run = (bars: number, close: number): readonly number[] => Array.from({ length: bars }, () => close);
  const growth = (rate: number): readonly number[] =>
    run(260, 10_000).map((close, i) => close * (1 + rate) ** i);

  it.for([
    ["a rise of 0.07 % a bar", growth(0.0007), null],
    ["a 50-day mean 4.6 % over the 200-day one", growth(0.0006), "rising"],
    [
      "a 150-day mean that falls",
      [...run(90, 9_000), ...run(20, 11_500), ...run(100, 10_000), ...run(50, 11_200)],
      "rising",
    ],
    ["a close below the 50-day mean", [...growth(0.0007).slice(0, -1), 10_500], "rising"],
  ] as const)("[GO5] rising: %s", ([, closes, unmet], { expect }) => {
    const any: CrudeParams = { passed: 0, rs: 0, rising: true, below: 1, quiet: 1 };
    const find = (unlisted: boolean, params: CrudeParams): unknown =>
      crudeLaw(params).find(alone(closes, unlisted), [LEADER])[0]?.unmet;
    expect(find(false, any)).toBe(unmet);
    expect(find(false, { ...any, rising: false })).toBeNull();
    expect(find(true, { ...any, rising: false })).toBe("eligible");
  });

  it("[GO5] rising means and template keep a falling share out", ({ expect }) => {
    const open: CrudeParams = { passed: 0, rs: 0, rising: false, below: 1, quiet: 1 };
    const unmet = (params: CrudeParams): unknown => crudeLaw(params).find(MARKET, [FALLING])[0]?.unmet;
    expect(unmet(open)).toBeNull();
    expect(unmet({ ...open, rising: true })).toBe("rising");
    expect(unmet(LEADER_CRUDE)).toBe("template");
  });
});

describe("the bars under a chart", () => {
  it("[GO4] end with its day, hold no halt, and count sessions between two days", ({ expect }) => {
    const day = BUILT.leader.rows.at(-20)?.day ?? LAST_DAY;
    expect(MARKET.barsOf({ ...LEADER, day }).day.at(-1)).toBe(day);
    expect(MARKET.sessionsBetween(day, LAST_DAY)).toBe(19);
    expect(MARKET.sessionsBetween(LAST_DAY, day)).toBe(-19);
    const [saturday, monday] = ["2025-06-07", "2025-06-09"].map((text) => parseTradingDay(text) ?? LAST_DAY);
    expect(MARKET.sessionsBetween(saturday ?? day, monday ?? day)).toBe(0);
    expect(MARKET.unknownOf([LEADER, { ...LEADER, day: saturday ?? day }])).toEqual([
      `${LEADER.ticker} 2025-06-07`,
    ]);
  });
});

describe("halts", () => {
  it("[GO4] are not among the bars under a chart; a ticker without any bar is refused by name", ({
    expect,
  }) => {
    const halted = { open: 0, high: 0, low: 0, volume: 0 };
    const rows = BUILT.leader.rows.map((row, i) => (i % 50 === 7 ? { ...row, ...halted } : row));
    const listing = { ticker: LEADER.ticker, instrument: null, columns: columnsOf(rows) };
    const sessions = rows.map(({ day }) => day);
    const market = new GoldMarket({ listings: [listing], sessions, indices: {} });
    const bars = market.barsOf(LEADER);
    expect(bars.day).toHaveLength(rows.length - rows.filter(({ volume }) => volume === 0).length);
    expect(bars.day.length).toBeLessThan(rows.length);
    expect(Math.min(...bars.low)).toBeGreaterThan(0);
    const never = { ...listing, columns: columnsOf(rows.map((row) => ({ ...row, ...halted }))) };
    const empty = new GoldMarket({ listings: [never], sessions, indices: {} });
    expect(() => empty.barsOf(LEADER)).toThrow("900010: no bar on or before 2025-06-13");
  });
});

describe("sets of parameters from a file", () => {
  it("[GO6] each set changes what it names and leaves the rest as shipped", ({ expect }) => {
    const family = parseParamSets(
      "a.json",
      JSON.stringify([{ form: { CT3: { limit: 0.001 } } }, { grades: { C: { score: 0 } } }]),
    );
    const found = family.members.map((law) => law.find(MARKET, [LEADER])[0]);
    expect(found.map((one) => one?.listed)).toEqual([true, false, true]);
    expect(found[1]?.unmet).toContain("CT3");
    expect(PARAMS.form.CT3.limit).toBe(0.12);
  });

  it.for([
    ["{", "is no JSON"],
    ["{}", "must be a list of 1 to 200 objects"],
    ["[]", "must be a list of 1 to 200 objects"],
    ["[1]", "must be a list of 1 to 200 objects"],
    ['[{"bass":{}}]', "a.json: set 1.bass is no parameter; there are version, form, base"],
    ['[{},{"base":{"levle":1}}]', "a.json: set 2.base.levle is no parameter"],
    ['[{"base":1}]', "a.json: set 1.base takes an object of bars, overBars"],
    ['[{"base":{"level":"8 %"}}]', 'a.json: set 1.base.level takes a number, not "8 %"'],
    ['[{"base":{"bars":[18]}}]', "a.json: set 1.base.bars takes 2 numbers"],
    ['[{"base":{"bars":[18,null]}}]', "a.json: set 1.base.bars takes 2 numbers"],
    ['[{"version":7}]', "a.json: set 1.version takes a string"],
    ['[{"__proto__":{"base":1}}]', "is no parameter"],
  ] as const)("[GO6] %s is refused with what was expected", ([text, fault], { expect }) => {
    expect(() => parseParamSets("a.json", text)).toThrow(fault);
  });
});
