/** AL7: hours of the day in which nothing is told, in the time zone of whoever sleeps. */

/** Minutes of the day, 0 to 1439; `from` after `until` passes midnight, equal ones are the whole day. `zone` is an IANA name. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
  readonly zone: string;
}

const MINUTE_MS = 60_000;
const DAY = 1_440;

/** Whether the platform knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return clockOf(zone).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** A zone has as many spellings as its letters have cases, and each is named from outside. */
const MOST_CLOCKS = 100;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one costs as much as a hundred readings. Throws a RangeError for a zone that the platform does not know. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat("en", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (clocks.size >= MOST_CLOCKS && !clocks.has(zone)) {
    clocks.clear();
  }
  clocks.set(zone, clock);
  return clock;
}

/** `at` in milliseconds since the epoch. Throws as `clockOf`. */
function minuteOfDay(zone: string, at: number): number {
  const parts = clockOf(zone).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return of("hour") * 60 + of("minute");
}

/** Hours without an end: nothing is ever told in them, so nothing is to be kept for it. */
export function isAlwaysQuiet({ from, until }: Pick<QuietHours, "from" | "until">): boolean {
  return from === until;
}

/** `at` in milliseconds since the epoch. */
export function isQuiet({ from, until, zone }: QuietHours, at: number): boolean {
  const minute = minuteOfDay(zone, at);
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

/**
 * The end of the quiet hours that `at` lies in, to the minute; a day whose clocks are put forward or back is counted as any other,
 * and whoever waits asks again at that time.
 */
export function quietUntil({ until, zone }: QuietHours, at: number): number {
  const wait = (until - minuteOfDay(zone, at) + DAY) % DAY || DAY;
  return Math.floor(at / MINUTE_MS) * MINUTE_MS + wait * MINUTE_MS;
}
