/** What a session of `npm run collect -- --live` came to: one line for a person or a log, and the exit code for a script. */
import type { Denial, SourceId } from "../../../app/ports/market-sources.ts";
import { type CollectCode, describeCalls } from "../collect-report.ts";
import type { RelayCounts } from "./live-relay.ts";

/** `null`: no session runs or comes on this day. */
export interface LiveOutcome {
  readonly day: string;
  readonly source: SourceId;
  readonly counts: RelayCounts | null;
  /** Of the day's last turn: each asks again for what an earlier one did not bring. */
  readonly turns: CollectCode;
  /** Whether the evening's prices were stored, where a vendor has them. */
  readonly hasEvening: boolean;
  readonly calls: Readonly<Record<string, number>>;
  /** The Worker's pages show the demo, whose feed wants no vendor's prices. */
  readonly isDemoShown: boolean;
}

/** KW30: what shows the exchange whose prices this machine brings. */
export function showRemedy(to: URL): string {
  return `the Worker shows the demo, which wants no prices of a vendor: npm run use -- KRX --to ${to.origin}`;
}

const REFUSED: Readonly<Record<Denial, string>> = {
  bad_key: "the key is not valid",
  service_not_approved: "the key has no right to it",
  address_not_allowed: "this machine's address is not registered there",
  key_in_use: "another program uses the key",
  quota: "the calls of today are spent",
  blocked: "the vendor blocks this address",
};

/** 1: the vendor refused, or nothing came of a session that was followed; 3: an evening that may still come. */
export function codeOfLive({ counts, turns }: LiveOutcome): CollectCode {
  const isBroken = counts !== null && (counts.denied !== null || counts.connections === 0);
  return isBroken ? 1 : turns;
}

export function describeLive(outcome: LiveOutcome, to: URL): string {
  const { counts, day, source, hasEvening, calls, isDemoShown } = outcome;
  if (counts === null) {
    return `No session to follow for ${to.origin}: ${day} has none, or it is over; ${describeCalls(calls)}.`;
  }
  const why = counts.denied === null ? counts.detail : REFUSED[counts.denied];
  const live =
    counts.connections === 0 && isDemoShown
      ? showRemedy(to)
      : counts.connections === 0
        ? `${source} took no connection${why === "" ? "" : ` (${why})`}`
        : `${counts.ticks} trades of ${counts.names} names over ${counts.connections} connection${counts.connections === 1 ? "" : "s"} of ${source}${counts.denied === null ? "" : `, then ${why}`}`;
  const head = codeOfLive(outcome) === 1 ? "Did not follow the session" : "Followed the session";
  const evening = hasEvening ? "its closes are stored" : "its closes were not stored";
  return `${head} of ${day} for ${to.origin}: ${live}; ${evening}; ${describeCalls(calls)}.`;
}
