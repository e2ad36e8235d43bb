/** How often chance is listed (EV2): figures counted once for a version of the rules, and part of the page. */
import * as v from "valibot";
import text from "../../worker/protocol/rest/null-rates.json?raw";
import { nullsExceeded, NullRates } from "../../worker/protocol/rest/null-rates.ts";

export function readNullRates(): NullRates {
  return v.parse(NullRates, JSON.parse(text));
}

/** The kinds of chance in which a base stands less often than in real shares. */
export function exceededNulls({
  nulls,
  real,
}: Pick<NullRates, "nulls" | "real">): ReturnType<typeof nullsExceeded> {
  return nullsExceeded(nulls, real);
}
