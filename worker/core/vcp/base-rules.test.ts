/** Each rule of CT1 to CT7 and BR4 by hand: prices on which it is the only one unmet, and its limit met to the last digit. */
import { describe, it } from "vitest";
import { type VolumeOf, withHalts } from "../../testing/builders/price-path.ts";
import { isShakeout, SHAPE_RULES, stands } from "./base-rules.ts";
import { PARAMS } from "../params.ts";
import type { BaseRule } from "./verdict.ts";
import {
  type Shape,
  SOUND,
  turns,
  rowsOf,
  candidateOf,
  unmetOf,
  unmet,
  valueOf,
} from "../../testing/builders/base-shape.ts";

describe("contraction ratios", () => {
  it("[CT1] a sound base meets every rule", ({ expect }) => {
    expect(unmet({})).toEqual([]);
    expect(stands(candidateOf(SOUND), PARAMS)).toBe(true);
  });

  it("[CT1] no ratio may exceed 0.80", ({ expect }) => {
    expect(unmet(turns(10_000, 7_500, 9_900, 7_821, 9_800, 9_212))).toEqual(["CT1r"]);
    expect(unmet(turns(10_000, 7_500, 10_000, 8_000, 9_800, 9_212))).toEqual([]);
  });

  it("[CT1] the geometric mean may not exceed 0.72", ({ expect }) => {
    const slow = turns(10_000, 8_500, 9_900, 8_741.7, 9_800, 8_905);
    expect(unmet(slow)).toEqual(["CT1g"]);
    expect(valueOf("CT1g", slow)).toBeCloseTo(Math.sqrt((9_800 - 8_905) / 9_800 / 0.15), 12);
    expect(unmet(turns(10_000, 8_500, 10_000, 8_920))).toEqual([]);
    expect(unmet(turns(10_000, 8_500, 10_000, 8_919))).toEqual(["CT1g"]);
  });
});

describe("corridor", () => {
  it("[CT2] a low may undercut the one before by 1 %, not more without a shakeout", ({ expect }) => {
    const below = (low: number): Partial<Shape> => ({
      ...turns(10_000, 7_500, 9_000, low, 9_000, 8_500),
      after: [[126, 8_900]],
    });
    expect(unmet(below(7_425))).toEqual([]);
    expect(unmet(below(7_210))).toEqual(["CT2low"]);
    expect(valueOf("CT2low", below(7_210))).toBeCloseTo(7_210 / 7_500, 12);
  });

  it("[CT2] a shakeout of 3 % is forgiven from the close that comes back on", ({ expect }) => {
    const undercut = (low: number): Shape => ({
      ...SOUND,
      ...turns(10_000, 7_500, 9_000, low, 9_000, 8_500),
      after: [[126, 8_900]],
    });
    expect(unmet(undercut(7_275))).toEqual([]);
    expect(isShakeout(candidateOf(undercut(7_275)), 0, PARAMS)).toBe(true);
    expect(isShakeout(candidateOf(undercut(7_275)), 1, PARAMS)).toBe(false);
    expect(unmet(undercut(7_274))).toEqual(["CT2low"]);
    expect(isShakeout(candidateOf(undercut(7_425)), 0, PARAMS)).toBe(false);
  });

  it("[CT2] the close must come back within three bars of the first low below, and not after today", ({
    expect,
  }) => {
    const rows = rowsOf({ ...SOUND, ...turns(10_000, 7_500, 9_000, 7_300), after: [[110, 8_900]] });
    const shape = { ...SOUND, ...turns(10_000, 7_500, 9_000, 7_300) };
    const judge = (closes: readonly number[], until = rows.length): boolean => {
      const bent = rows.map((row, k) => {
        const close = closes[k - 97];
        return close === undefined ? row : { ...row, close, low: Math.min(close, 7_400), high: 7_600 };
      });
      const low = { ...bent[98], low: 7_300 };
      const path = bent.map((row, k) => (k === 98 ? { ...row, ...low } : row)).slice(0, until);
      return isShakeout(candidateOf(shape, path), 0, PARAMS);
    };
    expect(judge([7_400, 7_400, 7_400, 7_500])).toBe(true);
    expect(judge([7_400, 7_400, 7_400, 7_499, 7_600])).toBe(false);
    expect(judge([7_400, 7_400, 7_400, 7_500], 100)).toBe(false);
    expect(judge([7_400, 7_400, 7_400, 7_500], 101)).toBe(true);
  });

  it("[CT2] later highs reach 0.90 of the base high and at most 1.05 of the one before", ({ expect }) => {
    expect(unmet({ ...turns(10_000, 7_500, 9_900, 8_712, 8_950, 8_682), after: [[126, 8_900]] })).toEqual([
      "CT2h90",
    ]);
    expect(unmet({ ...turns(10_000, 7_500, 9_900, 8_712, 9_000, 8_682), after: [[126, 8_900]] })).toEqual([]);
    expect(unmet(turns(10_000, 7_500, 10_600, 9_328, 9_800, 9_300))).toEqual(["CT2h105"]);
    expect(unmet(turns(10_000, 7_500, 10_500, 9_240, 9_800, 9_212))).toEqual([]);
  });
});

