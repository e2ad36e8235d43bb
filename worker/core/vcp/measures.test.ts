/** What the rules of the form measure, one by one, on prices drawn by hand. */
import { describe, it } from "vitest";
import { drawPath, type Knot, withHalts } from "../../testing/builders/price-path.ts";
import { changedAt, drawnEnd, readingOf, THREE } from "../../testing/builders/reading-builder.ts";
import { named } from "../../testing/builders/bare.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import type { BaseMeasure } from "./measure-names.ts";
import { BASE_MEASURES, SHARE_MEASURES, type ShareFacts } from "./measures.ts";
import type { Trend } from "./trend-template.ts";

const SOUND = drawPath(THREE);
const of = (name: BaseMeasure, rows: readonly Row[] = SOUND, start?: number, until?: number): number | null =>
  BASE_MEASURES[name](readingOf(rows, start, until), PARAMS);

describe("what is measured of a base", () => {
  it("[BS1] the highest later high over the first, divided once", ({ expect }) => {
    expect(of("laterHigh")).toBeCloseTo(59_500 / 60_000 - 1, 12);
    expect(of("laterHigh", drawnEnd([186, 58_000], [190, 61_800]))).toBe(0.03);
  });

  it("[BS2] the advance from the lowest low of 120 bars before", ({ expect }) => {
    expect(of("advance")).toBeCloseTo(60_000 / 29_000 - 1, 12);
    // A low of 121 bars before is out of reach.
    const rows = drawPath([[0, 20_000], [1, 40_000], [121, 60_000], ...later(1)]);
    expect(of("advance", rows, 121)).toBe(0.5);
    // The low of the first bar itself is not before it.
    expect(of("advance", changedAt(rows, { 121: () => ({ low: 30_000 }) }), 121)).toBe(0.5);
  });

  it("[BS3] [BS4] the share of it that the last ten bars made, and their own rise", ({ expect }) => {
    const rows = drawPath([[0, 30_000], [109, 40_000], [110, 48_000], [120, 60_000], ...later(0)]);
    expect(of("spike", rows)).toBeCloseTo((60_000 - 48_000) / (60_000 - 30_000), 12);
    expect(of("pump", rows)).toBeCloseTo(60_000 / 48_000 - 1, 12);
    // A higher high of the base is no part of the advance.
    expect(of("pump", changedAt(rows, { 180: () => ({ high: 61_000 }) }))).toBe(of("pump", rows));
  });

  it("[CT2] [CT3] [CT4] the depths, the number, and the bars of the first contraction", ({ expect }) => {
    expect(of("contractions")).toBe(3);
    expect(of("firstDepth")).toBe(0.25);
    expect(of("lastDepth")).toBe(0.06);
    expect(of("firstBars")).toBe(14);
  });

  it("[RR1] [RR2] time since the low, and the height of the close over it", ({ expect }) => {
    expect(of("rightTime")).toBeCloseTo((186 - 134) / (186 - 120), 12);
    expect(of("rightHeight")).toBeCloseTo((58_100 - 45_000) / (60_000 - 45_000), 12);
    // The height is that under the base's high, also when that came later.
    const higher = drawnEnd([186, 60_500], [190, 61_000], [196, 60_000]);
    expect(of("rightHeight", higher)).toBeCloseTo((60_000 - 45_000) / (61_000 - 45_000), 12);
  });

  it("[RR3] bars from the low until nine tenths are made good; not measured while they are not", ({
    expect,
  }) => {
    // 45,000 + 0.9 x 15,000 = 58,500, passed on the last bar of the recovery.
    expect(of("recoveryBars")).toBe(12);
    expect(of("recoveryBars", changedAt(SOUND, { 137: () => ({ high: 58_500 }) }))).toBe(3);
    expect(of("recoveryBars", changedAt(SOUND, { 137: () => ({ high: 58_499 }) }))).toBe(12);
    expect(of("recoveryBars", SOUND, 120, 144)).toBeNull();
  });

  it("[QT1] [QT2] the last ten bars against the usual range, and the close within them", ({ expect }) => {
    const { usualRange } = readingOf(SOUND);
    const last = SOUND.slice(-10);
    const [top, low] = [Math.max(...last.map((row) => row.high)), Math.min(...last.map((row) => row.low))];
    expect(of("shelf")).toBeCloseTo((top - low) / 58_100 / usualRange, 12);
    expect(of("shelfHeight")).toBe(1);
    const low5 = changedAt(SOUND, { 178: () => ({ high: 58_600 }), 182: () => ({ low: 57_600 }) });
    expect(of("shelfHeight", low5)).toBeCloseTo(
      (58_100 - Math.min(low, 57_600)) / (58_600 - Math.min(low, 57_600)),
      9,
    );
    expect(of("shelfHeight", drawnEnd([176, 58_000], [190, 58_000]))).toBe(1);
  });

  it("[BS5] the largest fall from one close to the next inside the base", ({ expect }) => {
    // 1,071 a day on the way from 60,000 to 45,000; the last of them is the largest in per cent.
    expect(of("worstDay")).toBeCloseTo(-(15_000 / 14) / (45_000 + 15_000 / 14), 9);
    const fallen = changedAt(SOUND, { 149: () => ({ close: 58_000 }), 150: () => ({ close: 50_000 }) });
    expect(of("worstDay", fallen)).toBe(-8 / 58);
    // The fall into the first bar is not of the base.
    expect(of("worstDay", changedAt(SOUND, { 119: () => ({ close: 90_000 }) }))).toBe(of("worstDay"));
    const rising = drawPath([
      [0, 10_000],
      [60, 20_000],
    ]);
    expect(of("worstDay", rising, 30)).toBe(0);
  });

  it("[QT1] the widest bar inside the base, the first left out", ({ expect }) => {
    const wide = changedAt(SOUND, { 150: ({ close }) => ({ high: close * 1.02, low: close * 0.98 }) });
    const [row, before] = [wide[150], wide[149]];
    const range = ((row?.high ?? 0) - (row?.low ?? 0)) / (before?.close ?? 1);
    expect(of("widestBar", wide)).toBeCloseTo(range / readingOf(wide).usualRange, 9);
    const first = changedAt(SOUND, { 120: ({ close }) => ({ low: close * 0.9 }) });
    expect(of("widestBar", first)).toBeCloseTo(of("widestBar") ?? 0, 12);
  });

  it("[SC2] the width, the week and the range of the end, and the volume that dries up", ({ expect }) => {
    const [top, low] = [58_100, SOUND.at(-10)?.low ?? 0];
    expect(of("range10")).toBeCloseTo((top - low) / 58_100, 12);
    const dry = SOUND.map((row, k) => ({ ...row, volume: k >= 177 ? 40_000 : 100_000 }));
    expect(of("dryUp", dry)).toBeCloseTo(40_000 / ((40 * 100_000 + 10 * 40_000) / 50), 12);
    // One day of ten times the volume moves the median not at all, the mean a little.
    const loud = changedAt(dry, { 180: () => ({ volume: 1_000_000 }) });
    expect(of("dryUp", loud)).toBeCloseTo(40_000 / ((40 * 100_000 + 9 * 40_000 + 1_000_000) / 50), 12);
    const flat = drawnEnd([177, 58_000], [190, 58_000]);
    expect([of("week", flat), of("range10", flat), of("quiet", flat)]).toEqual([0, 0, 0]);
    const still = drawPath([
      [0, 10_000],
      [60, 10_000],
    ]);
    expect(of("quiet", still, 30)).toBe(1);
  });

  it("[SC1] the smoothness of the advance is 1 without a step back, 0 without a move", ({ expect }) => {
    expect(of("smoothness")).toBeGreaterThan(0.95);
    const jagged = SOUND.map((row, k) =>
      k % 2 === 0 && k < 120 ? { ...row, close: row.close * 0.97 } : row,
    );
    expect(of("smoothness", jagged)).toBeLessThan(0.3);
    expect(
      of(
        "smoothness",
        drawPath([
          [0, 10_000],
          [60, 10_000],
        ]),
        30,
      ),
    ).toBe(0);
  });

  it("[PV1] [PV2] [PV3] distance to the pivot, extension over it or the first high, and the overhead", ({
    expect,
  }) => {
    expect(of("distance")).toBeCloseTo(58_100 / 59_000 - 1, 12);
    expect(of("extension")).toBeCloseTo(58_100 / 59_000 - 1, 12);
    expect(of("overhead")).toBeCloseTo(60_000 / 59_000 - 1, 12);
    // A pivot above the first high: what is extended is measured from the latter.
    const over = drawnEnd([186, 60_500], [187, 61_500], [196, 60_000]);
    expect(of("extension", over)).toBe(0);
    expect(of("distance", over)).toBeCloseTo(60_000 / 61_500 - 1, 12);
    // Exactly 5 % is 0.05.
    expect(of("extension", drawnEnd([186, 58_000], [187, 61_950]))).toBe(0.05);
  });

  it("[BR4] the halted rows strictly inside", ({ expect }) => {
    expect(of("halts")).toBe(0);
    expect(readingOf(withHalts(SOUND, 150, 4), 120, 186).length).toBe(66);
    expect(of("halts", withHalts(SOUND, 150, 4), 120, 186)).toBe(4);
    expect(of("halts", withHalts(SOUND, 119, 4), 120, 186)).toBe(0);
  });

  /** The base of `THREE`, so many bars later. */
  function later(bars: number): readonly Knot[] {
    return THREE.slice(3).map(([bar, price]) => [bar + bars, price]);
  }
});

