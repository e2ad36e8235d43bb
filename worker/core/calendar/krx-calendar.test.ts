import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { calendarDay, KRX_COVERED, KRX_HOLIDAYS, nextSession } from "./krx-calendar.ts";
import { HOLIDAY_YEARS } from "./krx-holidays.ts";
import {
  formatTradingDay,
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
  weekdayOf,
} from "./trading-day.ts";

function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  if (day === null) {
    throw new Error(`${text} is no day`);
  }
  return day;
}

const at = (text: string): number => Date.parse(`${text}+09:00`);

/** Days of the exchange's own index, where they are at hand; they are no part of the repository. */
const INDICES = new URL("../../../../shared/data/krx/indices.csv", import.meta.url).pathname;

describe("the calendar of the exchange", () => {
  it("[CA1] has weekdays only, each once and in order, in years without a gap", ({ expect }) => {
    const days = KRX_HOLIDAYS.map(({ day }) => day);
    expect(days).toEqual([...new Set(days)].toSorted((a, b) => a - b));
    expect(days.filter((day) => weekdayOf(day) === 0 || weekdayOf(day) === 6)).toEqual([]);
    const years = HOLIDAY_YEARS.map(({ year }) => year);
    expect(years).toEqual(years.map((_, n) => (years[0] ?? 0) + n));
    for (const { year, exam } of HOLIDAY_YEARS) {
      expect([year, calendarDay(dayOf(`${year}-${exam}`)).kind]).toEqual([year, "session"]);
      expect([year, calendarDay(dayOf(`${year}-12-31`)).kind]).not.toEqual([year, "session"]);
    }
  });

  it("[CA1] has as many closed weekdays as the exchange announced", ({ expect }) => {
    const count = (year: string): number =>
      KRX_HOLIDAYS.filter(({ day }) => formatTradingDay(day).startsWith(year)).length;
    expect(["2023", "2024", "2025", "2026"].map(count)).toEqual([15, 18, 19, 17]);
  });

  it.skipIf(!existsSync(INDICES))(
    "[CA1] agrees with every day of the index in the years that it calls confirmed (skipped without the data)",
    ({ expect }) => {
      const traded = new Set(
        Array.from(readFileSync(INDICES, "utf8").matchAll(/\d{4}-\d\d-\d\d/g), ([date]) => date),
      );
      const last = [...traded].toSorted().at(-1) ?? "";
      for (const { year } of HOLIDAY_YEARS.filter(({ confidence }) => confidence === "confirmed")) {
        for (let day: number = dayOf(`${year}-01-01`); day <= dayOf(`${year}-12-31`); day++) {
          const date = formatTradingDay(tradingDayOf(day));
          if (date <= last) {
            expect([date, calendarDay(tradingDayOf(day)).kind === "session"]).toEqual([
              date,
              traded.has(date),
            ]);
          }
        }
      }
    },
  );

  it("[CA1] shifts the first session of a year and the day of the exam, and no other", ({ expect }) => {
    const hours = (date: string): unknown[] => {
      const day = calendarDay(dayOf(date));
      return day.kind === "session" ? [day.opensAt, day.closesAt, day.shifted] : [day.kind];
    };
    const from = (date: string, opens: string, closes: string): number[] => [
      at(`${date}T${opens}`),
      at(`${date}T${closes}`),
    ];
    expect(hours("2025-01-02")).toEqual([...from("2025-01-02", "10:00", "15:30"), "first_session"]);
    expect(hours("2025-01-03")).toEqual([...from("2025-01-03", "09:00", "15:30"), null]);
    expect(hours("2027-01-04")).toEqual([...from("2027-01-04", "10:00", "15:30"), "first_session"]);
    expect(hours("2025-11-13")).toEqual([...from("2025-11-13", "10:00", "16:30"), "exam"]);
    expect(hours("2025-06-03")).toEqual(["holiday"]);
    expect(hours("2025-06-07")).toEqual(["weekend"]);
  });

  it("[CA1] finds the next opening, and none beyond its table", ({ expect }) => {
    const opens = (now: string): number | null => nextSession(at(now))?.opensAt ?? null;
    expect(opens("2025-05-19T08:59:59")).toBe(at("2025-05-19T09:00"));
    expect(opens("2025-05-19T09:00")).toBe(at("2025-05-20T09:00"));
    expect(opens("2025-10-02T16:00")).toBe(at("2025-10-10T09:00"));
    expect(opens("2025-12-30T16:00")).toBe(at("2026-01-02T10:00"));
    const [first, last] = KRX_COVERED.map(formatTradingDay);
    expect([first, last]).toEqual(["2023-01-01", "2030-12-31"]);
    expect(opens("2030-12-30T16:00")).toBe(null);
    expect(calendarDay(dayOf("2031-01-02")).kind).toBe("unknown");
    expect(calendarDay(dayOf("2022-12-30")).kind).toBe("unknown");
    expect(calendarDay(dayOf("2031-01-04")).kind).toBe("weekend");
  });
});