describe("depths", () => {
  it("[CT3] the first contraction is at least 8 % deep, exactly 8 % included", ({ expect }) => {
    const flat = (low: number): Partial<Shape> => ({
      ...turns(10_000, low, 9_900, 9_504, 9_800, 9_604),
      after: [[126, 9_700]],
    });
    expect(unmet(flat(9_201))).toEqual(["CT3d1lo"]);
    expect(unmet(flat(9_200))).toEqual([]);
  });

  it("[CT3] the first contraction is at most 45 % deep", ({ expect }) => {
    expect(unmet(turns(10_000, 5_400, 9_900, 7_920, 9_800, 9_212))).toEqual(["CT3d1hi"]);
    expect(unmet(turns(10_000, 5_500, 9_900, 7_920, 9_800, 9_212))).toEqual([]);
  });

  it("[CT3] the last contraction is at most 12 % deep, exactly 12 % included", ({ expect }) => {
    expect(unmet(turns(10_000, 7_000, 9_900, 7_920, 9_800, 8_575))).toEqual(["CT3dT"]);
    expect(unmet(turns(10_000, 7_000, 9_900, 7_920, 9_800, 8_624))).toEqual([]);
  });

  it("[CT3] a base 60 % below the year's high is rejected", ({ expect }) => {
    const fallen = (yearHigh: number): Partial<Shape> => ({
      before: [
        [0, 5_000],
        [5, yearHigh],
        [30, 5_000],
      ],
      ...turns(10_000, 5_500, 10_500, 8_400, 10_000, 9_400),
    });
    expect(unmet(fallen(14_000))).toEqual(["CT3d60"]);
    expect(unmet(fallen(13_750))).toEqual(["CT3d60"]);
    expect(unmet(fallen(13_740))).toEqual([]);
  });
});

describe("length and advance", () => {
  const short = (today: number): Partial<Shape> => ({
    turns: [
      [60, 10_000],
      [63, 7_500],
      [66, 9_900],
      [68, 8_712],
      [70, 9_800],
      [72, 9_212],
    ],
    after: [[today, 9_600]],
  });
  const long = (today: number): Partial<Shape> => ({
    before: [
      [0, 5_000],
      [30, 5_000],
    ],
    turns: [
      [60, 10_000],
      [200, 7_500],
      [260, 9_900],
      [300, 8_712],
      [330, 9_800],
      [350, 9_212],
    ],
    after: [[today, 9_600]],
    volume: (bar) => 2_000 - 4 * bar,
  });

  it("[CT4] a base lasts 15 to 325 bars", ({ expect }) => {
    expect(unmet(short(74))).toEqual(["CT4short"]);
    expect(unmet(short(75))).toEqual([]);
    expect(unmet(long(386))).toEqual(["CT4long"]);
    expect(unmet(long(385))).toEqual([]);
  });

  it("[CT5] the advance before it gains 30 %, over 126 bars at most", ({ expect }) => {
    const from = (low: number): Partial<Shape> => ({ before: [[0, low]] });
    expect(unmet(from(7_700))).toEqual(["CT5adv"]);
    expect(
      unmet({ ...from(7_500), ...turns(9_750, 7_800, 9_600, 8_712, 9_500, 9_212), after: [[126, 9_400]] }),
    ).toEqual([]);
    const late = (bar: number): Shape => ({
      ...SOUND,
      before: [
        [0, 5_000],
        [bar, 5_000],
        [bar + 1, 9_000],
      ],
      turns: SOUND.turns.map(([k, price]) => [k + 100, price]),
      after: [[226, 9_600]],
    });
    expect(unmet(late(34))).toEqual([]);
    expect(unmet(late(33))).toEqual(["CT5adv"]);
  });

  it("[CT5] 20 bars before the base are needed, and none is no value", ({ expect }) => {
    const young = (start: number): Partial<Shape> => ({
      before: [[0, 5_000]],
      turns: SOUND.turns.map(([bar, price]) => [bar - 60 + start, price]),
      after: [[126 - 60 + start, 9_600]],
    });
    expect(unmet(young(19))).toEqual(["CT5adv"]);
    expect(valueOf("CT5adv", young(19))).toBeNaN();
    expect(unmet(young(20))).toEqual([]);
  });

  it("[CT5] the base high reaches 0.75 of the year's high", ({ expect }) => {
    const below = (yearHigh: number): Partial<Shape> => ({
      before: [
        [0, 5_000],
        [5, yearHigh],
        [30, 5_000],
      ],
    });
    expect(unmet(below(14_000))).toEqual(["CT5h252"]);
    expect(unmet(below(10_000 / 0.75))).toEqual([]);
  });
});

