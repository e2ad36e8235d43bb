/** What must not be found, and the reason that is given instead (SPEC.md, "How the rules are proven"). */
import { describe, it } from "vitest";
import { buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { ALL_ELIGIBLE, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { dated, drawPath, type Knot, type VolumeOf, withHalts } from "../../testing/builders/price-path.ts";
import { rejectRow } from "../bars/bar.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import type { UnmetRule } from "./verdict.ts";

const ADVANCE: readonly Knot[] = [
  [0, 30_000],
  [60, 30_500],
  [220, 60_000],
];
const drying: VolumeOf = (bar) => 1_000_000 - 2_500 * bar;

/** After the advance, the named turns every 11 bars. */
const after = (...prices: readonly number[]): Knot[] => [
  ...ADVANCE,
  ...prices.map((price, i): Knot => [231 + 11 * i, price]),
];
const missOf = (rows: readonly Row[]): UnmetRule | undefined => verdictOn(rows).nearMiss?.rule;
const draw = (...prices: readonly number[]): Row[] => drawPath(after(...prices), drying);

const SOUND = [45_000, 59_500, 52_360, 59_000, 55_460, 58_000] as const;

describe("a shape that is no base", () => {
  it("[CT1] is none without the flaws below", ({ expect }) => {
    expect(verdictOn(draw(...SOUND)).base?.footprint).toBe("14W 25/6 3T");
  });

  it("[CT1] expanding contractions", ({ expect }) => {
    expect(missOf(draw(54_000, 59_500, 52_000, 59_000, 47_000, 58_000))).toBe("CT1r");
  });

  it("[CT1] equal contractions", ({ expect }) => {
    const verdict = verdictOn(draw(53_400, 60_000, 53_400, 60_000, 53_400, 59_000));
    expect(verdict.nearMiss).toMatchObject({ rule: "CT1r", threshold: 0.8 });
    expect(verdict.nearMiss?.value).toBeCloseTo(1, 9);
  });

  it("[CT10] a single pullback", ({ expect }) => {
    expect(missOf(draw(48_000, 58_000))).toBe("no_legs");
  });

  it("[CT5] a stage-4 base, after a fall instead of an advance", ({ expect }) => {
    const fallen = drawPath(
      [[0, 80_000], [20, 90_000], [205, 55_000], [220, 60_000], ...after(...SOUND).slice(3)],
      drying,
    );
    expect(verdictOn(fallen).nearMiss).toMatchObject({ rule: "CT5h252", threshold: 0.75 });
  });

  it("[CT7] volume that expands", ({ expect }) => {
    expect(missOf(drawPath(after(...SOUND), (bar) => 100_000 + 2_500 * bar))).toBe("CT7dry");
  });

  it("[CT10] a base that broke, known by the legs that stood before the last", ({ expect }) => {
    const verdict = verdictOn(draw(...SOUND, 53_000));
    expect(verdict.nearMiss).toMatchObject({ rule: "CT6broken", threshold: 55_460 });
    expect(verdict.nearMiss?.value).toBeLessThan(55_460);
  });

  it("[CT6] [CT10] a base left 35 % behind, with and without a pullback since", ({ expect }) => {
    expect(missOf(draw(45_000, 59_500, 55_930, 79_650))).toBe("CT6ext");
    const pulled = verdictOn(draw(...SOUND, 79_650, 75_000));
    expect(pulled.nearMiss).toMatchObject({ rule: "CT6extended", threshold: 0.05 });
    expect(pulled.nearMiss?.value).toBeCloseTo(75_000 / 59_000 - 1, 9);
  });

  it("[CT10] a constant price", ({ expect }) => {
    expect(
      missOf(
        drawPath([
          [0, 10_000],
          [299, 10_000],
        ]),
      ),
    ).toBe("no_legs");
  });

  it("[CT10] a gap of -20 % in the middle of a base", ({ expect }) => {
    const gap = draw(...SOUND).map((row, k) =>
      k < 270
        ? row
        : { ...row, open: row.open * 0.8, high: row.high * 0.8, low: row.low * 0.8, close: row.close * 0.8 },
    );
    expect(verdictOn(gap).valid).toBe(false);
    expect(missOf(gap)).toBe("CT6broken");
  });

  it("[CT10] a streak of five upper limits", ({ expect }) => {
    const streak = [0, 1, 2, 3, 4].map((i) => 58_000 * 1.299 ** (i + 1));
    const rows = draw(...SOUND);
    const verdict = verdictOn(
      dated([
        ...rows,
        ...streak.map((close) => ({ open: close, high: close, low: close, close, volume: 300_000 })),
      ]),
      { ...ALL_ELIGIBLE, eligibility: { ...ALL_ELIGIBLE.eligibility, suspectBars: 252 } },
    );
    expect(verdict.eligibility.reason).toBeNull();
    expect(verdict.nearMiss?.rule).toBe("CT3d60");
  });

  it("[SC6] a V-shape costs eight points and nothing else", ({ expect }) => {
    const from = (bar: number): Knot[] => [
      ...ADVANCE,
      [244, 45_000],
      [bar, 59_500],
      [bar + 11, 55_930],
      [bar + 22, 58_000],
    ];
    const penalty = (bar: number): number | undefined =>
      verdictOn(drawPath(from(bar), drying)).scoreTerms?.penaltyVShape;
    expect(penalty(251)).toBe(-8);
    expect(penalty(252)).toBe(0);
  });
});

describe("a ticker that is not judged", () => {
  const sound = buildBase(TEXTBOOK_BASE);
  const reason = (rows: readonly Row[]): UnmetRule | undefined => verdictOn(rows, PARAMS).nearMiss?.rule;

  it("[BR4] the sound one is: nothing but relative strength and score stand in its way", ({ expect }) => {
    const verdict = verdictOn(sound, PARAMS);
    expect(verdict.valid).toBe(true);
    expect(verdict.eligibility.ok).toBe(true);
  });

  it("[BR4] 5 and 20 halted rows among the last 20 sessions", ({ expect }) => {
    const halted = (count: number): UnmetRule | undefined =>
      reason(withHalts(sound, sound.length - 8, count));
    expect(halted(4)).not.toBe("halted");
    expect(halted(5)).toBe("halted");
    expect(halted(20)).toBe("halted");
  });

  it("[BR3] an unadjusted split of 5:1, for 252 bars", ({ expect }) => {
    const split = (at: number): Row[] =>
      sound.map((row, k) =>
        k >= at
          ? row
          : {
              ...row,
              open: row.open * 5,
              high: row.high * 5,
              low: row.low * 5,
              close: row.close * 5,
              volume: row.volume / 5,
            },
      );
    expect(reason(split(sound.length - 10))).toBe("adjustment_suspect");
    expect(verdictOn(split(sound.length - 10), PARAMS).eligibility.value).toBeCloseTo(0.8, 1);
    expect(reason(split(sound.length - 252))).toBe("adjustment_suspect");
    expect(reason(split(sound.length - 253))).not.toBe("adjustment_suspect");
  });

  it("[BR3] not when the exchange's base price of that session is known", ({ expect }) => {
    const at = sound.length - 10;
    const known = sound.map((row, k) => ({
      ...row,
      ...(k < at && {
        open: row.open * 5,
        high: row.high * 5,
        low: row.low * 5,
        close: row.close * 5,
        volume: row.volume / 5,
      }),
      base: k === at ? (sound[at - 1]?.close ?? null) : null,
    }));
    const verdict = verdictOn(known, PARAMS);
    expect(verdict.eligibility.reason).toBeNull();
    expect(verdict.base?.footprint).toBe(verdictOn(sound, PARAMS).base?.footprint);
  });

  it("[BR5] a listing of fewer than 60 bars is too short; from 60 to 119 it is never detected", ({
    expect,
  }) => {
    const young = (bars: number): ReturnType<typeof verdictOn> => verdictOn(sound.slice(-bars), PARAMS);
    expect(young(59).nearMiss).toMatchObject({ rule: "too_short", value: 59, threshold: 60 });
    expect(young(59).valid).toBe(false);
    const hundred = young(100);
    expect(hundred.valid).toBe(true);
    expect(hundred.flags).toContain("young");
    expect(hundred.detected).toBe(false);
    expect(hundred.nearMiss).toMatchObject({ rule: "too_short", value: 100, threshold: 120 });
    expect(hundred.template.every(({ result }) => result === "unavailable")).toBe(true);
    expect(young(251).flags).toContain("young");
    expect(young(252).flags).not.toContain("young");
  });

  it("[EL3] shares on the penny grid", ({ expect }) => {
    const penny = sound.map((row) => ({
      ...row,
      open: Math.round(row.open / 500),
      high: Math.ceil(row.high / 500),
      low: Math.floor(row.low / 500),
      close: Math.round(row.close / 500),
      volume: row.volume * 500,
    }));
    expect(reason(penny)).toBe("EL3_price");
  });
});

describe("rows that never come that far", () => {
  const [first] = buildBase(TEXTBOOK_BASE);

  it("[BR2] not a number and negative", ({ expect }) => {
    if (first === undefined) {
      throw new Error("The textbook base has rows");
    }
    expect(rejectRow(first)).toBeNull();
    expect(rejectRow({ ...first, close: Number.NaN })).toBe("not_finite");
    expect(rejectRow({ ...first, low: -1 })).toBe("negative");
  });
});
