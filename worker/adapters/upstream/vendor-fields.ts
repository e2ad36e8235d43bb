/** KI4, KW2: the fields of vendors whose every value is a text, bounded here before it becomes a number, a day or a ticker. */
import * as v from "valibot";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Ticker } from "../../core/nominal.ts";

const NUMBER = /^-?\d{1,18}(?:\.\d{1,8})?$/;

/** Plain decimal digits within the safe range; `null` for anything else. */
export function parseAmount(text: string): number | null {
  const value = NUMBER.test(text) ? Number(text) + 0 : Number.NaN;
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}

const Text = v.pipe(v.string(), v.maxLength(64), v.trim());

/** A number with its sign; nothing else is one, the empty text neither. */
export const Signed = v.pipe(
  Text,
  v.rawTransform(({ dataset, addIssue, NEVER }): number => {
    const value = parseAmount(dataset.value);
    if (value === null) {
      addIssue({ message: "not a number" });
      return NEVER;
    }
    return value;
  }),
);

/** A price, a volume, a value: 0 or more. */
export const Amount = v.pipe(Signed, v.minValue(0));

/** A field that an answer may lack or leave empty: `null` then, and also for what is no number. */
export const MaybeAmount = v.optional(v.fallback(v.nullable(Amount), null), null);
export const MaybeSigned = v.optional(v.fallback(v.nullable(Signed), null), null);
/** A code of one or two signs; empty when there is none. */
export const MaybeCode = v.optional(v.fallback(v.pipe(Text, v.maxLength(8)), ""), "");

/** `20260914`. */
export const DayText = v.pipe(
  Text,
  v.rawTransform(({ dataset, addIssue, NEVER }): TradingDay => {
    const day = parseTradingDay(dataset.value);
    if (day === null || day < 0) {
      addIssue({ message: "not a day" });
      return NEVER;
    }
    return day;
  }),
);

/** TK1: the code of a share. */
export const TickerText = v.pipe(
  Text,
  v.rawTransform(({ dataset, addIssue, NEVER }): Ticker => {
    const ticker = parseTicker("KRX", dataset.value);
    if (ticker === null) {
      addIssue({ message: "not a ticker" });
      return NEVER;
    }
    return ticker;
  }),
);

/** A list of at most so many parts. One part alone may come as itself, without a list around it. */
export function listOf(most: number): v.GenericSchema<unknown, unknown[]> {
  return v.pipe(
    v.union([v.array(v.unknown()), v.record(v.string(), v.unknown())]),
    v.transform((list) => (Array.isArray(list) ? list : [list])),
    v.array(v.unknown()),
    v.maxLength(most),
  );
}

/** The parts that the schema takes, and how many it refuses; a part without any field is none. */
export function sift<T>(
  schema: v.GenericSchema<unknown, T>,
  parts: readonly unknown[],
): { readonly taken: readonly T[]; readonly refused: number } {
  const real = parts.filter(
    (part) => typeof part !== "object" || part === null || Object.keys(part).length > 0,
  );
  const taken = real.flatMap((part) => {
    const parsed = v.safeParse(schema, part);
    return parsed.success ? [parsed.output] : [];
  });
  return { taken, refused: real.length - taken.length };
}
