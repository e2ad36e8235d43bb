import fc from "fast-check";
import { describe, it } from "vitest";
import { columnsOf, type Row } from "../bars/columns.ts";
import { historyOf, isLocked, isTraded } from "./history.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";
import { fillAtTrigger } from "./trigger-fill.ts";

const NONE = { value: null, shares: null, base: null };

/** A bar of `close` with a range of 10 each way. */
function bar(day: number, close: number, rest: Partial<Row> = {}): Row {
  const prices = { open: close, high: close + 10, low: close - 10, close };
  return { day: tradingDayOf(day), ...prices, volume: 100, ...NONE, ...rest };
}

const HALT = { open: 0, high: 0, low: 0, volume: 0 };

function days(...counts: readonly number[]): readonly TradingDay[] {
  return counts.map(tradingDayOf);
}

describe("prices by session", () => {
  it("[OC1] carries the close over a halt, a gap and the end of the rows", ({ expect }) => {
    const rows = [bar(11, 100), bar(12, 100, HALT), bar(14, 120), bar(15, 130)];
    const history = historyOf(columnsOf(rows), days(10, 11, 12, 13, 14, 16, 17));
    const nan = Number.NaN;
    expect(Array.from(history.close)).toEqual([nan, 100, 100, 100, 120, 120, 120]);
    expect(Array.from(history.high)).toEqual([nan, 110, 0, 0, 130, 0, 0]);
    expect(Array.from(history.open)).toEqual([nan, 100, 0, 0, 120, 0, 0]);
    expect(Array.from(history.low)).toEqual([nan, 90, 0, 0, 110, 0, 0]);
    const traded = [0, 1, 2, 3, 4, 5, 6, 7].filter((place) => isTraded(history, place));
    expect(traded).toEqual([1, 4]);
  });

  it("[OC1] is in the shares of the last row, and the factor takes a price there", ({ expect }) => {
    const split = [bar(10, 54_000), bar(11, 54_400), bar(12, 5_500, { base: 5_440 })];
    const history = historyOf(columnsOf(split), days(10, 11, 12, 13));
    expect(Array.from(history.close)).toEqual([5_400, 5_440, 5_500, 5_500]);
    expect(Array.from(history.factor, (factor) => Math.round(factor * 1e9) / 1e9)).toEqual([0.1, 0.1, 1, 1]);
  });

  it("[OC1] of fewer sessions is the beginning of that of more", ({ expect }) => {
    const moves = fc.array(fc.constantFrom("bar", "halt", "gap"), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(moves, fc.nat(30), (kinds, cut) => {
        const rows = kinds.flatMap((kind, k) =>
          kind === "gap" ? [] : [bar(k, 1_000 + k, kind === "halt" ? HALT : {})],
        );
        const sessions = days(...kinds.keys());
        const whole = historyOf(columnsOf(rows), sessions);
        const part = historyOf(columnsOf(rows), sessions.slice(0, cut));
        expect(part.close).toEqual(whole.close.slice(0, cut));
        expect(part.high).toEqual(whole.high.slice(0, cut));
      }),
      { numRuns: 50, seed: 20_250_613 },
    );
  });
});

describe("an order at the trigger", () => {
  const order = { trigger: 1_010, pivot: 1_005 };
  const fill = (rest: Partial<Row>): unknown =>
    fillAtTrigger(historyOf(columnsOf([bar(10, 1_000), bar(11, 1_005, rest)]), days(10, 11)), 1, order);

  it.for<readonly [string, Partial<Row>, unknown]>([
    ["the trigger, when the session reaches it", { high: 1_010 }, 1_010],
    ["the open, when the session opens above it", { open: 1_030, high: 1_040 }, 1_030],
    ["the open up to the zone's end", { open: 1_035.15, high: 1_040 }, 1_035.15],
    ["nothing, when it opens above the zone", { open: 1_036, high: 1_040 }, "beyond_zone"],
    ["nothing below it", { high: 1_009 }, "untouched"],
    ["nothing in a halt", HALT, "untouched"],
    ["nothing at the limit", { open: 1_300, high: 1_300, low: 1_300, close: 1_300 }, "locked"],
    [
      "the open of a day that only ended at the limit",
      { open: 1_020, high: 1_300, low: 1_015, close: 1_300 },
      1_020,
    ],
  ])("[OC2] gets %s", ([, rest, expected], { expect }) => {
    expect(fill(rest)).toBe(expected);
  });

  it("[OC2] is touched to the tick also when a split lies between", ({ expect }) => {
    for (const base of [333, 411, 777, 3_001]) {
      const rows = [bar(10, 1_000), bar(11, 1_005, { high: 1_010 }), bar(12, base, { base })];
      const history = historyOf(columnsOf(rows), days(10, 11, 12));
      const factor = history.factor[1] ?? 0;
      expect(factor).not.toBe(1);
      const price = fillAtTrigger(history, 1, { trigger: 1_010 * factor, pivot: 1_005 * factor });
      expect(price).toBeCloseTo(1_010 * factor, 9);
    }
  });

  it("[OC2] is not locked by a range or by a lesser rise", ({ expect }) => {
    const at = (low: number, price: number): boolean => {
      const prices = { open: low, high: price, low, close: price };
      return isLocked(historyOf(columnsOf([bar(10, 1_000), bar(11, price, prices)]), days(10, 11)), 1);
    };
    expect([at(1_290, 1_290), at(1_280, 1_290), at(1_289, 1_289)]).toEqual([true, false, false]);
  });
});
