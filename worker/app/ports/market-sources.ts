/**
 * The vendors of a real market, as the jobs see them: a source of closed days, one of the prices of this moment, one of the
 * master and one of the calendar. What a vendor answers is a value; a vendor that fails is a `NeighbourError`.
 */
import type { Row } from "../../core/bars/columns.ts";
import type { CloseKind, OriginFacts } from "../../core/bars/origin.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode, Market } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { MasterRow } from "./ingest.ts";
import type { DayDelivery } from "../../protocol/rest/market-days.ts";
import type { BackfillProgress, IndexColumns, TickerColumns } from "./market-book.ts";

/** Every vendor there is an adapter of. The name stands in the origins of rows (DY1), so it is never changed. */
export const SOURCE_IDS = ["krx", "kis", "kiwoom"] as const;
/** One vendor, as `MARKET_SOURCES` and the origins of rows name it. */
export type SourceId = (typeof SOURCE_IDS)[number];

/** Why a vendor refuses to serve. Asking again changes nothing until the owner acts or a day has passed. */
export type Denial =
  | "bad_key"
  | "service_not_approved"
  | "address_not_allowed"
  | "key_in_use"
  /** The calls of the day are spent, by our own count or by the vendor's. */
  | "quota"
  /** The vendor takes the caller for a robot and answers nothing for a day. */
  | "blocked";

/** Instants in milliseconds since the epoch. */
export type Answer<T> =
  /** `at`: when the last part of it was received. `value` is never empty. */
  | { readonly status: "ok"; readonly value: T; readonly at: number }
  /** Not published yet; asking before `retryAt` is of no use. */
  | { readonly status: "not_ready"; readonly retryAt: number }
  /** There was no session: the vendor has nothing and the calendar knows of none. */
  | { readonly status: "closed" }
  /** Terminal. `subject` names what was denied in the vendor's terms, and what the owner can do; it holds no secret. */
  | { readonly status: "denied"; readonly why: Denial; readonly subject: string };

/** Which close a source's rows hold; a source knows that of itself. */
export type StatedClose = Exclude<CloseKind, "unknown">;

/** One board's rows of one session. */
export interface DaySource {
  readonly id: SourceId;
  readonly closeKind: StatedClose;
  /** Whether its rows are amended no more (DY1). */
  readonly final: boolean;
  /**
   * Each ticker of the board once, with one row of that day (open = high = low = volume = 0 and the close carried for one that
   * did not trade, BR1), prices raw in won, `base` the base price of that session, `value` in won. Rows pass BR2.
   */
  day(day: TradingDay, market: Market): Promise<Answer<readonly TickerColumns[]>>;
  /** Every index of `INDEX_CODES`, with one row of that day in points. */
  indices(day: TradingDay): Promise<Answer<readonly IndexColumns[]>>;
}

/** What a share's session is at one moment. Prices raw in won, volume in shares, value in won. */
export interface MarketQuote {
  readonly ticker: Ticker;
  /** The last price; that of the closing auction from 15:30 until 16:00, of the after-market from then on. */
  readonly price: number;
  /** 0 while nothing was traded today, as {@link MarketQuote.volume} is. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** The session's so far. */
  readonly volume: number;
  readonly value: number | null;
  /** From which the exchange counts the session's change. */
  readonly base: number | null;
}

/** The prices of this moment. */
export interface MarketSnapshot {
  readonly id: SourceId;
  /** How many tickers one call of the vendor answers; more are asked in several. */
  readonly perCall: number;
  /**
   * At most one quote a ticker, of those that were asked alone; a ticker that the vendor does not know has none. Whether a quote is
   * a close is for the caller to judge by the answer's `at`, with `closingWindow`.
   */
  quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>>;
}

/** A row of the past with which close it holds, and whether it may still be revised (DY1). */
export interface DatedRow extends OriginFacts {
  readonly row: Row;
}

/** The past of one series. A session that goes on has no row. */
export interface HistorySource {
  readonly id: SourceId;
  /** Days from `from` to `to`, both included, oldest first, raw in won and shares; `base` where the answer allows it. */
  share(ticker: Ticker, from: TradingDay, to: TradingDay): Promise<Answer<readonly DatedRow[]>>;
  /** As of {@link HistorySource.share}, in points; the volume in the vendor's own unit. */
  index(code: IndexCode, from: TradingDay, to: TradingDay): Promise<Answer<readonly DatedRow[]>>;
}

/** A vendor's line of the master. As in {@link MasterRow}, of a field that the vendor does not publish there is none. */
export type MasterLine = MasterRow;

/** Every instrument of the boards of one vendor. */
export interface MasterSource {
  readonly id: SourceId;
  /** As of that day, each ticker once. A source that knows the present alone refuses an earlier day with `not_ready`. */
  instruments(day: TradingDay): Promise<Answer<readonly MasterLine[]>>;
}

