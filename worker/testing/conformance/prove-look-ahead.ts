/** `npm run prove -- lookahead`: a scan of past days on the whole history against one that never saw the later bars. */
import { isDeepStrictEqual } from "node:util";
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { scan } from "../../core/scan/scan.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { makeRandom } from "../chance/random.ts";
import { randomUniverse, scanInput, type Universe } from "../oracle/random-universe.ts";
import { NO_REAL_BARS, readRealUniverse } from "../oracle/real-universe.ts";

/** Sessions that a past day must have before it, so that there is something to judge. */
const BEHIND = 80;

/** The market as it was known on the evening of a day. */
function knownOn({ listings, sessions, indices }: Universe, day: TradingDay): Universe {
  const known = (rows: readonly Row[]): Row[] => rows.filter((row) => row.day <= day);
  const { KOSPI, KOSDAQ } = indices;
  return {
    listings: listings
      .map((listing) => ({ ...listing, rows: known(listing.rows) }))
      .filter(({ rows }) => rows.length > 0),
    sessions: sessions.filter((session) => session <= day),
    indices: { ...(KOSPI && { KOSPI: known(KOSPI) }), ...(KOSDAQ && { KOSDAQ: known(KOSDAQ) }) },
  };
}

/** A share that was not listed yet has a verdict on the whole history (no row) and none on the known one. */
function ofListed(result: ScanResult | null, listed: ReadonlySet<string>): readonly unknown[] {
  return result?.verdicts.filter(({ ticker }) => listed.has(ticker)) ?? [];
}

/** The tickers on which the two disagree. */
function disagreements(universe: Universe, day: TradingDay): readonly string[] {
  const known = knownOn(universe, day);
  const listed = new Set(known.listings.map(({ ticker }) => ticker));
  const whole = scan(scanInput(universe, day));
  const past = scan(scanInput(known, null));
  const later = ofListed(whole, listed);
  const gate = isDeepStrictEqual(whole?.gate, past?.gate) ? [] : ["the market gate"];
  const wrong = (past?.verdicts ?? []).filter((verdict, i) => !isDeepStrictEqual(verdict, later[i]));
  return [...gate, ...wrong.map(({ ticker }) => ticker)];
}

/** Returns whether no verdict of any day depends on a later bar. */
export function proveLookAhead(days: number, from: number, print: (line: string) => void): boolean {
  const universe = NO_REAL_BARS === null ? readRealUniverse() : randomUniverse(from, 400);
  if (NO_REAL_BARS !== null) {
    print(`${NO_REAL_BARS}; a random market of 400 shares instead`);
  }
  const random = makeRandom(2_024 + from);
  let broken = 0;
  for (let n = 0; n < days; n++) {
    const day = universe.sessions[BEHIND + Math.floor(random() * (universe.sessions.length - 1 - BEHIND))];
    assert(day !== undefined, "There are more sessions than must lie behind");
    const wrong = disagreements(universe, day);
    broken += wrong.length;
    if (wrong.length > 0) {
      print(`${day}: ${wrong.slice(0, 10).join(" ")}`);
    }
  }
  print(`${days} past days of ${universe.listings.length} shares, ${broken} verdicts that knew a later bar`);
  return broken === 0;
}
