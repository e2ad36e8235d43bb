/** CT10, NM1: which of several bases is taken, and what is reported of a share without one. */
import { describe, it } from "vitest";
import { buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { drawPath, type Knot } from "../../testing/builders/price-path.ts";
import { drawnEnd, FIRST_BAR, readingOf, THREE } from "../../testing/builders/reading-builder.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { ALL_ELIGIBLE, ALL_LEADERS, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { barsOf } from "../../testing/builders/bar-builder.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { PatternTime } from "../bars/pattern-time.ts";
import type { Price } from "../nominal.ts";
import { PARAMS } from "../params.ts";
import { BaseSearch } from "./base-search.ts";
import type { Verdict } from "./verdict.ts";

const form = (rows: readonly Row[]): Verdict => verdictOn(rows, ALL_LEADERS);

/** {@link THREE} inside a wider base: a first fall of `bars` bars that the second top does not make good. */
function twoBases(bars: number): Row[] {
  const wide: readonly Knot[] = [
    [0, 30_000],
    [20, 31_000],
    [140, 61_000],
    [140 + bars / 2, 42_000],
  ];
  return drawPath([...wide, ...THREE.slice(2).map(([bar, price]): Knot => [bar + 20 + bars, price])]);
}

describe("the base that is taken", () => {
  it("[CT10] is the widest of at most 120 bars", ({ expect }) => {
    // From the first high to today 20 + 32 + 66 bars less.
    const rows = twoBases(40);
    const { base } = form(rows);
    expect(base?.contractions[0]).toMatchObject({ high: 61_000, highDay: rows[140]?.day });
    expect(base?.bars).toBeLessThanOrEqual(PARAMS.base.usualBars);
  });

  it("[CT10] is the shorter one when the wider is longer than usual, and the longer one when it is alone", ({
    expect,
  }) => {
    const rows = twoBases(80);
    expect(rows.length - 1 - 140).toBeGreaterThan(PARAMS.base.usualBars);
    expect(form(rows).base?.contractions[0]?.high).toBe(60_000);
    const long: readonly Knot[] = [
      [0, 30_000],
      [20, 31_000],
      [140, 60_000],
      [200, 45_000],
      [250, 59_000],
      [270, 54_000],
      [285, 57_000],
      [296, 57_100],
    ];
    const alone = form(drawPath(long)).base;
    expect(alone?.contractions[0]?.high).toBe(60_000);
    expect(alone?.bars).toBe(156);
  });

  it("[CT10] keeps its pivot from day to day while nothing is higher or lower", ({ expect }) => {
    const rows = drawnEnd([180, 58_000], [194, 58_100]);
    const seen = new Set<string>();
    for (let bars = 184; bars <= rows.length; bars++) {
      const { base } = form(rows.slice(0, bars));
      seen.add(`${base?.pivot} ${base?.contractions[0]?.highDay}`);
    }
    expect(seen.size).toBe(1);
  });
});

describe("the near miss", () => {
  it("[NM1] has the base that came nearest, with the first rule that it does not meet", ({ expect }) => {
    const wide = drawPath(THREE.map(([bar, price]): Knot => [bar, bar === 173 ? 50_800 : price]));
    const { nearMiss, base } = form(wide);
    expect(base).toBeNull();
    expect(nearMiss).toMatchObject({
      rule: "CT3",
      threshold: PARAMS.form.CT3.limit,
      base: { pivot: 59_500, contractions: { length: 2 } },
    });
    expect(nearMiss?.value).toBeCloseTo((59_500 - 50_800) / 59_500, 12);
    expect(readingOf(wide, FIRST_BAR).count).toBe(2);
  });

  it("[NM1] without a start is BS0, by the age of the highest high", ({ expect }) => {
    const rising = drawPath([
      [0, 10_000],
      [280, 12_000],
      [290, 30_000],
      [299, 29_000],
    ]);
    expect(form(rising).nearMiss).toEqual({
      rule: "BS0",
      value: 9,
      threshold: PARAMS.base.bars[0],
      base: null,
    });
  });

  it("[NM1] under an older high it is BS1, by the height of that one over the highest since", ({
    expect,
  }) => {
    const fallen = drawPath([
      [0, 20_000],
      [15, 40_000],
      [60, 20_000],
      [110, 30_000],
      [160, 25_000],
    ]);
    const { nearMiss } = form(fallen);
    expect(nearMiss).toMatchObject({ rule: "BS1", threshold: PARAMS.form.BS1.limit, base: null });
    // The highest high behind 20 bars is bar 20, on the way down from 40,000.
    expect(nearMiss?.value).toBeCloseTo(40_000 / (40_000 - 5 * (20_000 / 45)) - 1, 9);
  });

  it("[NM1] [PV2] of a base that the share ran away from is the extension", ({ expect }) => {
    const run = drawnEnd([186, 58_700], [187, 60_500], [197, 80_000]);
    const { nearMiss } = form(run);
    expect(nearMiss).toMatchObject({
      rule: "PV2",
      threshold: PARAMS.form.PV2.limit,
      base: { pivot: 59_000 },
    });
    expect(nearMiss?.value).toBeCloseTo(80_000 / 59_000 - 1, 12);
    // Not for ever: half a year later nothing is left of it.
    const { formerBars } = PARAMS.base;
    const long = (bars: number): unknown =>
      form(drawnEnd([186, 58_700], [187, 60_500], [186 + bars, 300_000])).nearMiss;
    expect(long(formerBars)).toMatchObject({ rule: "PV2" });
    expect(long(formerBars + 1)).toMatchObject({ rule: "BS0" });
  });

  it("[NM1] names a rule of the share first, and a base only of one that may lead", ({ expect }) => {
    const rows = buildBase(TEXTBOOK_BASE);
    const missing = (keep: number): Verdict["nearMiss"] =>
      verdictOn(rows, { ...ALL_ELIGIBLE, form: { ...PARAMS.form, TR2: { limit: 9, keep } } }).nearMiss;
    expect(missing(0)).toMatchObject({ rule: "TR2", threshold: 9, base: { footprint: "14W 25/6 3T" } });
    expect(missing(9)).toMatchObject({ rule: "TR2", threshold: 9, base: null });
    const poor = { ...ALL_ELIGIBLE, eligibility: { ...ALL_ELIGIBLE.eligibility, price: 1e9 } };
    expect(verdictOn(randomSeries(1), poor).nearMiss?.rule).toBe("EL3_price");
  });

  it("[NM1] of a base without the points is SC, with that base", ({ expect }) => {
    const verdict = verdictOn(buildBase(TEXTBOOK_BASE), {
      ...ALL_ELIGIBLE,
      form: { ...PARAMS.form, SC: { limit: 99, keep: 50 } },
    });
    expect(verdict).toMatchObject({ valid: true, detected: false, grade: "D" });
    expect(verdict.nearMiss).toMatchObject({ rule: "SC", value: verdict.score, threshold: 99 });
    expect(verdict.nearMiss?.base).toEqual(verdict.base);
  });
});

/** Counts what a reading of a base asks of the bars at least once. */
class CountedBars extends PatternTime {
  asked: number = 0;
  override highestHigh(from: number, to: number): Price {
    this.asked += 1;
    return super.highestHigh(from, to);
  }
}

/** An advance, then tops that are level within 3 % and lows that rise from day to day: each of some 230 bars is a start. */
function staircase(run: number): Row[] {
  return barsOf(520, (k) => {
    const top = k < 160 ? 6_000 + 25 * k : 10_000 + 0.6 * (k - 160);
    const close = k < 520 - run ? top : top * 1.012 ** (k - 519 + run);
    return { open: close, high: close, low: close * 0.985, close };
  });
}

describe("the work of a search", () => {
  it("[NM1] is not one reading a top and day where the bars are a staircase", ({ expect }) => {
    for (const run of [3, 8]) {
      const bars = new CountedBars();
      bars.load(columnsOf(staircase(run)));
      const search = new BaseSearch(bars, PARAMS);
      const found = search.best() ?? search.nearest() ?? search.former();
      // One question for each of the 125 bars that a close could have left, and a few readings: not 230 x 115.
      expect(found).toBeNull();
      expect(bars.asked).toBeLessThan(500);
    }
  });
});
