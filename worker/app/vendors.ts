/**
 * What is known of each vendor: its secrets, what a key of it brings, its terms and its limits. The one table of it: what prints,
 * counts or judges reads it here, and the owner's guide (`worker/adapters/GUIDE.md`) is held against it.
 */
import type { Notice } from "../core/instrument/instrument.ts";
import { WANTED_SESSIONS } from "./jobs/days/backfill-state.ts";
import type { SourceId } from "./ports/market-sources.ts";

/** By the names under which an owner sets them; none is required. */
export const VENDOR_SECRETS = [
  "KRX_AUTH_KEY",
  "KIS_APP_KEY",
  "KIS_APP_SECRET",
  "KIWOOM_APP_KEY",
  "KIWOOM_SECRET_KEY",
] as const;
export type VendorSecret = (typeof VENDOR_SECRETS)[number];

export interface Vendor {
  /** Those that make one key, in this order. */
  readonly secrets: readonly VendorSecret[];
  /** What a key that is set brings, for `npm start`. */
  readonly brings: string;
  /** What one would bring that is not set, for the doctor. */
  readonly gives: string;
  readonly terms: string;
  /** Calls that one key has in a day in Seoul; `null` where the vendor counts none. */
  readonly callsPerDay: number | null;
  /** Between two calls, in milliseconds. */
  readonly spacingMs: number;
  /** Notices of which its master states nothing, also where it states that there is no notice. */
  readonly unpublished: readonly Notice[];
  /** Shares that the counts of its master are rounded down to. */
  readonly sharesPer: number;
}

/**
 * Limits. KRX: 10,000 calls a key and day by its terms; no rate is published, and 4 a second is what careful callers keep to. KIS: 18 a second since 2026-04-20, and 100 to
 * 150 ms between calls by its own advice. Kiwoom: 5 a second are in use, and a client that asked slower was never refused.
 */
export const VENDORS: Readonly<Record<SourceId, Vendor>> = {
  krx: {
    secrets: ["KRX_AUTH_KEY"],
    brings: "KRX Open API: the whole market each morning at 08:05 in Seoul, and its past",
    gives: `the whole market each morning, ${WANTED_SESSIONS} past sessions, the masters and the indices, with a free key`,
    terms:
      "the terms of KRX Open API allow non-commercial use alone, no charge for results and no passing on of the data",
    callsPerDay: 10_000,
    spacingMs: 250,
    unpublished: ["liquidation"],
    sharesPer: 1,
  },
  kis: {
    secrets: ["KIS_APP_KEY", "KIS_APP_SECRET"],
    brings: "KIS: the session of the same day at 15:40 in Seoul, and without KRX the past of each share",
    gives: "the session of the same day at 15:40, with an account there",
    terms: "the terms of KIS Developers (art. 5) forbid to give quotes to third parties",
    callsPerDay: null,
    spacingMs: 120,
    unpublished: [],
    sharesPer: 1_000,
  },
  kiwoom: {
    secrets: ["KIWOOM_APP_KEY", "KIWOOM_SECRET_KEY"],
    brings: "Kiwoom: the session of the same day at 15:40 in Seoul, where this address is registered there",
    gives:
      "the session of the same day at 15:40 from an address that is registered there, with an account there",
    terms: "brokers' quotes are for the account's own use",
    callsPerDay: null,
    spacingMs: 250,
    unpublished: [],
    sharesPer: 1,
  },
};
