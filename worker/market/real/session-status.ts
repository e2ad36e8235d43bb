/** DR7, DR13: where the live prices of a real exchange stand, from its calendar, its connection and its plan of slots. */
import type { FeedCoverage, FeedState, FeedStatus } from "../../app/ports/live.ts";
import type { FormingCount, ProvisionalGate } from "../../app/ports/forming.ts";
import type { LiveMachine } from "../../app/ports/live-upstream.ts";
import type { SourceId } from "../../app/ports/market-sources.ts";
import type { SessionHours } from "../../core/calendar/krx-calendar.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { type MarketPhase, marketPhase } from "../../core/session/market-phase.ts";

/** Without a trade of anything that is followed, while the market is open. */
const STALE_MS = 30_000;

/** Instants in milliseconds since the epoch. */
export interface SessionFacts {
  readonly exchange: Exchange;
  readonly source: SourceId;
  readonly now: number;
  /** Of this day; `null`: there is no session, by the calendar or by the vendor. */
  readonly hours: SessionHours | null;
  /** The connection stands, and what it did not show was asked for. */
  readonly isLive: boolean;
  /** When the last trade arrived, or the session began. */
  readonly tradedAt: number;
  /** `null` while no connection should stand. */
  readonly coverage: FeedCoverage | null;
  /** Of the session so far. */
  readonly forming: FormingCount | null;
  readonly gate: ProvisionalGate | null;
  /** `null` where none brings the prices. */
  readonly machine: LiveMachine | null;
}

export function sessionStatus(facts: SessionFacts): FeedStatus {
  const { exchange, source, now, hours, coverage, forming, gate, machine } = facts;
  const phase = hours === null ? "closed" : marketPhase(hours, now);
  return {
    exchange,
    state: stateIn(phase, facts),
    source,
    clock: now,
    session: phase === "open" || phase === "closing_auction" ? "open" : "closed",
    tickers: coverage === null ? 0 : coverage.followed + coverage.polled,
    phase,
    ...(coverage === null ? {} : { coverage }),
    ...(coverage === null || forming === null ? {} : { forming: { at: forming.at, count: forming.count } }),
    ...(gate === null ? {} : { gate }),
    ...(machine === null ? {} : { machine }),
  };
}

/** In the closing auction nothing is traded for ten minutes, and no trade is missed. */
function stateIn(phase: MarketPhase, { now, isLive, tradedAt }: SessionFacts): FeedState {
  if (phase !== "open" && phase !== "closing_auction") {
    return "closed";
  }
  const isSilent = phase === "open" && now - tradedAt > STALE_MS;
  return isLive && !isSilent ? "live" : "stale";
}
