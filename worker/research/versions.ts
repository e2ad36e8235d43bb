/**
 * EV1j, EV1k: the versions of the law and the bars that were looked at while each was chosen. A study counts its trials
 * and names what is in-sample from this table: a new version adds a line.
 */
import { parseTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import { exchangeOf } from "../core/instrument/exchange-profile.ts";
import type { Exchange } from "../core/instrument/instrument.ts";

/** Bars of an exchange that somebody looked at while choosing thresholds; both days (`2025-06-17`) are included. */
export interface LookedAt {
  readonly exchange: Exchange;
  readonly from: string;
  readonly to: string;
}

/** One set of parameters that was the law, or is. */
interface LawVersion {
  readonly version: string;
  readonly lookedAt: readonly LookedAt[];
}

const RECENT: LookedAt = { exchange: "KRX", from: "2023-12-05", to: "2025-06-17" };
const EARLY: LookedAt = { exchange: "KRX", from: "2005-01-01", to: "2019-12-31" };

/** Oldest first. Each was chosen with the ones before it known, so all of them are trials of the latest. */
export const LAW_VERSIONS: readonly LawVersion[] = [
  { version: "vcp-1", lookedAt: [EARLY, RECENT] },
  { version: "vcp-2", lookedAt: [RECENT] },
  { version: "vcp-3", lookedAt: [RECENT] },
  { version: "vcp-4", lookedAt: [RECENT] },
];

/** A version and those before it; one that the table lacks comes after all of them. */
function versionsUntil(version: string): readonly LawVersion[] {
  const place = LAW_VERSIONS.findIndex((each) => each.version === version);
  return place < 0 ? [...LAW_VERSIONS, { version, lookedAt: [] }] : LAW_VERSIONS.slice(0, place + 1);
}

/** EV1k: the names of all sets of parameters that were tried until this one, oldest first. */
export function trialsOf(version: string): readonly string[] {
  return versionsUntil(version).map((each) => each.version);
}

/** Where the judged days of a study come from. */
export interface Judged {
  readonly exchanges: ReadonlySet<Exchange>;
  readonly first: TradingDay;
  readonly last: TradingDay;
}

/** EV1j: what was looked at for a version, or for one before it, and is judged again; oldest days first. */
export function inSample(version: string, { exchanges, first, last }: Judged): readonly LookedAt[] {
  const all = new Set(versionsUntil(version).flatMap(({ lookedAt }) => lookedAt));
  return [...all]
    .filter(
      ({ exchange, from, to }) =>
        exchanges.has(exchange) &&
        (parseTradingDay(from) ?? Number.POSITIVE_INFINITY) <= last &&
        (parseTradingDay(to) ?? Number.NEGATIVE_INFINITY) >= first,
    )
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** The exchanges of tickers by their form; none of bars that were made up, whatever their tickers look like. */
export function exchangesOf(tickers: readonly string[], madeUp: boolean): ReadonlySet<Exchange> {
  const known = tickers.map(exchangeOf).filter((exchange) => exchange !== null);
  return new Set(madeUp ? [] : known);
}
