/** CA1: when the Korea Exchange trades. A day beyond the known and the derived years is unknown, never guessed. */
import { assert } from "../assert.ts";
import { DERIVABLE_YEARS, deriveYear } from "./derive-holidays.ts";
import {
  type CalendarConfidence,
  HOLIDAY_NAMES,
  HOLIDAY_YEARS,
  type HolidayName,
  type HolidayYear,
} from "./krx-holidays.ts";
import {
  formatTradingDay,
  midnightOf,
  parseTradingDay,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
  weekdayOf,
} from "./trading-day.ts";

/** `shifted`: why the hours are not 09:00 to 15:30. Instants in milliseconds since the epoch. */
export interface SessionHours {
  readonly kind: "session";
  readonly day: TradingDay;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly shifted: "first_session" | "exam" | null;
  readonly confidence: CalendarConfidence;
}

/** A weekday without a session. */
export interface Holiday {
  readonly kind: "holiday";
  readonly day: TradingDay;
  readonly name: HolidayName;
  readonly confidence: CalendarConfidence;
}

/** `unknown`: a weekday that the table does not reach. */
export type CalendarDay =
  | SessionHours
  | Holiday
  | { readonly kind: "weekend"; readonly day: TradingDay }
  | { readonly kind: "unknown"; readonly day: TradingDay };

const MINUTE_MS = 60_000;

/** When a session opens and closes, in minutes after midnight in Seoul. */
export const REGULAR_HOURS: readonly [opens: number, closes: number] = [9 * 60, 15 * 60 + 30];

/** {@link REGULAR_HOURS} and the others, by what shifts them. The first session opens later and closes as ever. */
const HOURS = {
  regular: REGULAR_HOURS,
  first_session: [10 * 60, 15 * 60 + 30],
  exam: [10 * 60, 16 * 60 + 30],
} as const;

function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  assert(day !== null, `${text} in the table of holidays is no day`);
  return day;
}

const LAST_IN_TABLE = Math.max(...HOLIDAY_YEARS.map(({ year }) => year));

/** CA2: the years of the table, and after them those that the law gives. */
const KNOWN_YEARS: readonly HolidayYear[] = [
  ...HOLIDAY_YEARS,
  ...Array.from({ length: DERIVABLE_YEARS[1] - LAST_IN_TABLE }, (_, n) => deriveYear(LAST_IN_TABLE + 1 + n)),
];

/** Every weekday without a session that is known, in order. */
export const KRX_HOLIDAYS: readonly Holiday[] = KNOWN_YEARS.flatMap(({ year, confidence, closed }) =>
  closed.map((entry): Holiday => {
    const [date = "", id = ""] = entry.split(" ");
    const name = HOLIDAY_NAMES[id];
    assert(name !== undefined, `${entry} names no holiday`);
    return { kind: "holiday", day: dayOf(`${year}-${date}`), name, confidence };
  }),
);

const BY_DAY: ReadonlyMap<number, Holiday> = new Map(KRX_HOLIDAYS.map((one) => [one.day, one]));
const YEARS = new Map(KNOWN_YEARS.map((one) => [one.year, one]));

/** The first and the last day that is known. */
export const KRX_COVERED: readonly [first: TradingDay, last: TradingDay] = [
  dayOf(`${Math.min(...YEARS.keys())}-01-01`),
  dayOf(`${Math.max(...YEARS.keys())}-12-31`),
];

/** CA1: what the exchange does on a day; `unknown` for a weekday outside the known years. */
export function calendarDay(day: TradingDay): CalendarDay {
  const date = formatTradingDay(day);
  const year = YEARS.get(Number(date.slice(0, 4)));
  if (weekdayOf(day) === 0 || weekdayOf(day) === 6) {
    return { kind: "weekend", day };
  }
  if (year === undefined) {
    return { kind: "unknown", day };
  }
  const holiday = BY_DAY.get(day);
  if (holiday !== undefined) {
    return holiday;
  }
  const shifted = shiftOf(day, date.slice(5) === year.exam);
  const [opens, closes] = HOURS[shifted ?? "regular"];
  const midnight = midnightOf(day);
  return {
    kind: "session",
    day,
    opensAt: midnight + opens * MINUTE_MS,
    closesAt: midnight + closes * MINUTE_MS,
    shifted,
    confidence: year.confidence,
  };
}

/** The first weekday of a year that is no holiday is its first session. */
function shiftOf(day: TradingDay, isExam: boolean): SessionHours["shifted"] {
  if (isExam) {
    return "exam";
  }
  const newYear = dayOf(`${formatTradingDay(day).slice(0, 4)}-01-01`);
  for (let before: number = newYear; before < day; before++) {
    const weekday = weekdayOf(tradingDayOf(before));
    if (weekday !== 0 && weekday !== 6 && !BY_DAY.has(before)) {
      return null;
    }
  }
  return "first_session";
}

/** The first session that opens after an instant; `null` when the known years end before one is found. */
export function nextSession(now: number): SessionHours | null {
  const today = tradingDayAt(now);
  for (let day: number = today; ; day++) {
    const found = calendarDay(tradingDayOf(day));
    if (found.kind === "unknown") {
      return null;
    }
    if (found.kind === "session" && found.opensAt > now) {
      return found;
    }
  }
}
