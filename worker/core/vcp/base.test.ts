/** What is written down of a base: constructed ones whose T, footprint, pivot and stop are known beforehand. */
import { describe, it } from "vitest";
import { type BaseShape, buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { drawPath, type Knot } from "../../testing/builders/price-path.ts";
import { changedAt, readingOf, THREE } from "../../testing/builders/reading-builder.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { baseOf, footprintOf } from "./base.ts";
import { tickAt, tickDown, tickUp } from "../bars/tick-size.ts";
import type { Base, Flag, Verdict } from "./verdict.ts";

/** Highs and lows in turn, 12 bars a fall and 10 a recovery, after an advance from 20,000 to the first high; ten quiet days at the end. */
function drawn(turns: readonly number[], last: number): Verdict {
  const knots: Knot[] = [
    [0, 20_000],
    [60, 20_500],
    [220, turns[0] ?? 0],
  ];
  let bar = 220;
  for (const [i, price] of turns.slice(1).entries()) {
    bar += i % 2 === 0 ? 12 : 10;
    knots.push([bar, price]);
  }
  knots.push([bar + 8, last - 100], [bar + 18, last]);
  return verdictOn(drawPath(knots, (k) => 1_000_000 - 2_500 * k));
}

const numbers = (base: Base | null): unknown =>
  base && {
    footprint: base.footprint,
    pivot: base.pivot,
    entry: base.entry,
    stop: base.stop,
    bars: base.bars,
    highs: base.contractions.map(({ high }) => high),
    lows: base.contractions.map(({ low }) => low),
  };

describe("a drawn base", () => {
  it("[CT8] [CT9] of two contractions has its exact footprint, pivot and stop", ({ expect }) => {
    expect(numbers(drawn([60_000, 45_000, 59_500, 55_930], 58_500).base)).toEqual({
      footprint: "11W 25/6 2T",
      pivot: 59_500,
      entry: 59_600,
      stop: 55_800,
      bars: 52,
      highs: [60_000, 59_500],
      lows: [45_000, 55_930],
    });
  });

  it("[CT8] [CT9] of three, four and five", ({ expect }) => {
    const three = [60_000, 42_000, 59_500, 50_575, 59_000, 55_460];
    const four = [60_000, 42_000, 59_500, 48_790, 59_000, 53_690, 58_500, 55_926];
    const five = [60_000, 39_000, 59_600, 47_084, 59_200, 51_741, 58_800, 54_355, 58_500, 55_868];
    expect(numbers(drawn(three, 58_000).base)).toMatchObject({
      footprint: "15W 30/6 3T",
      pivot: 59_000,
      stop: 55_300,
    });
    expect(numbers(drawn(four, 57_800).base)).toMatchObject({
      footprint: "20W 30/4 4T",
      pivot: 58_500,
      stop: 55_800,
    });
    expect(numbers(drawn(five, 57_800).base)).toMatchObject({
      footprint: "24W 35/4 5T",
      pivot: 58_500,
      stop: 55_700,
    });
  });

  it("[CT8] the overhead is the base high over the pivot", ({ expect }) => {
    expect(drawn([60_000, 45_000, 59_500, 55_930], 58_500).base?.overhead).toBeCloseTo(
      60_000 / 59_500 - 1,
      12,
    );
  });

  it("[CT9] rounds half a per cent up, and weeks up", ({ expect }) => {
    expect(footprintOf(7, [0.145, 0.065])).toBe("7W 15/7 2T");
    expect(footprintOf(7, [0.1449, 0.0649])).toBe("7W 14/6 2T");
    expect(footprintOf(40, [0.31, 0.1, 0.06, 0.03])).toBe("40W 31/3 4T");
  });

  it("[CT2] above 35 % it is deep, at 35 % not yet", ({ expect }) => {
    expect(drawn([60_000, 39_000, 59_500, 50_575, 59_000, 55_460], 58_000).flags).not.toContain("deep");
    expect(drawn([60_000, 38_900, 59_500, 50_575, 59_000, 55_460], 58_000).flags).toContain("deep");
  });
});

describe("the flags of a base", () => {
  const SOUND = drawPath(THREE);
  const flagsOf = (rows: readonly Row[]): readonly Flag[] => baseOf(readingOf(rows), "krx", PARAMS).flags;

  it("[FL1] a price that neither its close nor a neighbour comes near is a wick", ({ expect }) => {
    expect(flagsOf(SOUND)).toEqual([]);
    // The last contraction begins at 59,000: its high 5 % above all three closes, and a hair more.
    const high = (price: number): readonly Flag[] =>
      flagsOf(changedAt(SOUND, { 165: () => ({ high: price }) }));
    expect(high(59_000 * 1.05)).not.toContain("wick");
    expect(high(59_000 * 1.05 + 1)).toContain("wick");
    const low = (price: number): readonly Flag[] =>
      flagsOf(changedAt(SOUND, { 134: () => ({ low: price }) }));
    expect(low(45_000 * 0.95)).not.toContain("wick");
    expect(low(45_000 * 0.95 - 1)).toContain("wick");
    // A neighbour that traded there confirms it.
    for (const beside of [-1, 1]) {
      const below = changedAt(SOUND, {
        134: () => ({ low: 42_000 }),
        [134 + beside]: () => ({ low: 42_100 }),
      });
      expect(flagsOf(below)).not.toContain("wick");
      const above = changedAt(SOUND, {
        146: () => ({ high: 62_600 }),
        [146 + beside]: () => ({ high: 62_500 }),
      });
      expect(readingOf(above).contractions.high[1]).toBe(146);
      expect(flagsOf(above)).not.toContain("wick");
    }
  });

  it("[FL1] so is the pivot, when a higher high than the contraction's made it", ({ expect }) => {
    const touched = changedAt(SOUND, { 184: () => ({ high: 58_100 * 1.06 }) });
    expect(readingOf(touched).lastHigh).toBe(165);
    expect(flagsOf(touched)).toEqual(expect.arrayContaining(["wick", "touched"]));
  });

  it("[FL1] a bar wholly more than 3 % below the one before is a gap", ({ expect }) => {
    const gap = (factor: number): readonly Flag[] =>
      flagsOf(
        SOUND.map((row, k) =>
          k < 176
            ? row
            : { ...row, high: row.high * factor, low: row.low * factor, close: row.close * factor },
        ),
      );
    const step = (SOUND[176]?.high ?? 0) / (SOUND[175]?.low ?? 1);
    expect(gap((0.97 - 1e-9) / step)).toContain("gap");
    expect(gap((0.97 + 1e-9) / step)).not.toContain("gap");
    // The bar of the first high is the base's first: a gap down to it is not of the base.
    const before = changedAt(SOUND, { 119: () => ({ high: 90_000, low: 80_000, close: 85_000 }) });
    expect(flagsOf(before)).not.toContain("gap");
  });

  it("[FL1] [PL3] a base wider than the risk allows is wide", ({ expect }) => {
    const wide = drawPath(THREE.map(([bar, price]) => [bar, bar === 173 ? 52_900 : price] as const));
    expect(flagsOf(wide)).toContain("wide");
  });
});

describe("a built base", () => {
  /** T, and how many of the cells with it were found whole. */
  function recall(legs: number, range: number): { readonly found: number; readonly all: number } {
    let [found, all] = [0, 0];
    for (const d1 of [0.14, 0.2, 0.26, 0.32]) {
      for (const ratio of [0.45, 0.55, 0.65]) {
        const last = d1 * ratio ** (legs - 1);
        if (last >= 0.025 && last <= 0.11) {
          const shape = shapeOf(legs, d1, ratio, range);
          all += 1;
          found += isFound(shape) ? 1 : 0;
        }
      }
    }
    return { found, all };
  }

  function shapeOf(legs: number, d1: number, ratio: number, range: number): BaseShape {
    return {
      ...TEXTBOOK_BASE,
      range,
      gain: 0.9,
      shelf: 8,
      legs: Array.from({ length: legs }, (_, i) => ({
        depth: d1 * ratio ** i,
        fall: 14 - 2 * i,
        rise: 12 - 2 * i,
        volume: 0.9 * 0.7 ** i,
      })),
    };
  }

  /** Exact T, pivot and stop, depths within 0.8 points. */
  function isFound(shape: BaseShape): boolean {
    const rows = buildBase(shape);
    const { base } = verdictOn(rows);
    if (base?.contractions.length !== shape.legs.length) {
      return false;
    }
    const deep = base.contractions.every(
      ({ depth }, i) => Math.abs(depth - (shape.legs[i]?.depth ?? 1)) < 0.008,
    );
    const leg = shape.legs.at(-1);
    const pivot = Math.max(...rows.slice(-9 - (leg?.fall ?? 0) - (leg?.rise ?? 0)).map((row) => row.high));
    const low = tickDown(base.contractions.at(-1)?.low ?? 0, "krx");
    const stop = Math.max(low - tickAt(low, "krx"), tickUp(base.entry * 0.92, "krx"));
    return deep && base.pivot === pivot && base.stop === stop;
  }

  it.for([2, 3, 4] as const)(
    "[CT10] of %i contractions is found with its exact T and pivot when calm",
    (legs, { expect }) => {
      const { found, all } = recall(legs, 0.002);
      expect(all).toBeGreaterThan(2);
      expect(found).toBe(all);
    },
  );
});

describe("a base that price has left upwards", () => {
  it("[LCR1] is confirmed by a close above the pivot on 1.5 times the volume, and not by less", ({
    expect,
  }) => {
    const knots: Knot[] = [
      [0, 20_000],
      [60, 20_500],
      [220, 60_000],
      [232, 45_000],
      [242, 59_500],
      [254, 55_930],
      [262, 58_900],
      [272, 59_100],
      [274, 60_500],
    ];
    // Bar 273 is the first above the pivot; the 50 bars before it trade 96,800 on average.
    const stateWith = (volume: number): string | undefined =>
      verdictOn(drawPath(knots, (k) => (k === 273 ? volume : k > 268 ? 60_000 : 100_000))).base?.state;
    expect(stateWith(145_200)).toBe("CONFIRMED");
    expect(stateWith(145_199)).toBe("UNCONFIRMED");
  });
});
