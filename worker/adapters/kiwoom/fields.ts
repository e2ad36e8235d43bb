/** KW2: the vendor's numbers: a price carries the sign of the day's change, zeros stand before it, an empty text is no number. */
import * as v from "valibot";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Ticker } from "../../core/nominal.ts";

const NUMBER = /^([+-]{0,2})(\d{1,18}(?:\.\d{1,8})?)$/;

/** A number with its sign; `null` for what is none. Two signs before a falling change occur: `--1500` is as far below as `-1500`. */
export function parseSigned(text: string): number | null {
  const [, signs = "", digits] = NUMBER.exec(text.trim()) ?? [];
  const size = digits === undefined ? Number.NaN : Number(digits);
  if (!(size <= Number.MAX_SAFE_INTEGER)) {
    return null;
  }
  return signs.includes("-") ? 0 - size : size;
}

/** A price, a volume or a value, whose sign states whether the day is up or down; `null` for what is no number. */
export function parseSize(text: string): number | null {
  const value = parseSigned(text);
  return value === null ? null : Math.abs(value);
}

const Text = v.pipe(v.string(), v.maxLength(64), v.trim());

function numberBy(parse: (text: string) => number | null): v.GenericSchema<unknown, number> {
  return v.pipe(
    Text,
    v.rawTransform(({ dataset, addIssue, NEVER }): number => {
      const value = parse(dataset.value);
      if (value === null) {
        addIssue({ message: "not a number" });
        return NEVER;
      }
      return value;
    }),
  );
}

/** A change, with its sign. */
const Signed: v.GenericSchema<unknown, number> = numberBy(parseSigned);
/** A price: its sign is of the change. */
export const Size: v.GenericSchema<unknown, number> = numberBy(parseSize);
/** Shares. */
export const Shares = v.pipe(Size, v.integer());
/** A field that an answer may lack or leave empty. */
export const MaybeSigned = v.optional(v.fallback(v.nullable(Signed), null), null);
export const MaybeSize = v.optional(v.fallback(v.nullable(Size), null), null);

/** The vendor counts values in millions of won. */
export const MILLION = 1_000_000;

/** The code of a share on KRX itself; one of another venue (`005930_NX`, `005930_AL`) is another price, and none here. */
export function krxTickerIn(text: string): Ticker | null {
  return parseTicker("KRX", /^A\d/.test(text) && text.length === 7 ? text.slice(1) : text);
}

export const KrxTicker = v.pipe(
  Text,
  v.rawTransform(({ dataset, addIssue, NEVER }): Ticker => {
    const ticker = krxTickerIn(dataset.value);
    if (ticker === null) {
      addIssue({ message: "not a ticker of KRX" });
      return NEVER;
    }
    return ticker;
  }),
);

/** Which signs of a change a code of the vendor allows: 1 limit up, 2 up, 3 flat, 4 limit down, 5 down. */
const SIGNS: Readonly<Record<string, number>> = { "1": 1, "2": 1, "3": 0, "4": -1, "5": -1 };

/** The change, where its number and its code agree, or one of them is missing; else `null`. */
export function agreedChange(change: number | null, code: string | null): number | null {
  const sign = code === null || code === "" ? null : (SIGNS[code] ?? null);
  return change !== null && (sign === null || Math.sign(change) === sign) ? change : null;
}

/** The price less its change, to the hundredth; `null` without a change, and for a base that is no price. */
export function baseOf(price: number, change: number | null): number | null {
  const base = change === null ? null : Math.round((price - change) * 100) / 100;
  return base === null || base <= 0 ? null : base;
}
