/** What must not be found, and the reason that is given instead (SPEC.md, "How the rules are proven"). */
import { describe, it } from "vitest";
import { ALL_ELIGIBLE, ALL_LEADERS, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { dated, drawPath, type Knot, withHalts } from "../../testing/builders/price-path.ts";
import { changedAt, drawnEnd, THREE } from "../../testing/builders/reading-builder.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import type { UnmetRule, Verdict } from "./verdict.ts";

/** Of any share: what is asked of a base decides alone. */
const form = (rows: readonly Row[]): Verdict => verdictOn(rows, ALL_LEADERS);
const missOf = (rows: readonly Row[]): UnmetRule | undefined => form(rows).nearMiss?.rule;
const SOUND = drawPath(THREE);

/** {@link THREE} with other prices at its turns: L_1, H_2, L_2, H_3, L_3, and the two of the quiet end. */
const draw = (...prices: readonly number[]): Row[] =>
  drawPath(THREE.map(([bar, price], i): Knot => [bar, prices[i - 3] ?? price]));

/** Rows from bar `from` on at another level of price. */
const scaledFrom = (rows: readonly Row[], from: number, factor: number): Row[] =>
  rows.map((row, k) =>
    k < from
      ? row
      : {
          ...row,
          open: row.open * factor,
          high: row.high * factor,
          low: row.low * factor,
          close: row.close * factor,
        },
  );

describe("a shape that is no base", () => {
  it("[CT1] is none without the flaws below", ({ expect }) => {
    expect(form(SOUND)).toMatchObject({
      valid: true,
      flags: ["young"],
      base: { footprint: "14W 25/6 3T", state: "READY" },
    });
  });

  it("[CT1] expanding contractions", ({ expect }) => {
    expect(missOf(draw(54_000, 59_500, 52_000, 59_000, 47_000, 58_000, 58_100))).toBe("CT1");
  });

  it("[CT1] equal contractions", ({ expect }) => {
    const { nearMiss } = form(draw(53_400, 60_000, 53_400, 60_000, 53_400, 59_000, 59_100));
    expect(nearMiss).toMatchObject({ rule: "CT1", value: 1, threshold: PARAMS.form.CT1.limit });
  });

  it("[CT1] a single pullback", ({ expect }) => {
    const { nearMiss } = form(drawPath([...THREE.slice(0, 3), [134, 48_000], [170, 58_000], [186, 58_100]]));
    expect(nearMiss).toMatchObject({ rule: "CT1", value: 1, base: { contractions: { length: 1 } } });
  });

  it("[CT4] a first contraction of one bar", ({ expect }) => {
    const back: readonly Knot[] = [
      [121, 53_000],
      [146, 59_500],
      [156, 52_500],
      [163, 58_000],
      [173, 58_100],
    ];
    const sharp = drawPath([...THREE.slice(0, 3), ...back]);
    const { nearMiss } = form(changedAt(sharp, { 121: () => ({ low: 45_000 }) }));
    expect(nearMiss).toMatchObject({ rule: "CT4", value: 1, threshold: PARAMS.form.CT4.limit });
  });

  it("[CT1] a last contraction of one bar is none: high and low of it lie two bars apart", ({ expect }) => {
    const sharp = drawPath([
      ...THREE.slice(0, 6),
      [165, 59_000],
      [166, 55_460],
      [167, 58_400],
      [186, 58_600],
    ]);
    const { base } = form(sharp);
    expect(base).not.toBeNull();
    for (const { bars } of base?.contractions ?? []) {
      expect(bars).toBeGreaterThan(1);
    }
  });

  it("[BS2] after a fall instead of an advance, and a coil in a downtrend", ({ expect }) => {
    const stage4 = drawPath([[0, 55_000], [60, 56_000], ...THREE.slice(2)]);
    expect(form(stage4).nearMiss).toMatchObject({ rule: "BS2", threshold: PARAMS.form.BS2.limit });
    const coil = drawPath([[0, 120_000], [110, 62_000], [120, 60_000], ...THREE.slice(3)]);
    expect(form(coil).nearMiss).toMatchObject({ rule: "BS1", threshold: PARAMS.form.BS1.limit });
  });

  it("[CT1] a base that broke: what fell under everything is its first contraction", ({ expect }) => {
    const { nearMiss } = form(drawnEnd([176, 57_000], [190, 44_000]));
    expect(nearMiss).toMatchObject({ rule: "CT1", value: 1, base: { contractions: [{ low: 44_000 }] } });
  });

  it("[PV2] a base left 35 % behind, with and without a pullback since", ({ expect }) => {
    const left = form(drawnEnd([180, 58_000], [188, 58_300], [203, 79_650]));
    expect(left.nearMiss).toMatchObject({ rule: "PV2", threshold: PARAMS.form.PV2.limit });
    expect(left.nearMiss?.value).toBeGreaterThan(0.3);
    const pulled = form(drawnEnd([180, 58_000], [188, 58_300], [203, 79_650], [211, 75_000]));
    expect(pulled.nearMiss).toMatchObject({ rule: "PV2" });
    expect(pulled.nearMiss?.value).toBeGreaterThan(0.25);
  });

  it("[NM1] a constant price has no advance", ({ expect }) => {
    const constant = drawPath([
      [0, 10_000],
      [299, 10_000],
    ]);
    expect(form(constant).nearMiss).toMatchObject({ rule: "BS2", value: 0, base: { contractionRatio: 1 } });
  });

  it("[BS5] a gap of -20 % in the middle of a base", ({ expect }) => {
    const { valid, nearMiss, base } = form(scaledFrom(SOUND, 150, 0.8));
    expect(valid).toBe(false);
    expect(nearMiss?.rule).toBe("BS5");
    expect(base).toBeNull();
  });
});

describe("a shape that a trader leaves alone", () => {
  it("[PV5] a pivot that was pierced and fell back four days ago is touched and not READY", ({ expect }) => {
    const pierced = drawnEnd([180, 58_300], [182, 59_400], [183, 58_600], [186, 58_500]);
    const { base, flags } = form(pierced);
    expect(base).toMatchObject({
      state: "FORMING",
      pivot: 59_400,
      touched: { day: pierced[182]?.day, closed: true },
      breakout: null,
    });
    expect(flags).toContain("touched");
  });

  it("[FL1] a single bad print of +12 % is flagged or refused, wherever it stands", ({ expect }) => {
    const print = (bar: number): Verdict =>
      form(changedAt(SOUND, { [bar]: ({ close }) => ({ high: close * 1.12 }) }));
    // At the right end it would be the pivot; inside the base it is a high above the first one, or a contraction's.
    const end = print(183);
    expect(end.base === null || end.flags.includes("wick")).toBe(true);
    for (let bar = 121; bar <= 186; bar++) {
      const { base, flags } = print(bar);
      expect(base === null || flags.includes("wick") || base.pivot === 59_000, `bar ${bar}`).toBe(true);
    }
  });

  it("[FL1] so is a single low print of -20 %", ({ expect }) => {
    for (let bar = 121; bar <= 186; bar++) {
      const { base, flags } = form(changedAt(SOUND, { [bar]: ({ close }) => ({ low: close * 0.8 }) }));
      const read = base?.contractions.some(({ lowDay }) => lowDay === SOUND[bar]?.day) ?? false;
      expect(!read || flags.includes("wick"), `bar ${bar}`).toBe(true);
    }
    const deepest = form(changedAt(SOUND, { 134: () => ({ low: 36_000 }) }));
    expect(deepest.flags).toContain("wick");
  });

  it("[BS1] a higher high 25 bars left of the base", ({ expect }) => {
    const hidden = changedAt(SOUND, { 95: () => ({ high: 62_000 }) });
    const { nearMiss, base } = form(hidden);
    // The base of 60,000 has no start; what is left is the high of the print itself.
    expect(base?.contractions[0]?.high).not.toBe(60_000);
    expect(nearMiss?.base?.contractions[0]?.high ?? 62_000).toBe(62_000);
  });

  it("[RR3] a panic of -20 % in three bars and back", ({ expect }) => {
    const panic = drawPath([
      ...THREE.slice(0, 3),
      [123, 48_000],
      [126, 59_700],
      [140, 55_000],
      [150, 58_500],
      [160, 58_600],
    ]);
    expect(form(panic).nearMiss).toMatchObject({ rule: "RR3", value: 3 });
  });

  /** A flag of seven weeks: 12 % and 6 % under the first high. */
  const FLAG: readonly Knot[] = [
    [130, 52_800],
    [138, 59_000],
    [143, 55_500],
    [150, 58_000],
    [156, 58_100],
  ];

  it("[BS3] [BS4] five upper limits, and the flag after them", ({ expect }) => {
    const start = 60_000 / 1.299 ** 5;
    const limits: readonly Knot[] = [0, 1, 2, 3, 4, 5].map((i) => [115 + i, start * 1.299 ** i]);
    const { nearMiss } = form(drawPath([[0, start * 0.95], ...limits, ...FLAG]));
    expect(nearMiss).toMatchObject({ rule: "BS3", threshold: PARAMS.form.BS3.limit });
    // Half of them on top of an advance of a year.
    const half = drawPath([[0, 15_000], [117, 60_000 / 1.299 ** 3], ...limits.slice(3), ...FLAG]);
    expect(form(half).nearMiss).toMatchObject({ rule: "BS4", threshold: PARAMS.form.BS4.limit });
  });

  it("[BS3] a gap from below the 200-day average", ({ expect }) => {
    const asleep = drawPath([
      [0, 50_000],
      [260, 42_000],
      [261, 60_000],
      ...FLAG.map(([bar, price]): Knot => [bar + 141, price]),
    ]);
    const { detected, nearMiss } = verdictOn(asleep, ALL_ELIGIBLE);
    expect(detected).toBe(false);
    expect(nearMiss).toMatchObject({ rule: "BS3", value: 1 });
  });

  it("[FL1] an ex-dividend gap of 4 % and a stock dividend of 25 % without base prices are flagged or refused", ({
    expect,
  }) => {
    const gapped = (from: number, factor: number): Verdict => form(scaledFrom(SOUND, from, factor));
    const dividend = gapped(180, 0.96);
    expect(dividend.base === null || dividend.flags.includes("gap")).toBe(true);
    for (let bar = 121; bar <= 186; bar++) {
      const { base, flags } = gapped(bar, 0.96);
      const step = (SOUND[bar]?.high ?? 0) * 0.96 < 0.97 * (SOUND[bar - 1]?.low ?? 0);
      expect(base === null || !step || flags.includes("gap"), `bar ${bar}`).toBe(true);
      const stock = gapped(bar, 0.8);
      expect(stock.base === null || stock.flags.includes("gap"), `bar ${bar}`).toBe(true);
    }
  });

  it("[BR4] a halt of ten days in the base", ({ expect }) => {
    expect(missOf(withHalts(SOUND, 150, 10))).toBe("BR4base");
    expect(form(withHalts(SOUND, 150, 9)).valid).toBe(true);
  });

  it("[RR3] [RR1] a V straight up again", ({ expect }) => {
    const v = drawPath([...THREE.slice(0, 3), [136, 45_000], [140, 59_500], [148, 59_600]]);
    expect(["CT1", "RR3"]).toContain(missOf(v));
  });

  it("[PV2] five upper limits out of the base", ({ expect }) => {
    const streak = [0, 1, 2, 3, 4].map((i) => 58_000 * 1.299 ** (i + 1));
    const limits = streak.map((close) => ({ open: close, high: close, low: close, close, volume: 300_000 }));
    const verdict = verdictOn(dated([...SOUND, ...limits]), {
      ...ALL_LEADERS,
      eligibility: { ...ALL_LEADERS.eligibility, suspectBars: 252 },
    });
    expect(verdict.eligibility.reason).toBeNull();
    expect(verdict.nearMiss?.rule).toBe("PV2");
  });
});
