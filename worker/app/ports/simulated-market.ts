/** A simulated market, as the feed drives it: its past, then session after session, each known to its end. */
import type { Columns } from "../../core/bars/columns.ts";
import type { IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { TickerColumns } from "./market-book.ts";

/** A share at one moment of a session; `previous` is what its change counts from: the close before, or the base price after a corporate action. */
export interface Quote {
  readonly price: number;
  readonly previous: number;
  /** Of the session so far. */
  readonly volume: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly bid: number | null;
  readonly ask: number | null;
  /** When it was last seen to hold, in milliseconds since the epoch; left out where every quote is of its view's moment. */
  readonly seenAt?: number;
  /** How a real session learns it; left out where no session of one runs. */
  readonly via?: PriceWay;
  /** The vendor states that it does not trade at this moment; left out where that is not stated. */
  readonly isHalted?: boolean;
  /** A volatility interruption: orders are gathered for some two minutes, and the price is the last one that was paid. */
  readonly isInterrupted?: boolean;
}

/** `followed`: trade by trade over the vendor's connection. `polled`: asked for by turns. */
export type PriceWay = "followed" | "polled";

/** An index inside a session, in points. */
export interface IndexPrice {
  readonly price: number;
  readonly previous: number;
  readonly volume: number;
}

/** The rows of each index that the market has. */
export type IndexColumns = readonly { readonly code: IndexCode; readonly columns: Columns }[];

/** One session. `elapsed` is the share of it that has passed, in [0, 1]; at 1 every quote equals its final row. */
export interface LiveSession {
  readonly day: TradingDay;
  /** One final row a ticker. */
  rows(): readonly TickerColumns[];
  indexRows(): IndexColumns;
  /** `null`: no such share, or it does not trade this session. */
  quote(ticker: string, elapsed: number): Quote | null;
  index(code: IndexCode, elapsed: number): IndexPrice;
  /** The state of the market after this session, as bytes. */
  end(): Uint8Array;
}

/** A market that is computed: the same seed gives the same past and the same sessions. */
export interface SimulatedMarket {
  readonly source: string;
  readonly instruments: readonly Instrument[];
  /** Blocks of whole series; returns the indices and the state that the first live session follows. */
  history(): Generator<
    readonly TickerColumns[],
    { readonly indices: IndexColumns; readonly state: Uint8Array },
    undefined
  >;
  /** The session that follows a state. Throws when the bytes are no state. */
  after(state: Uint8Array): LiveSession;
}
