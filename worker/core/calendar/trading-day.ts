/**
 * A calendar day of the exchange, in KST, as the count of days since 1970-01-01.
 * A count instead of a `Date`: it packs into a Float64 column, compares as a number and knows no time zone.
 */
import { AssertionError } from "../assert.ts";
import type { Nominal } from "../nominal.ts";

/** TD1: whole days since 1970-01-01, on the calendar of Seoul. */
export type TradingDay = Nominal<number, "TradingDay">;

function isTradingDay(count: number): count is TradingDay {
  return Number.isSafeInteger(count);
}

/** Names a count of days that comes out of storage or a column; a count that is not whole is a broken invariant. */
export function tradingDayOf(count: number): TradingDay {
  // Not `assert`: this runs on every row, and the text of a passing assertion costs more than the check.
  if (!isTradingDay(count)) {
    throw new AssertionError(`${count} is not a count of days`);
  }
  return count;
}

const ISO = /^(\d{4})-?(\d{2})-?(\d{2})$/;

/** Days since 1970-01-01 of a proleptic Gregorian date (Hinnant's civil calendar arithmetic). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/**
 * Accepts `2025-06-17` and `20250617`; `null` for anything else, also for a day that no calendar has.
 *
 * @example
 * parseTradingDay("20250617") === parseTradingDay("2025-06-17"); // true: 20256 days
 * parseTradingDay("2025-02-29"); // null
 */
export function parseTradingDay(text: string): TradingDay | null {
  const match = ISO.exec(text);
  if (!match) {
    return null;
  }
  const days = tradingDayOf(daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3])));
  const canonical = `${match[1]}-${match[2]}-${match[3]}`;
  return formatTradingDay(days) === canonical ? days : null;
}

/** `2025-06-17`. */
export function formatTradingDay(day: TradingDay): string {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: TradingDay): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** How far the clocks of Seoul are ahead of UTC, in milliseconds. */
export const KST_OFFSET_MS: number = 9 * 3_600_000;
/** The length of a day in milliseconds: Seoul has no summer time. */
export const DAY_MS = 86_400_000;

/** The day in Seoul at an instant given as milliseconds since the epoch. */
export function tradingDayAt(epochMs: number): TradingDay {
  return tradingDayOf(Math.floor((epochMs + KST_OFFSET_MS) / DAY_MS));
}

/** The instant at which a day begins in Seoul, in milliseconds since the epoch. */
export function midnightOf(day: TradingDay): number {
  return day * DAY_MS - KST_OFFSET_MS;
}
