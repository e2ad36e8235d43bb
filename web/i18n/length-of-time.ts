/** A length of time in words, as a reader counts it. */

const MINUTE = 60;
const HOUR = 3_600;

/** Takes seconds: a tunnel in seconds, a lunch in minutes, a night in hours. */
export function lengthOf(seconds: number, units: Readonly<Record<"s" | "min" | "h", string>>): string {
  const [count, unit]: readonly [number, string] =
    seconds < 2 * MINUTE
      ? [seconds, units.s]
      : seconds < 2 * HOUR
        ? [seconds / MINUTE, units.min]
        : [seconds / HOUR, units.h];
  return `${Math.round(count)}${unit}`;
}
