/** The market gate by hand: each component at its ends, and what missing inputs do to level and confidence. */
import { describe, it } from "vitest";
import { barsOf } from "../../testing/builders/bar-builder.ts";
import type { BreadthShares } from "./breadth.ts";
import { type Columns, columnsOf, type Row } from "../bars/columns.ts";
import { type GateComponent, gateOn, type MarketGate } from "./gate.ts";
import type { IndexCode } from "../instrument/instrument.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";

const NOTHING: BreadthShares = {
  above50: null,
  above200: null,
  newHighsLessLows: null,
  advancers: null,
  sectors: [],
};
const FULL: BreadthShares = {
  above50: 0.7,
  above200: 0.7,
  newHighsLessLows: 0.02,
  advancers: 0.7,
  sectors: [],
};

function index(closes: (k: number) => number, volume: (k: number) => number = () => 1_000, n = 300): Columns {
  return columnsOf(barsOf(n, (k) => ({ close: closes(k), volume: volume(k) })));
}

function gate(
  indices: Readonly<Partial<Record<IndexCode, Columns>>>,
  breadth: BreadthShares = NOTHING,
  n = 300,
): MarketGate {
  const last: Row | undefined = barsOf(n).at(-1);
  return gateOn(tradingDayOf(last?.day ?? 0), indices, breadth);
}

function part(of: MarketGate, id: string): GateComponent | undefined {
  return of.components.find((component) => component.id === id);
}

const RISING = index((k) => 1_000 + k);
const FALLING = index((k) => 2_000 - k);

