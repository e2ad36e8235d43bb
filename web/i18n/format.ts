/** Numbers and times as a Korean market page writes them. A missing value is an en dash in every format, never 0. */
import { type Locale, TAGS } from "./locale.ts";

const MISSING = "–";
/** U+2212: as wide as a plus sign, so signed columns align. */
const MINUS = "\u2212";

export interface Format {
  /** Won without decimals; a price in other money keeps two. */
  price(value: number | null): string;
  /** Two decimals. */
  index(value: number | null): string;
  integer(value: number | null): string;
  /** Takes a fraction: 0.25 is `25.0%`. */
  percent(fraction: number | null): string;
  /** Takes a fraction, without decimals: `100%`. */
  share(fraction: number | null): string;
  /** Takes a fraction, always with a sign: `+0.4%`, `−2.0%`, `0.0%`. */
  change(fraction: number | null): string;
  /** The same with two decimals, for what moves by the second: `+0.42%`. */
  rate(fraction: number | null): string;
  /** A difference of prices with its sign: `+300`. */
  delta(value: number | null): string;
  /** Takes seconds: `2.0초`, `2.0 sec`. */
  seconds(value: number | null): string;
  /** Two decimals: `0.45`. */
  ratio(value: number | null): string;
  /** With `digits` decimals, two by default. */
  fixed(value: number | null, digits?: number): string;
  /** At most one decimal: `4`, `2.5`. */
  points(value: number | null): string;
  /** One decimal: `72.4`. */
  score(value: number | null): string;
  /** Korean 만 and 억, English K and M. */
  compact(value: number | null): string;
  /** ISO 8601 with offset in; `06-13 18:21` in Seoul out, without the zone's name. With the year where it is not that of `session`. */
  time(iso: string | null, session?: string | null): string;
  /** The same, the clock alone: `10:32:05`. */
  clock(iso: string | null): string;
  /** A day or a time with offset in; the day in Seoul out, in every language as `2025-06-13`: day and month change places by country. */
  day(iso: string | null): string;
}

function numbers(tag: string, options: Intl.NumberFormatOptions): (value: number | null) => string {
  const format = new Intl.NumberFormat(tag, options);
  return (value) =>
    value === null || !Number.isFinite(value) ? MISSING : format.format(value).replace("-", MINUS);
}

function times(tag: string, options: Intl.DateTimeFormatOptions): (iso: string | null) => string {
  const format = new Intl.DateTimeFormat(tag, { timeZone: "Asia/Seoul", ...options });
  return (iso) => {
    // A bare day is read as UTC midnight, which is 09:00 of the same day in Seoul.
    const at = iso === null ? Number.NaN : Date.parse(iso);
    return Number.isNaN(at) ? MISSING : format.format(at);
  };
}

/** A value that rounds to zero loses its sign: −0.0004 is `0.0%`. */
const SIGNED: Intl.NumberFormatOptions = { signDisplay: "exceptZero" };
const ONE: Intl.NumberFormatOptions = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const TWO: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
/** A locale whose digits of a day are ISO 8601. */
const ISO_TAG = "sv-SE";
/** Characters of a year and what ends it. */
const YEAR = "2025-".length;
const DAY: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit" };
const MINUTE: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export function createFormat(locale: Locale): Format {
  const tag = TAGS[locale];
  const whole = numbers(tag, { maximumFractionDigits: 0 });
  const day = times(ISO_TAG, DAY);
  const minute = times(ISO_TAG, MINUTE);
  const yearOf = times(ISO_TAG, { year: "numeric" });
  return {
    price: whole,
    index: numbers(tag, TWO),
    integer: whole,
    percent: numbers(tag, { style: "percent", ...ONE }),
    share: numbers(tag, { style: "percent" }),
    change: numbers(tag, { style: "percent", ...ONE, ...SIGNED }),
    rate: numbers(tag, { style: "percent", ...TWO, ...SIGNED }),
    delta: numbers(tag, { maximumFractionDigits: 0, ...SIGNED }),
    seconds: numbers(tag, { style: "unit", unit: "second", ...ONE }),
    ratio: numbers(tag, TWO),
    fixed: (value, digits = 2) =>
      numbers(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits })(value),
    points: numbers(tag, { maximumFractionDigits: 1 }),
    score: numbers(tag, ONE),
    compact: numbers(tag, { notation: "compact", maximumFractionDigits: 1 }),
    time: (iso, session = null) => {
      const isOfYear = session === null || yearOf(iso) === yearOf(session);
      return day(iso) === MISSING ? MISSING : `${day(iso).slice(isOfYear ? YEAR : 0)} ${minute(iso)}`;
    },
    clock: times(tag, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    day,
  };
}