/** The vendor's own calendar. */
export interface SessionOracle {
  readonly id: SourceId;
  /** Whether the exchange opens, day by day from `from` on without a gap, as far as the vendor knows. */
  sessions(from: TradingDay): Promise<Answer<ReadonlyMap<TradingDay, boolean>>>;
}

/** What the owner's keys open of one exchange; `null` where none does. One for a program: its calls share a limit and a token. */
export interface MarketSources {
  /** Closed sessions, published in the morning of the next one. */
  readonly day: DaySource | null;
  /** The master as of a session, published with its rows. */
  readonly master: MasterSource | null;
  /** The master of the present. What both have is the other one's. */
  readonly present: MasterSource | null;
  readonly evening: EveningSources | null;
  /** The past share by share, of a vendor that has no closed sessions. */
  readonly history: HistorySource | null;
  readonly oracle: SessionOracle | null;
}

/** What the session of today is made of between its close and the after-market: its shares, and its indices. */
export interface EveningSources {
  readonly snapshot: MarketSnapshot;
  readonly history: Pick<HistorySource, "id" | "index">;
}

/** The book of a real exchange as its clock sees it. */
export interface MarketDaysPort {
  /** Does what is due at this instant, and resolves when it is done. Rejects with a `NeighbourError` when the object is out of reach. */
  followMarket(): Promise<void>;
}

/** What a machine that calls the vendors for a book can ask of them. */
export interface CollectorSources {
  /** Closed days, published in the morning of the next session. */
  readonly official: boolean;
  /** The master as of such a session. */
  readonly master: boolean;
  readonly present: boolean;
  /** The prices of this moment. */
  readonly snapshot: boolean;
  /** The past of each share, where it has no closed days. */
  readonly history?: boolean;
}

/** Shares whose past comes next, from and to a session, both included; without a ticker the indices'. */
export interface WantedShares {
  readonly from: TradingDay;
  readonly to: TradingDay;
  readonly tickers: readonly Ticker[];
}

/** What such a machine is to ask for now. */
export interface WantedFromVendors {
  /** The clock by which it is due, in milliseconds since the epoch. */
  readonly now: number;
  /** Vendors that the book asks itself. */
  readonly askedHere: readonly SourceId[];
  /** In the order in which they are to be done. */
  readonly steps: readonly DayDeliveryStep[];
  /** Whose prices the evening asks for; `null` while none is due. */
  readonly tickers: readonly string[] | null;
  /** Of the sessions that were asked for; `null` without a source of closed days. */
  readonly backfill: BackfillProgress | null;
  readonly shares?: WantedShares | null;
}

/** As the day's clock names a step. */
export interface DayDeliveryStep {
  readonly kind: DayDelivery["kind"];
  readonly day: TradingDay;
}

/** What became of a delivery. */
export type TakenDelivery =
  | (DayDeliveryStep & {
      /** `repeated`: settled before, and nothing was done. */
      readonly status: "stored" | "closed" | "not_ready" | "denied" | "failed" | "repeated";
      readonly text: string;
    })
  /** `text` names what is wrong with it. */
  | { readonly status: "bad"; readonly text: string }
  | { readonly status: "asked_here"; readonly source: SourceId };

/** The book of a real exchange as a machine sees it that calls the vendors in its place. */
export interface DayDeliveryPort {
  /** `sessions`: how many of the past are to be there. */
  wantedDays(can: CollectorSources, sessions: number): Promise<WantedFromVendors>;
  /**
   * A delivery as it came: read in the object, whose time for one call is longer than that of a request. Idempotent: what is
   * settled is not done again.
   */
  takeDay(bytes: Uint8Array, sessions: number): Promise<TakenDelivery>;
}

/** The day's calls of a vendor are spent. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
  readonly vendor: SourceId;
  /** When the vendor counts anew, in milliseconds since the epoch. */
  readonly until: number;

  constructor(vendor: SourceId, until: number) {
    super(`The calls of ${vendor} are spent for today`);
    this.vendor = vendor;
    this.until = until;
  }
}

/** How often a vendor may be called. */
export interface UpstreamLimits {
  /**
   * Resolves when one call may be sent, after it was counted: a crash may count one that was never sent, and never sends one
   * that was not counted. Rejects with {@link BudgetSpent}.
   */
  take(vendor: SourceId): Promise<void>;
}

/**
 * Texts that outlive eviction and restart: counts of calls, denials, access tokens. A put is stored when it resolves. Keys
 * begin with the vendor (`krx:calls`); values hold secrets, and are never logged nor part of a backup.
 */
export interface UpstreamStore {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}