describe("what is measured of a share", () => {
  const trend = named<Trend>({
    close: 105,
    mean50: 100,
    mean150: 96,
    mean150Before: 95,
    mean200: 80,
    mean200Before: 79,
    yearHigh: 110,
    yearLow: 50,
  });
  const facts: ShareFacts = { trend, passed: 7, rs: 81 };

  it("[TR1] [TR2] [TR3] its close and its averages against each other", ({ expect }) => {
    expect(SHARE_MEASURES.closeOverMean50(facts)).toBe(0.05);
    expect(SHARE_MEASURES.mean50OverMean200(facts)).toBe(0.25);
    expect(SHARE_MEASURES.mean150OverMean200(facts)).toBe(0.2);
    expect(SHARE_MEASURES.mean150Rise(facts)).toBeCloseTo(1 / 95, 12);
    expect([SHARE_MEASURES.passed(facts), SHARE_MEASURES.rs(facts)]).toEqual([7, 81]);
  });

  it("[FM1] is null where the bars are too few", ({ expect }) => {
    const young = {
      trend: { ...trend, mean200: Number.NaN, mean150Before: Number.NaN },
      passed: null,
      rs: null,
    };
    expect(SHARE_MEASURES.mean50OverMean200(young)).toBeNull();
    expect(SHARE_MEASURES.mean150OverMean200(young)).toBeNull();
    expect(SHARE_MEASURES.mean150Rise(young)).toBeNull();
    expect(SHARE_MEASURES.passed(young)).toBeNull();
  });
});
