/** What a ticker is: board, kind, industry and notices. The kind is derived once, by the adapter that read the source. */
import type { Ticker } from "../nominal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** Every exchange there is a profile of; `DEMO` is simulated. */
export const EXCHANGES = ["KRX", "DEMO"] as const;
/** One exchange: the key of every stored row. */
export type Exchange = (typeof EXCHANGES)[number];
/** The boards of KRX. KONEX has no index, and so no RS line. */
export type Market = "KOSPI" | "KOSDAQ" | "KONEX";

/** Boards with an index, in the order in which their indices are listed. */
export const INDEX_CODES = ["KOSPI", "KOSDAQ"] as const;
/** An index is named as its board. */
export type IndexCode = (typeof INDEX_CODES)[number];

/** Only `common` is ever a signal (EL1). */
export type InstrumentKind = "common" | "preferred" | "spac" | "reit" | "fund";

/** An exchange's notice that keeps a share off the list (EL2). */
export type Notice = "administration" | "caution" | "liquidation";

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
