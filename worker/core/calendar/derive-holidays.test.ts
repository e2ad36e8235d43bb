import { describe, it } from "vitest";
import { LAST_ANNOUNCED_YEAR } from "./announced-years.ts";
import { DERIVABLE_YEARS, deriveYear } from "./derive-holidays.ts";
import { calendarDay, nextSession } from "./krx-calendar.ts";
import { HOLIDAY_YEARS } from "./krx-holidays.ts";
import { parseTradingDay, type TradingDay } from "./trading-day.ts";

/** The exchange's closed weekdays before the table begins. */
const KNOWN: Readonly<Record<number, string>> = {
  2015: "01-01 02-18 02-19 02-20 05-01 05-05 05-25 08-14 09-28 09-29 10-09 12-25 12-31",
  2016: "01-01 02-08 02-09 02-10 03-01 04-13 05-05 05-06 06-06 08-15 09-14 09-15 09-16 10-03 12-30",
  2017: "01-27 01-30 03-01 05-01 05-03 05-05 05-09 06-06 08-15 10-02 10-03 10-04 10-05 10-06 10-09 12-25 12-29",
  2018: "01-01 02-15 02-16 03-01 05-01 05-07 05-22 06-06 06-13 08-15 09-24 09-25 09-26 10-03 10-09 12-25 12-31",
  2019: "01-01 02-04 02-05 02-06 03-01 05-01 05-06 06-06 08-15 09-12 09-13 10-03 10-09 12-25 12-31",
  2020: "01-01 01-24 01-27 04-15 04-30 05-01 05-05 08-17 09-30 10-01 10-02 10-09 12-25 12-31",
  2021: "01-01 02-11 02-12 03-01 05-05 05-19 08-16 09-20 09-21 09-22 10-04 10-11 12-31",
  2022: "01-31 02-01 02-02 03-01 03-09 05-05 06-01 06-06 08-15 09-09 09-12 10-03 10-10 12-30",
};

/** What no rule knew: elections and days off by decree. */
const ONE_OFF: Readonly<Record<number, string>> = {
  2015: "08-14",
  2016: "04-13 05-06",
  2017: "05-09 10-02",
  2018: "06-13",
  2020: "04-15 08-17",
  2022: "03-09 06-01",
};

const partsOf = (text: string | undefined): readonly string[] =>
  (text ?? "").split(" ").filter((one) => one !== "");
const datesOf = (closed: readonly string[]): readonly string[] => closed.map((entry) => entry.slice(0, 5));
const FUTURE = [2028, 2029, 2030];

function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  if (day === null) {
    throw new Error(`${text} is no day`);
  }
  return day;
}

describe("the holidays of a year that is not announced", () => {
  it.for(Object.keys(KNOWN).map(Number))(
    "[CA2] come to the closed days of %s but for its one-off days",
    (year, { expect }) => {
      const derived = [...datesOf(deriveYear(year).closed), ...partsOf(ONE_OFF[year])];
      expect(derived.toSorted()).toEqual(partsOf(KNOWN[year]));
    },
  );

  it.for(HOLIDAY_YEARS.map(({ year }) => year))(
    "[CA2] come to the table of %s by day, name and exam, but for its one-off days",
    (year, { expect }) => {
      const known = HOLIDAY_YEARS.find((one) => one.year === year);
      const lawful = known?.closed.filter((entry) => !/ (election|decreed)$/u.test(entry));
      expect(deriveYear(year).closed).toEqual(lawful);
      expect(deriveYear(year).exam).toBe(known?.exam);
    },
  );

  it("[CA2] have their lunar days where the Korean calendar of the runtime has them", ({ expect }) => {
    const dangi = new Intl.DateTimeFormat("en-u-ca-dangi", {
      timeZone: "UTC",
      month: "numeric",
      day: "numeric",
    });
    const lunar = (year: number, name: string): readonly string[] =>
      Array.from({ length: 366 }, (_, n) => new Date(Date.UTC(year, 0, 1 + n)))
        .filter((date) => dangi.format(date) === name)
        .map((date) => date.toISOString().slice(5, 10));
    const [first, last] = DERIVABLE_YEARS;
    for (let year = first; year <= last; year++) {
      const closed = deriveYear(year).closed;
      const named = (id: string): readonly string[] =>
        datesOf(closed.filter((entry) => entry.endsWith(` ${id}`)));
      const [seollal] = lunar(year, "1/1");
      const [chuseok] = lunar(year, "8/15");
      const [buddha] = lunar(year, "4/8");
      const weekdays = (middle: string | undefined, shifts: readonly number[]): readonly string[] =>
        shifts
          .map((shift) => new Date(Date.parse(`${year}-${middle}`) + shift * 86_400_000))
          .filter((date) => date.getUTCDay() !== 0 && date.getUTCDay() !== 6)
          .map((date) => date.toISOString().slice(5, 10));
      expect([year, named("seollal"), named("chuseok")]).toEqual([
        year,
        weekdays(seollal, [-1, 0, 1]),
        weekdays(chuseok, [-1, 0, 1]),
      ]);
      // In 2025 it fell on Children's Day, whose name the day has.
      expect([year, year === 2025 ? ["05-05"] : named("buddha")]).toEqual([
        year,
        year === 2025 ? [buddha] : weekdays(buddha, [0]),
      ]);
    }
  });

  it("[CA2] have substitutes where holidays meet, each on a day of its own", ({ expect }) => {
    expect(
      FUTURE.map((year) => deriveYear(year).closed.filter((entry) => entry.endsWith("substitute"))),
    ).toEqual([
      // Chuseok on National Foundation Day.
      ["10-05 substitute"],
      ["05-07 substitute", "05-21 substitute", "09-24 substitute"],
      ["02-05 substitute", "05-06 substitute"],
    ]);
    expect(FUTURE.map((year) => deriveYear(year).closed.at(-1))).toEqual([
      "12-29 year_end",
      "12-31 year_end",
      "12-31 year_end",
    ]);
  });

  it("[CA2] stand in the calendar up to 2030 and are called derived", ({ expect }) => {
    expect(calendarDay(dayOf("2028-10-05"))).toMatchObject({ kind: "holiday", confidence: "derived" });
    expect(calendarDay(dayOf("2029-11-15"))).toMatchObject({
      kind: "session",
      shifted: "exam",
      confidence: "derived",
    });
    expect(nextSession(Date.parse("2029-12-28T18:00+09:00"))).toMatchObject({
      day: dayOf("2030-01-02"),
      shifted: "first_session",
      confidence: "derived",
    });
  });

  it("[CA2] begin after the last year that the exchange has announced", ({ expect }) => {
    const announced = HOLIDAY_YEARS.filter(({ confidence }) => confidence !== "derived").map(
      ({ year }) => year,
    );
    expect(Math.max(...announced)).toBe(LAST_ANNOUNCED_YEAR);
  });
});
