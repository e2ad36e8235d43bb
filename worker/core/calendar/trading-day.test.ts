import * as fc from "fast-check";
import { describe, it } from "vitest";
import { AssertionError } from "../assert.ts";
import { formatTradingDay, parseTradingDay, tradingDayAt, tradingDayOf, weekdayOf } from "./trading-day.ts";

const DAY_MS = 86_400_000;
/** Days since 1970-01-01 of the years 1 to 9999, the ones that four digits can write. */
const anyDay = fc.integer({ min: -719_162, max: 2_932_896 });
/** The independent calendar: the platform's own, allowed in tests only. */
const isoOf = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10);

describe("a trading day", () => {
  it("[TD1] is written as the platform's calendar writes it, and read back", ({ expect }) => {
    fc.assert(
      fc.property(anyDay, (days) => {
        const iso = isoOf(days);
        expect(formatTradingDay(tradingDayOf(days))).toBe(iso);
        expect(parseTradingDay(iso)).toBe(days);
        expect(parseTradingDay(iso.replaceAll("-", ""))).toBe(days);
        expect(weekdayOf(tradingDayOf(days))).toBe(new Date(days * DAY_MS).getUTCDay());
      }),
      { seed: 11, numRuns: 3_000 },
    );
  });

  it("[TD1] counts from 1970-01-01, a Thursday", ({ expect }) => {
    expect(parseTradingDay("1970-01-01")).toBe(0);
    expect(weekdayOf(tradingDayOf(0))).toBe(4);
    expect(parseTradingDay("1969-12-31")).toBe(-1);
    expect(weekdayOf(tradingDayOf(-1))).toBe(3);
    expect(parseTradingDay("2025-06-17")).toBe(20_256);
  });

  it("[TD1] follows leap years", ({ expect }) => {
    expect(parseTradingDay("2024-02-29")).not.toBeNull();
    expect(parseTradingDay("2000-02-29")).not.toBeNull();
    expect(parseTradingDay("2025-02-29")).toBeNull();
    expect(parseTradingDay("1900-02-29")).toBeNull();
  });

  it.for([
    "2025-13-01",
    "2025-00-10",
    "2025-06-31",
    "2025-06-00",
    "25-06-17",
    "2025-6-17",
    "2025/06/17",
    " 2025-06-17",
    "2025-06-17T00:00:00",
    "2025-06-17\n",
    "",
    "today",
  ])("[TD1] refuses %j", (text, { expect }) => {
    expect(parseTradingDay(text)).toBeNull();
  });

  it("[TD1] changes at midnight in Seoul, nine hours before London's", ({ expect }) => {
    const at = (instant: string): string => formatTradingDay(tradingDayAt(Date.parse(instant)));
    expect(at("2025-06-17T14:59:59.999Z")).toBe("2025-06-17");
    expect(at("2025-06-17T15:00:00Z")).toBe("2025-06-18");
    expect(at("2025-06-18T00:00:00+09:00")).toBe("2025-06-18");
    expect(at("1969-12-31T14:59:59Z")).toBe("1969-12-31");
  });

  it("[TD1] is whole: anything else out of storage is a broken invariant", ({ expect }) => {
    for (const count of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => tradingDayOf(count)).toThrow(AssertionError);
    }
  });
});
