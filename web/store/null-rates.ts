/** How often chance is listed (EV2): figures counted once for a version of the rules, and part of the page. */
import * as v from "valibot";
import text from "../../worker/protocol/null-rates.json?raw";
import { NullRates } from "../../worker/protocol/null-rates.ts";

export function readNullRates(): NullRates {
  return v.parse(NullRates, JSON.parse(text));
}