describe("market gate", () => {
  it("[GT1] pays an index 4, 6, 6 and 4 points for its means, all or nothing", ({ expect }) => {
    const up = gate({ KOSPI: RISING });
    const trend = ["above20", "above50", "above200", "rising50"].map((name) => `KOSPI.${name}`);
    expect(trend.map((id) => part(up, id)?.points)).toEqual([4, 6, 6, 4]);
    // Closes rise by one a bar: the mean of n ends (n - 1) / 2 below the close.
    expect(trend.map((id) => part(up, id)?.threshold)).toEqual([1_289.5, 1_274.5, 1_199.5, 1_252.5]);
    expect(part(up, "KOSPI.rising50")?.value).toBe(1_274.5);
    const down = gate({ KOSPI: FALLING });
    expect(trend.map((id) => part(down, id)?.points)).toEqual([0, 0, 0, 0]);
    // A close at its mean is not above it.
    const flat = gate({ KOSPI: index(() => 1_000) });
    expect(trend.map((id) => part(flat, id)?.points)).toEqual([0, 0, 0, 0]);
  });

  it("[GT2] pays 15 points for each share above a mean, in line from 30 % to 70 %", ({ expect }) => {
    const points = (above50: number, above200: number): readonly unknown[] => {
      const found = gate({}, { ...NOTHING, above50, above200 });
      return ["breadth.above50", "breadth.above200"].map((id) => part(found, id)?.points);
    };
    expect(points(0.3, 0.7)).toEqual([0, 15]);
    expect(points(0.29, 0.71)).toEqual([0, 15]);
    const [half, quarter] = points(0.5, 0.4);
    expect(half).toBeCloseTo(7.5, 12);
    expect(quarter).toBeCloseTo(3.75, 12);
  });

  it("[GT3] pays ten points for new highs less lows and five for advancers", ({ expect }) => {
    const points = (newHighsLessLows: number, advancers: number): readonly unknown[] => {
      const found = gate({}, { ...NOTHING, newHighsLessLows, advancers });
      return ["breadth.newHighs", "breadth.advancers"].map((id) => part(found, id)?.points);
    };
    expect(points(-0.02, 0.3)).toEqual([0, 0]);
    expect(points(0.02, 0.7)).toEqual([10, 5]);
    const [even, half] = points(0, 0.5);
    expect(even).toBeCloseTo(5, 12);
    expect(half).toBeCloseTo(2.5, 12);
  });

  it("[GT4] counts falls of 0.2 % on higher volume among 25 days: all points at two, none at six", ({
    expect,
  }) => {
    /** Falls by `fall` on `days`, a bar each, with more volume than the bar before. */
    const distribution = (
      days: readonly number[],
      fall: number,
      heavier = 2_000,
    ): GateComponent | undefined => {
      const closes: number[] = [];
      for (let k = 0; k < 300; k++) {
        closes.push((closes.at(-1) ?? 1_000) * (days.includes(k) ? 1 - fall : 1));
      }
      const columns = index(
        (k) => closes[k] ?? 0,
        (k) => (days.includes(k) ? heavier : 1_000),
      );
      return part(gate({ KOSDAQ: columns }), "KOSDAQ.distribution");
    };
    expect(distribution([276, 280], 0.003)).toMatchObject({ value: 2, points: 5, max: 5 });
    expect(distribution([276, 280, 285, 290], 0.003)).toMatchObject({ value: 4, points: 2.5 });
    expect(distribution([276, 279, 282, 285, 288, 291], 0.003)).toMatchObject({ value: 6, points: 0 });
    expect(distribution([275, 299], 0.003)?.value).toBe(2);
    expect(distribution([274, 299], 0.003)?.value).toBe(1);
    expect(distribution([280], 0.0021)?.value).toBe(1);
    expect(distribution([280], 0.0019)?.value).toBe(0);
    expect(distribution([280], 0.003, 1_000)?.value).toBe(0);
  });

  it("[GT5] pays half of five points an index for today's change, in line from -2 % to 0 %", ({ expect }) => {
    const change = (today: number): number | null | undefined =>
      part(gate({ KOSPI: index((k) => (k === 299 ? today : 1_000)) }), "KOSPI.change")?.points;
    expect(change(1_000)).toBe(2.5);
    expect(change(1_010)).toBe(2.5);
    expect(change(990)).toBeCloseTo(1.25, 12);
    expect(change(980)).toBeCloseTo(0, 12);
    expect(change(900)).toBe(0);
  });

  it("[GT6] is 100 points wide, green with all of them and red with none", ({ expect }) => {
    const all = gate({ KOSPI: RISING, KOSDAQ: RISING }, FULL);
    expect(all.components.reduce((sum, { max }) => sum + max, 0)).toBe(100);
    expect(all).toMatchObject({ status: "GREEN", confidence: 1 });
    expect(all.level).toBeCloseTo(100, 9);
    const none = { above50: 0.1, above200: 0.1, newHighsLessLows: -0.1, advancers: 0.1, sectors: [] };
    const red = gate({ KOSPI: FALLING, KOSDAQ: FALLING }, none);
    expect(red.status).toBe("RED");
    // No distribution on level volume: 10; a fall of less than 0.1 %: 2.5 x (1 - change / -2 %) an index.
    const change = 1_701 / 1_702 - 1;
    expect(red.level).toBeCloseTo(10 + 5 * (1 + change / 0.02), 9);
  });

  it("[GT6] leaves unavailable points out of numerator and denominator", ({ expect }) => {
    // One rising index: 27.5 of 27.5 points; above MA50 half: 7.5 of 15. 42.5 of 100 are available.
    const one = gate({ KOSPI: RISING }, { ...NOTHING, above50: 0.5 });
    expect(one.level).toBeCloseTo((100 * 35) / 42.5, 9);
    expect(one).toMatchObject({ confidence: 0.425, status: "UNKNOWN" });
    // Half of the points is enough: 27.5 + 15 + 10 = 52.5.
    const half = gate({ KOSPI: RISING }, { ...NOTHING, above50: 0.3, newHighsLessLows: -0.02 });
    expect(half).toMatchObject({ confidence: 0.525, status: "YELLOW" });
    expect(half.level).toBeCloseTo((100 * 27.5) / 52.5, 9);
    const empty = gate({});
    expect(empty).toMatchObject({ level: null, confidence: 0, status: "UNKNOWN" });
    expect(empty.components.every(({ points, value }) => points === null && value === null)).toBe(true);
  });

  it("[GT6] is green from 70 on and yellow from 40 on", ({ expect }) => {
    const at = (share: number): MarketGate =>
      gate({ KOSPI: RISING, KOSDAQ: RISING }, { ...NOTHING, above50: share, above200: share });
    // Indices give 55 of 55; two breadth shares x of 30 more: 70 % of 85 is 59.5, which is 4.5 of 30.
    expect(at(0.3 + 0.4 * (4.6 / 30)).status).toBe("GREEN");
    expect(at(0.3 + 0.4 * (4.4 / 30)).status).toBe("YELLOW");
    const low = (share: number): MarketGate =>
      gate({}, { above50: share, above200: share, newHighsLessLows: -0.1, advancers: share, sectors: [] });
    // 45 of 100 are available: too few, whatever their points.
    expect(low(0.7).status).toBe("UNKNOWN");
    const weak = (share: number): MarketGate =>
      gate({ KOSPI: RISING }, { ...NOTHING, above50: share, above200: share, newHighsLessLows: -0.1 });
    // 27.5 of 67.5 are 40.7 %.
    expect(weak(0.1).status).toBe("YELLOW");
    const weaker = gate(
      { KOSPI: RISING },
      { above50: 0.1, above200: 0.1, newHighsLessLows: -0.1, advancers: 0.1, sectors: [] },
    );
    // 27.5 of 72.5 are 37.9 %.
    expect(weaker.status).toBe("RED");
  });

  it("[GT6] reads no mean from too few bars and no index that has no row today", ({ expect }) => {
    const young = gate({ KOSPI: index((k) => 1_000 + k, undefined, 60) }, NOTHING, 60);
    expect(part(young, "KOSPI.above50")?.points).toBe(6);
    expect(part(young, "KOSPI.above200")).toMatchObject({ value: null, points: null });
    expect(part(young, "KOSPI.rising50")?.points).toBeNull();
    const absent = gate({ KOSPI: index((k) => 1_000 + k, undefined, 299) });
    expect(absent).toMatchObject({ confidence: 0, indices: { KOSPI: null, KOSDAQ: null } });
    // Rows after the session are not read.
    const later = gate({ KOSPI: RISING }, NOTHING, 200);
    expect(later.indices.KOSPI).toEqual({ close: 1_199, change: 1_199 / 1_198 - 1 });
  });
});
