/**
 * CA2: the closed weekdays of a year that the exchange has not announced, from the law on public holidays. Days of elections and
 * days off by decree do not follow from it.
 */
import { assert } from "../assert.ts";
import type { HolidayYear } from "./krx-holidays.ts";
import {
  formatTradingDay,
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
  weekdayOf,
} from "./trading-day.ts";

/** Solar days of Seollal, Buddha's Birthday and Chuseok (1.1., 8.4. and 15.8. of the Korean lunar calendar). */
const LUNAR: Readonly<Record<number, string>> = {
  2015: "02-19 05-25 09-27",
  2016: "02-08 05-14 09-15",
  2017: "01-28 05-03 10-04",
  2018: "02-16 05-22 09-24",
  2019: "02-05 05-12 09-13",
  2020: "01-25 04-30 10-01",
  2021: "02-12 05-19 09-21",
  2022: "02-01 05-08 09-10",
  2023: "01-22 05-27 09-29",
  2024: "02-10 05-15 09-17",
  2025: "01-29 05-05 10-06",
  2026: "02-17 05-24 09-25",
  2027: "02-07 05-13 09-15",
  2028: "01-27 05-02 10-03",
  2029: "02-13 05-20 09-22",
  2030: "02-03 05-09 09-12",
};

/** The first and the last year that can be derived. */
export const DERIVABLE_YEARS: readonly [first: number, last: number] = [2015, 2030];

/** Days of a week on which a holiday is lost and a substitute is owed. */
const SUNDAY: readonly number[] = [0];
const WEEKEND: readonly number[] = [0, 6];
const NONE: readonly number[] = [];

interface LawfulDay {
  readonly day: TradingDay;
  readonly id: string;
  readonly owedOn: readonly number[];
}

/** Solar holidays: date, name, first year of a substitute (`null`: never), first year of the holiday itself. */
const SOLAR: readonly (readonly [date: string, id: string, substituted: number | null, since?: number])[] = [
  ["01-01", "new_year", null],
  ["03-01", "samil", 2022],
  ["05-01", "labour", 2026],
  ["05-05", "children", 2015],
  ["06-06", "memorial", null],
  ["07-17", "constitution", 2026, 2026],
  ["08-15", "liberation", 2021],
  ["10-03", "foundation", 2021],
  ["10-09", "hangul", 2021],
  ["12-25", "christmas", 2023],
];
const BUDDHA_SUBSTITUTED = 2023;

/** Throws an AssertionError for a year outside {@link DERIVABLE_YEARS}. */
export function deriveYear(year: number): HolidayYear {
  const closed = new Map<number, string>();
  const lawful = lawfulDays(year);
  for (const { day, id } of lawful) {
    closed.set(day, closed.get(day) ?? id);
  }
  for (const day of substitutedDays(lawful)) {
    closed.set(nextOpen(day, closed), "substitute");
  }
  closed.set(yearEnd(year, closed), "year_end");
  return {
    year,
    confidence: "derived",
    closed: Array.from(closed)
      .filter(([day]) => !isWeekend(day))
      .toSorted(([a], [b]) => a - b)
      .map(([day, id]) => `${formatTradingDay(tradingDayOf(day)).slice(5)} ${id}`),
    exam: examOf(year),
  };
}

/** In the order of the names that a day of two holidays goes by. */
function lawfulDays(year: number): readonly LawfulDay[] {
  const [seollal, buddha, chuseok] = (LUNAR[year] ?? "").split(" ").map((date) => parse(year, date));
  assert(seollal && buddha && chuseok, `The lunar holidays of ${year} are not in the table`);
  const solar = SOLAR.filter(([, , , since = 0]) => since <= year).map(
    ([date, id, substituted]): LawfulDay => ({
      day: dayIn(year, date),
      id,
      owedOn: substituted !== null && substituted <= year ? WEEKEND : NONE,
    }),
  );
  return [
    ...threeDays(seollal, "seollal"),
    ...threeDays(chuseok, "chuseok"),
    ...solar,
    { day: buddha, id: "buddha", owedOn: year < BUDDHA_SUBSTITUTED ? NONE : WEEKEND },
  ];
}

function threeDays(middle: TradingDay, id: string): readonly LawfulDay[] {
  return [-1, 0, 1].map((shift) => ({ day: tradingDayOf(middle + shift), id, owedOn: SUNDAY }));
}

/** Each holiday that fell on a weekend owes a day; two that share a weekday owe one together. */
function substitutedDays(lawful: readonly LawfulDay[]): readonly number[] {
  const byDay = [...Map.groupBy(lawful, ({ day }) => day)].toSorted(([a], [b]) => a - b);
  return byDay.flatMap(([day, shared]) => {
    const owing = shared.filter(({ owedOn }) => owedOn.length > 0);
    if (isWeekend(day)) {
      return owing.filter(({ owedOn }) => owedOn.includes(weekdayOf(day))).map(() => day);
    }
    return shared.length > 1 && owing.length > 0 ? [day] : [];
  });
}

function nextOpen(day: number, closed: ReadonlyMap<number, string>): number {
  let next = day + 1;
  while (isWeekend(next) || closed.has(next)) {
    next += 1;
  }
  return next;
}

/** The last weekday of the year that is no holiday. */
function yearEnd(year: number, closed: ReadonlyMap<number, string>): number {
  let day: number = dayIn(year, "12-31");
  while (isWeekend(day) || closed.has(day)) {
    day -= 1;
  }
  return day;
}

/** The Thursday between 13 and 19 November, as the exam was planned in every year since 2016. */
function examOf(year: number): string {
  let date = 13;
  while (weekdayOf(dayIn(year, `11-${date}`)) !== 4) {
    date += 1;
  }
  return `11-${date}`;
}

function isWeekend(day: number): boolean {
  return WEEKEND.includes(weekdayOf(tradingDayOf(day)));
}

function parse(year: number, date: string): TradingDay | null {
  return parseTradingDay(`${year}-${date}`);
}

function dayIn(year: number, date: string): TradingDay {
  const day = parse(year, date);
  assert(day !== null, `${year}-${date} is no day`);
  return day;
}
