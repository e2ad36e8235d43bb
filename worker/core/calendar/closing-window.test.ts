import { describe, it } from "vitest";
import { assert } from "../assert.ts";
import { closingWindow, isClosingPrice } from "./closing-window.ts";
import { midnightOf, parseTradingDay, type TradingDay } from "./trading-day.ts";

function day(text: string): TradingDay {
  const parsed = parseTradingDay(text);
  assert(parsed !== null, `${text} is a day`);
  return parsed;
}

const at = (date: string, hours: number, minutes: number, seconds = 0): number =>
  midnightOf(day(date)) + ((hours * 60 + minutes) * 60 + seconds) * 1_000;

describe("the closing window", () => {
  it.for([
    ["15:31:59", 15, 31, 59, false],
    ["15:32:00", 15, 32, 0, true],
    ["15:59:59", 15, 59, 59, true],
    ["16:00:00", 16, 0, 0, false],
    ["19:59:59", 19, 59, 59, false],
    ["08:59:00", 8, 59, 0, false],
  ] as const)("[CA3] at %s of a regular session", ([, hours, minutes, seconds, expected], { expect }) => {
    expect(isClosingPrice(day("2026-09-14"), at("2026-09-14", hours, minutes, seconds))).toBe(expected);
  });

  it("[CA3] moves with the hours of the exam's day", ({ expect }) => {
    const exam = day("2026-11-19");
    expect(closingWindow(exam)).toEqual({ from: at("2026-11-19", 16, 32), until: at("2026-11-19", 17, 0) });
    expect(isClosingPrice(exam, at("2026-11-19", 15, 40))).toBe(false);
  });

  it.for(["2026-09-24", "2026-09-26", "2099-01-05"])("[CA3] there is none on %s", (date, { expect }) => {
    expect(closingWindow(day(date))).toBeNull();
    expect(isClosingPrice(day(date), at(date, 15, 40))).toBe(false);
  });

  it("[CA3] a price of another day is no close of this one", ({ expect }) => {
    expect(isClosingPrice(day("2026-09-14"), at("2026-09-15", 15, 40))).toBe(false);
  });
});
