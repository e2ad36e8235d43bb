/** What an owner's check of the vendors found, and the vendors whose refusals were forgotten. */
import * as v from "valibot";
import { ExchangeName, KstTime, listOf, VendorName } from "../vocabulary.ts";

/** One thing that was measured. */
const Finding = v.object({
  /** `warning`: it works, and something is worth knowing. `fault`: something does not. */
  mark: v.picklist(["ok", "warning", "fault"]),
  /** `null` for what concerns all vendors. */
  source: v.nullable(VendorName),
  /** A service by the vendor's own name of it, or `key`, `newest day`, `clock`, `calendar`, `kind of close`, `calls`, `token`, `readers`. */
  about: v.string(),
  what: v.string(),
  /** What to do; `null` where there is nothing to do. */
  remedy: v.nullable(v.string()),
});

/** No secret stands in it. */
export const SourceCheckBody = v.object({
  exchange: ExchangeName,
  checked_at: KstTime,
  findings: listOf(Finding),
});
export type SourceCheckBody = v.InferOutput<typeof SourceCheckBody>;

export const ForgottenBody = v.object({
  exchange: ExchangeName,
  /** Vendors that are asked again as if they had refused nothing; none where no key is set. */
  sources: listOf(VendorName),
});
export type ForgottenBody = v.InferOutput<typeof ForgottenBody>;
