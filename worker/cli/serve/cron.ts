/**
 * When a Cron Trigger is due. `wrangler dev` fires none by itself, so `npm start` does.
 * Cloudflare's dialect: five fields in UTC, names for months and weekdays, 1 is Sunday. `L`, `W` and `#` are not read.
 */

/** A line of `wrangler.toml`; locally nobody else fires it. */
export interface Cron {
  readonly text: string;
  isDue(time: Date): boolean;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
const FIELDS: readonly (readonly [min: number, max: number, names: readonly string[]])[] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, MONTHS],
  [1, 7, WEEKDAYS],
];

const PART = /^(\*|[0-9A-Z]+(?:-[0-9A-Z]+)?)(?:\/(\d+))?$/;

/** The values of one field, or `null` when it is not understood. */
function parseField(
  text: string,
  min: number,
  max: number,
  names: readonly string[],
): ReadonlySet<number> | null {
  const valueOf = (part: string): number => {
    const named = names.indexOf(part);
    return named >= 0 ? named + min : /^\d+$/.test(part) ? Number(part) : Number.NaN;
  };
  const values = new Set<number>();
  for (const part of text.toUpperCase().split(",")) {
    const match = PART.exec(part);
    const [from, to] = match?.[1] === "*" ? [min, max] : (match?.[1]?.split("-").map(valueOf) ?? []);
    const step = Number(match?.[2] ?? 1);
    const first = from ?? Number.NaN;
    const last = to ?? (match?.[2] === undefined ? first : max);
    if (!(first >= min && last <= max && first <= last && step > 0)) {
      return null;
    }
    for (let value = first; value <= last; value += step) {
      values.add(value);
    }
  }
  return values;
}

/** `null` when the expression is not understood. */
export function parseCron(text: string): Cron | null {
  const parts = text.trim().split(/\s+/);
  const fields = FIELDS.map(([min, max, names], i) => parseField(parts[i] ?? "", min, max, names));
  const [minutes, hours, days, months, weekdays] = fields;
  if (parts.length !== FIELDS.length || !minutes || !hours || !days || !months || !weekdays) {
    return null;
  }
  // As everywhere: when both day fields are restricted, one of them is enough.
  const either = parts[2] !== "*" && parts[4] !== "*";
  return {
    text,
    isDue(time) {
      const day = days.has(time.getUTCDate());
      const weekday = weekdays.has(time.getUTCDay() + 1);
      return (
        minutes.has(time.getUTCMinutes()) &&
        hours.has(time.getUTCHours()) &&
        months.has(time.getUTCMonth() + 1) &&
        (either ? day || weekday : day && weekday)
      );
    },
  };
}

const MINUTE_MS = 60_000;
const LONGEST_GAP_MS = 24 * 60 * MINUTE_MS;

/**
 * The last minute after `from` and up to `to` that was due, `null` when none was: a machine that slept through several fires
 * once, late. Milliseconds since the epoch; gaps beyond a day are cut to a day.
 */
export function lastDue(cron: Cron, from: number, to: number): number | null {
  const start = Math.max(from, to - LONGEST_GAP_MS);
  for (let minute = Math.floor(to / MINUTE_MS); minute * MINUTE_MS > start; minute--) {
    if (cron.isDue(new Date(minute * MINUTE_MS))) {
      return minute * MINUTE_MS;
    }
  }
  return null;
}

/** The expressions in the `[triggers]` of a wrangler.toml. */
export function cronsIn(toml: string): readonly string[] {
  const section = /^\[triggers\]\s*$([^[]*?^\s*crons\s*=\s*\[[^\]]*\])/m.exec(toml)?.[1] ?? "";
  const list = /crons\s*=\s*\[([^\]]*)\]/.exec(section)?.[1] ?? "";
  return Array.from(list.matchAll(/"([^"]*)"|'([^']*)'/g), (match) => match[1] ?? match[2] ?? "");
}
