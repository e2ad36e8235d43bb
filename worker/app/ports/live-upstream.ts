/**
 * One socket to a vendor of live prices, as the driver of a real session sees it. A vendor grants few names: what is followed is
 * decided by the caller, and what the vendor took of it is an event.
 */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { INDEX_CODES, type IndexCode } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Neighbour } from "./neighbour-error.ts";
import type { Answer, Denial, MarketQuote, SourceId } from "./market-sources.ts";

/** A share by its ticker, or an index by its code: no ticker is the code of an index. */
export type LiveKey = Ticker | IndexCode;

/** The index that a key names; `null` for a share. */
export function indexOfKey(key: string): IndexCode | null {
  return INDEX_CODES.find((code) => code === key) ?? null;
}

/**
 * `session`: paid in the regular session of the exchange, its auctions included. `auction`: indicative, nobody has paid it. `after`:
 * of the after-market. `other`: before the opening, of a block, or nothing that the vendor's codes explain.
 */
export type TickPhase = "session" | "auction" | "after" | "other";

/** How many shares of a market stand above, at and below their close before, as the vendor counts them. */
export interface ShareCounts {
  readonly up: number;
  readonly flat: number;
  readonly down: number;
}

/** A trade with the session's figures so far: prices raw in won, an index in points, volume in shares (an index: the vendor's unit). */
export interface Tick {
  readonly key: LiveKey;
  readonly day: TradingDay;
  /** Of the trade, by the vendor's clock, to the second; milliseconds since the epoch. */
  readonly at: number;
  readonly phase: TickPhase;
  readonly isHalted: boolean;
  readonly price: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** From which the exchange counts the session's change; `null` where the vendor contradicts itself. */
  readonly base: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Of an index, where the vendor states them beside it. */
  readonly counts?: ShareCounts;
}

/** After `down` a session has no further event. */
export type UpstreamEvent =
  /** The vendor has taken the connection. */
  | { readonly kind: "up" }
  /** `denied`: why the vendor will refuse the next one too; `null`: a fault that may pass. `detail` holds no secret. */
  | { readonly kind: "down"; readonly denied: Denial | null; readonly detail: string }
  /** Anything at all has arrived, a heartbeat too. */
  | { readonly kind: "frame" }
  | { readonly kind: "ticks"; readonly ticks: readonly Tick[] }
  /** What the vendor has taken of the last list so far. */
  | { readonly kind: "followed"; readonly keys: readonly LiveKey[] };

/** One connection. */
export interface UpstreamSession {
  /** Replaces the list before: what left it is given back, what stands in it first is taken first. */
  want(keys: readonly LiveKey[]): void;
  /** No event follows. */
  close(): void;
}

/** A machine that brings live prices. `at`: when it connected, or was last there, in milliseconds since the epoch. */
export interface LiveMachine {
  readonly isPresent: boolean;
  readonly at: number;
}

/** Where live prices come from. */
export interface LiveUpstream {
  readonly id: SourceId;
  /** The name under which its failures are logged and remembered. */
  readonly neighbour: Neighbour;
  /** How many keys can be followed at once. */
  readonly slots: number;
  /** The machine of the owner's that brings the prices; absent of a vendor that this program reaches itself. */
  readonly machine?: LiveMachine | null;
  /** Of the key or the machine that a refusal is of, no secret; `null` while it is not known, absent where there is none. */
  readonly credential?: string | null;
  /** Whether one can be opened at all; absent of a vendor that is always tried. */
  isPresent?(): boolean;
  /** Connects at once, and once: after `down` the caller opens another one. Never throws; nothing is called before it has returned. */
  open(onEvent: (event: UpstreamEvent) => void): UpstreamSession;
}

/** The book of a real exchange as the driver of its session sees it: the vendors are asked in one place, with one limit and one token. */
export interface QuotingBook {
  /** The prices of this moment; `null` without a vendor that has them. Rejects when book or vendor is out of reach. */
  quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]> | null>;
}
