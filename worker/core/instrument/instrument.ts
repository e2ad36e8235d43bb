/** What a ticker is: board, kind, industry and notices. The kind is derived once, by the adapter that read the source. */
import type { Ticker } from "../nominal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** Every exchange there is a profile of; `DEMO` is simulated. */
export const EXCHANGES = ["KRX", "DEMO"] as const;
/** One exchange: the key of every stored row. */
export type Exchange = (typeof EXCHANGES)[number];
/** The boards of KRX. KONEX has no index, and so no RS line. */
export const MARKETS = ["KOSPI", "KOSDAQ", "KONEX"] as const;
/** One board. */
export type Market = (typeof MARKETS)[number];

/** Boards with an index, in the order in which their indices are listed. */
export const INDEX_CODES = ["KOSPI", "KOSDAQ"] as const;
/** An index is named as its board. */
export type IndexCode = (typeof INDEX_CODES)[number];

/** Only `common` is ever a signal (EL1). */
export const INSTRUMENT_KINDS = ["common", "preferred", "spac", "reit", "fund"] as const;
/** What a security is. */
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/** The exchange's notices that keep a share off the list (EL2). */
export const NOTICES = ["administration", "caution", "liquidation"] as const;
/** One such notice. */
export type Notice = (typeof NOTICES)[number];

/** A row of the master; `null` where the source has nothing. */
export interface Instrument {
  readonly ticker: Ticker;
  readonly name: string;
  /** As a source writes it; names that were only romanised are never stored. */
  readonly nameEn: string | null;
  readonly market: Market;
  readonly kind: InstrumentKind;
  readonly notice: Notice | null;
  readonly industry: string | null;
  readonly listedOn: TradingDay | null;
  readonly listedShares: number | null;
}