describe("today", () => {
  it("[CT6] a close below the last low breaks the base; a close on it does not", ({ expect }) => {
    const dip = (close: number): Partial<Shape> => ({
      after: [
        [121, 9_300],
        [122, close],
        [126, 9_600],
      ],
    });
    expect(unmet(dip(9_211))).toEqual(["CT6brk"]);
    expect(unmet(dip(9_212))).toEqual([]);
  });

  it("[CT6] a low below the last low is no break while the close holds", ({ expect }) => {
    const rows = rowsOf(SOUND).map((row, k) => (k === 122 ? { ...row, low: 9_000 } : row));
    expect(unmetOf(candidateOf(SOUND, rows))).toEqual([]);
  });

  it("[CT6] a close 5 % above the pivot is the last that is not extended", ({ expect }) => {
    const volume: VolumeOf = (bar) => 1_000 - 4 * bar;
    expect(unmet({ after: [[126, 10_300]], volume })).toEqual(["CT6ext"]);
    expect(unmet({ after: [[126, 10_290]], volume })).toEqual([]);
    expect(valueOf("CT6ext", { after: [[126, 10_290]] })).toBeCloseTo(0.05, 12);
  });

  it("[CT7] volume has dried up: the last five before today against fifty, today left out", ({ expect }) => {
    const loud = (from: number): Partial<Shape> => ({ volume: (bar) => (bar >= from ? 900 : 500) });
    expect(unmet(loud(125))).toEqual(["CT7dry"]);
    expect(unmet(loud(126))).toEqual([]);
    expect(unmet({ volume: () => 500 })).toEqual([]);
    expect(valueOf("CT7dry", loud(125))).toBeCloseTo(580 / 508, 12);
  });

  it("[CT7] the window ends before the first close above the pivot", ({ expect }) => {
    const breakout: Partial<Shape> = {
      after: [
        [121, 9_790],
        [122, 9_900],
        [126, 10_000],
      ],
      volume: (bar) => (bar >= 122 ? 5_000 : 500),
    };
    expect(unmet(breakout)).toEqual([]);
    expect(valueOf("CT7dry", breakout)).toBe(1);
  });

  it("[CT7] the last contraction trades no more than the first", ({ expect }) => {
    const volume =
      (last: number): VolumeOf =>
      (bar) =>
        bar > 118 ? 300 : bar >= 109 ? last : 900;
    expect(unmet({ volume: volume(901) })).toEqual(["CT7vtr"]);
    expect(unmet({ volume: volume(900) })).toEqual([]);
    expect(valueOf("CT7vtr", { volume: volume(450) })).toBe(0.5);
  });

  it("[BR4] ten halted rows inside the base are too many; before it they do not count", ({ expect }) => {
    const halted = (after: number, count: number): BaseRule[] =>
      unmetOf(candidateOf(SOUND, withHalts(rowsOf(SOUND), after, count)));
    expect(halted(90, 10)).toEqual(["BR4base"]);
    expect(halted(90, 9)).toEqual([]);
    expect(halted(60, 10)).toEqual(["BR4base"]);
    expect(halted(125, 10)).toEqual(["BR4base"]);
    expect(halted(59, 30)).toEqual([]);
  });

  it("[CT6] the shape of a base is CT1 to CT5: a break or a burst of volume leaves it standing", ({
    expect,
  }) => {
    const gone = candidateOf({ ...SOUND, after: [[126, 8_000]], volume: (bar) => 100 + bar * bar });
    expect(stands(gone, PARAMS, SHAPE_RULES)).toBe(true);
    expect(stands(gone, PARAMS)).toBe(false);
  });
});
