import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { ChartBar } from "../../../../worker/protocol/rest/chart.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { type ChartChoice, decodeChoice, encodeChoice } from "./chart-choice.ts";
import { movedCursor, rangeWith, zoomedRange } from "./cursor.ts";
import { placeLabels } from "./label-rows.ts";
import { todayOf } from "./today.ts";

const LAST: ChartBar = {
  date: "2025-06-13",
  open: 990,
  high: 1_010,
  low: 980,
  close: 1_000,
  volume: 500,
};

function liveOf(rest: Partial<LivePrice> = {}): LivePrice {
  return {
    ticker: "005930",
    price: 1_020,
    change: 20,
    change_rate: 2,
    volume: 300,
    bid_price: null,
    ask_price: null,
    open: 1_005,
    high: 1_030,
    low: 1_001,
    session: "open",
    stale: false,
    at: "2025-06-16T10:32:05.000+09:00",
    as_of: "2025-06-16",
    source: "demo",
    ...rest,
  };
}

describe("the running session", () => {
  it("[UI180] is the feed's own bar, only while no stored bar is of its day", ({ expect }) => {
    expect(todayOf(liveOf(), LAST)).toEqual({
      bar: { date: "2025-06-16", open: 1_005, high: 1_030, low: 1_001, close: 1_020, volume: 300 },
      at: "2025-06-16T10:32:05.000+09:00",
      isRebased: false,
    });
    expect(todayOf(liveOf({ as_of: LAST.date }), LAST)).toBeNull();
    expect(todayOf(liveOf({ at: null }), LAST)).toBeNull();
    expect(todayOf(null, LAST)).toBeNull();
    expect(todayOf(liveOf(), null)).toBeNull();
  });

  it("[UI180] has no open, high or low that the feed does not have, and no volume for a missing one", ({
    expect,
  }) => {
    const value = fc.option(fc.integer({ min: 900, max: 1_100 }));
    fc.assert(
      fc.property(value, value, value, value, (open, high, low, volume) => {
        const bar = todayOf(liveOf({ open, high, low, volume }), LAST)?.bar;
        expect(bar?.volume).toBe(volume);
        expect(bar?.close).toBe(1_020);
        if (open === null || high === null || low === null) {
          expect([bar?.open, bar?.high, bar?.low]).toEqual([null, null, null]);
        } else {
          expect(bar?.open).toBe(open);
          expect([high, 1_020, open]).toContain(bar?.high);
          expect([low, 1_020, open]).toContain(bar?.low);
          expect(bar?.high).toBeGreaterThanOrEqual(Math.max(high, open, 1_020));
          expect(bar?.low).toBeLessThanOrEqual(Math.min(low, open, 1_020));
        }
      }),
    );
  });

  it("[UI180] is called rebased when its base is of other shares than the last close", ({ expect }) => {
    const of = (rest: Partial<LivePrice>) => todayOf(liveOf(rest), LAST)?.isRebased;
    expect([of({ price: 210, change: 10 }), of({ price: 5_100, change: 100 })]).toEqual([true, true]);
    expect([
      of({ change: null }),
      of({ price: 1_300, change: 300 }),
      of({ price: 702, change: -298 }),
    ]).toEqual([false, false, false]);
  });
});

