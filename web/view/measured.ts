/** What a rule measured, of which only the kind of value is known: text as it is, large numbers whole, small ones exact. */
import type { Format } from "../i18n/format.ts";

/** From here on two decimals say nothing more. */
const LARGE = 1_000;

export function measured(value: number | string | null, format: Format): string {
  if (typeof value === "string") {
    return value;
  }
  return value !== null && Math.abs(value) >= LARGE ? format.integer(value) : format.ratio(value);
}
