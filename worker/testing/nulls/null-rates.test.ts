import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, it } from "vitest";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { columnsOf, rowAt } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { type NullFigures, NullRates, type RealFigures } from "../../protocol/rest/null-rates.ts";
import { NULL_LIMITS, nullFigures, NULLS, nullStatement, RECOUNTED } from "./null-rates.ts";
import { shuffleSeries, shuffleSource, walkSeries } from "./null-series.ts";
import { randomSeries } from "../builders/random-series.ts";

const STORED = v.parse(
  v.pipe(v.string(), v.parseJson(), NullRates),
  readFileSync(join(projectRoot, "worker/protocol/rest/null-rates.json"), "utf8"),
);

const ofKind = (kind: NullFigures["kind"]): NullFigures | undefined =>
  STORED.nulls.find((figures) => figures.kind === kind);

describe("the published rates", () => {
  it("[EV2] random walks keep both limits, among 2,000 that are no strangers to a trend", ({ expect }) => {
    const walks = ofKind("walk");
    expect(walks?.n).toBe(NULLS);
    expect(walks?.s_or_a.rate).toBeLessThanOrEqual(0.003);
    expect(walks?.c_or_better.rate).toBeLessThanOrEqual(0.03);
    // A null that never passes the template and never has a base would keep any limit.
    expect(walks?.template.rate).toBeGreaterThan(0.1);
    expect(walks?.valid.rate).toBeGreaterThan(0.01);
  });

  it("[EV2] shuffled series keep the limit of C; what is above its limit is stated", ({ expect }) => {
    const shuffled = ofKind("shuffled");
    expect(shuffled?.n).toBe(NULLS);
    expect(shuffled?.c_or_better.rate).toBeLessThanOrEqual(0.03);
    expect(shuffled?.s_or_a.rate).toBeLessThanOrEqual(0.003);
    for (const { s_or_a, c_or_better, within } of STORED.nulls) {
      expect(within).toEqual({
        s_or_a: s_or_a.rate <= NULL_LIMITS.s_or_a,
        c_or_better: c_or_better.rate <= NULL_LIMITS.c_or_better,
      });
    }
    expect(STORED.limits).toEqual({ s_or_a: 0.003, c_or_better: 0.03 });
    expect(STORED.statement).toBe(nullStatement(STORED.nulls, STORED.real));
  });

  it("[EV2a] are those of the present parameters and detector (else: npm run nulls)", ({ expect }) => {
    expect(STORED.params_version).toBe(PARAMS.version);
    const walks = Array.from({ length: RECOUNTED }, (_, i) => walkSeries(STORED.seed + i));
    expect(nullFigures("walk", walks)).toEqual(STORED.recount);
  });
});

const RATE = { count: 0, rate: 0, low: 0, high: 0 };
const KEPT: NullFigures = {
  kind: "walk",
  n: 2_000,
  sessions: 400,
  template: RATE,
  valid: { ...RATE, rate: 0.04, low: 0.032, high: 0.049 },
  c_or_better: RATE,
  b_or_better: RATE,
  s_or_a: RATE,
  within: { s_or_a: true, c_or_better: true },
};
const REAL: RealFigures = {
  tickers: 1,
  days: 1,
  first_day: "2025-01-20",
  last_day: "2025-01-20",
  ticker_days: 1,
  valid: 0.02,
  c_or_better: 0,
  s_or_a: 0,
};

describe("the statement", () => {
  it("[EV2a] states that the shape is no more frequent in real data, unless it is", ({ expect }) => {
    const nothing = "it is no more frequent in real data than by chance: the shape alone says nothing.";
    expect(nullStatement([KEPT], REAL)).toBe(
      `A base stands in 4.0 % of random walks, and on 2.0 % of the days of real shares; ${nothing}`,
    );
    // Above the rate and inside its interval is no difference.
    expect(nullStatement([KEPT], { ...REAL, valid: 0.049 })).toContain(nothing);
    expect(nullStatement([KEPT], { ...REAL, valid: 0.05 })).toContain(
      "it is more frequent in real data than by chance.",
    );
  });

  it("[EV2a] names the null that real data exceed beside the one that they do not", ({ expect }) => {
    const shuffled: NullFigures = { ...KEPT, kind: "shuffled", valid: { ...RATE, rate: 0.07, high: 0.08 } };
    expect(nullStatement([KEPT, shuffled], { ...REAL, valid: 0.06 })).toContain(
      "it is more frequent in real data than in random walks, but not than in shuffled real series: the shape",
    );
  });

  it("[EV2] names what is above its limit", ({ expect }) => {
    const broken: NullFigures = {
      ...KEPT,
      kind: "shuffled",
      s_or_a: { ...RATE, rate: 0.008 },
      within: { s_or_a: false, c_or_better: true },
    };
    expect(nullStatement([KEPT, broken], REAL)).toContain(
      "S or A is given to 0.80 % of shuffled real series, more than the 0.30 % that we allow ourselves.",
    );
  });
});

describe("series without meaning", () => {
  it("[EV2b] equal seeds give equal walks, another seed another one", ({ expect }) => {
    expect(walkSeries(5)).toEqual(walkSeries(5));
    expect(walkSeries(5).close).not.toEqual(walkSeries(6).close);
  });

  it("[EV2b] a shuffled series keeps every day's moves and volume, its first price and its last", ({
    expect,
  }) => {
    // Halts are left out of what is shuffled; the seed is one with enough bars.
    const source = shuffleSource(columnsOf(randomSeries(6))) ?? [];
    const shuffled = shuffleSeries(source, 3);
    const rows = Array.from({ length: shuffled.day.length }, (_, i) => rowAt(shuffled, i));
    const first = source[0]?.close ?? 0;
    const moves = (closes: readonly number[]): readonly string[] =>
      closes.slice(1).map((close, i) => (close / (closes[i] ?? 1)).toFixed(9));
    const before = moves(source.map(({ close }) => close));
    const after = moves([first, ...rows.map(({ close }) => close)]);
    expect(rows).toHaveLength(360);
    expect(after).not.toEqual(before);
    expect(after.toSorted()).toEqual(before.toSorted());
    const [was, is] = [source.slice(1), rows].map((days) => days.map(({ volume }) => String(volume)));
    expect(is?.toSorted()).toEqual(was?.toSorted());
    expect(rows.at(-1)?.close).toBeCloseTo(source.at(-1)?.close ?? 0, 4);
    // Whole blocks: nine of ten neighbours are still neighbours.
    const kept = is?.filter((volume, i) => was?.[was.indexOf(volume) + 1] === is[i + 1]).length;
    expect(kept).toBeGreaterThan(315);
    expect(shuffleSeries(source, 3)).toEqual(shuffled);
    expect(shuffleSource(columnsOf(randomSeries(6).slice(0, 300)))).toBe(null);
  });
});