describe("the choice", () => {
  it("[UI181] comes back from the address, whatever the device keeps; what is unknown is passed over", ({
    expect,
  }) => {
    const any = fc.record({ isWeekly: fc.boolean(), isLog: fc.boolean(), hasRs: fc.boolean() });
    fc.assert(
      fc.property(any, any, (choice: ChartChoice, kept: ChartChoice) => {
        expect(decodeChoice(encodeChoice(choice), encodeChoice(kept))).toEqual(choice);
        expect(decodeChoice("", encodeChoice(kept))).toEqual(kept);
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (search, kept) => {
        expect(Object.keys(decodeChoice(search, kept))).toHaveLength(3);
      }),
    );
    const usual = { isWeekly: false, isLog: false, hasRs: true };
    expect(decodeChoice("?bars=year&scale=__proto__&rs=constructor", null)).toEqual(usual);
    expect(decodeChoice("?rs=off", "?scale=log")).toEqual({ isWeekly: false, isLog: true, hasRs: false });
  });
});

describe("the keys of the chart", () => {
  const count = fc.integer({ min: 1, max: 600 });

  it("[UI183] move within the bars: by one, by ten, to the ends; the first points at the last bar", ({
    expect,
  }) => {
    fc.assert(
      fc.property(count, fc.nat(), fc.constantFrom("ArrowLeft", "PageDown", "Home", "End"), (n, at, key) => {
        const next = movedCursor(key, at % n, n) ?? -1;
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(n);
      }),
    );
    expect(movedCursor("ArrowLeft", null, 30)).toBe(29);
    expect(movedCursor("ArrowLeft", 29, 30)).toBe(28);
    expect(movedCursor("PageUp", 5, 30)).toBe(0);
    expect([movedCursor("Home", 5, 30), movedCursor("End", null, 30)]).toEqual([0, 29]);
    expect([movedCursor("x", 5, 30), movedCursor("Home", null, 0)]).toEqual([null, null]);
  });

  it("[UI183] zoom about the day that is pointed at, and never out of the bars", ({ expect }) => {
    const from = fc.integer({ min: 0, max: 500 });
    const length = fc.integer({ min: 10, max: 100 });
    fc.assert(
      fc.property(
        from,
        length,
        fc.constantFrom("+", "=", "-"),
        fc.option(fc.nat()),
        (start, size, key, at) => {
          const range = { from: start, to: start + size };
          const n = start + size + 1;
          const pin = at === null ? null : start + (at % size);
          const next = zoomedRange(key, range, pin, n) ?? { from: -1, to: -1 };
          expect(next.from).toBeGreaterThanOrEqual(-1e-6);
          expect(next.to).toBeLessThanOrEqual(n + 7 + 1e-6);
          expect(next.to - next.from).toBeGreaterThanOrEqual(Math.min(10, size) - 1e-6);
          if (pin !== null) {
            expect(next.from).toBeLessThanOrEqual(pin + 1e-6);
            expect(next.to).toBeGreaterThanOrEqual(pin - 1e-6);
          }
        },
      ),
    );
    expect(zoomedRange("x", { from: 0, to: 10 }, null, 20)).toBeNull();
    expect(zoomedRange("+", { from: 0, to: 100 }, 50, 101)).toEqual({ from: 10, to: 90 });
    expect(rangeWith({ from: 10, to: 20 }, 5)).toEqual({ from: 5, to: 15 });
    expect(rangeWith({ from: 10, to: 20 }, 25)).toEqual({ from: 15, to: 25 });
    expect(rangeWith({ from: 10, to: 20 }, 15)).toEqual({ from: 10, to: 20 });
  });
});

describe("labels", () => {
  it("[UI184] never stand over each other nor outside, as near to their place as a row has room", ({
    expect,
  }) => {
    const label = fc.record({
      center: fc.integer({ min: -50, max: 500 }),
      width: fc.integer({ min: 20, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 8 }), fc.integer({ min: 100, max: 400 }), (labels, width) => {
        const placed = placeLabels(labels, width, 6);
        placed.forEach(({ x, row }, i) => {
          const own = labels[i]?.width ?? 0;
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + own).toBeLessThanOrEqual(width);
          for (const [k, other] of placed.entries()) {
            const isApart = other.x + (labels[k]?.width ?? 0) <= x || x + own <= other.x;
            expect(k === i || other.row !== row || isApart).toBe(true);
          }
        });
        expect(Math.max(-1, ...placed.map(({ row }) => row))).toBeLessThan(labels.length);
      }),
    );
    expect(placeLabels([{ center: 50, width: 40 }], 300, 6)).toEqual([{ x: 30, row: 0 }]);
  });
});
