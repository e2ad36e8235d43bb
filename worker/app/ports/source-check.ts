/** A vendor's services one by one, as an owner's check asks them: on purpose, also where a denial is remembered (UP6). */
import type { Row } from "../../core/bars/columns.ts";
import type { CloseKind } from "../../core/bars/origin.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Answer, MarketSources, SourceId } from "./market-sources.ts";

/** A row of a share that tells which close its source gives: the next session's base price counts from the regular one. */
export interface SampleRow {
  readonly ticker: Ticker;
  readonly row: Row;
  /** What the source states of it. */
  readonly close: CloseKind;
}

/** What came of one service, as far as a check judges it. */
export interface ServiceSample {
  /** Rows, lines, quotes or days. */
  readonly count: number;
  /** Of the shares of {@link ServiceSample.tickers} or more; empty where the service has no closed sessions of shares. */
  readonly rows: readonly SampleRow[];
  /** Liquid names, the most liquid first; empty where the service cannot know any. */
  readonly tickers: readonly Ticker[];
  /** Whether the exchange opens, by day; `null` where the service is no calendar. */
  readonly sessions: ReadonlyMap<TradingDay, boolean> | null;
}

/** What a service is asked about. */
export interface SampleQuestion {
  /** A closed session for a service of closed days, today for every other. */
  readonly day: TradingDay;
  readonly tickers: readonly Ticker[];
}

/** One service, as the owner applies for it or is granted it. */
export interface AskedService {
  /** The vendor's own name: `chk-holiday`. */
  readonly name: string;
  /** What it gives, after "Without it there is no": `daily trading of KOSPI shares`. */
  readonly gives: string;
  /** It has closed sessions, of which the newest that was published is looked for. */
  readonly dated: boolean;
  /** It needs no key, so that a key's denial does not concern it. */
  readonly keyless: boolean;
  /**
   * Asks the vendor at most once or twice, counted (UP1). A denial that was remembered of it is forgotten when it serves, and
   * remembered anew when it does not. Rejects with a `NeighbourError` when the vendor fails.
   */
  ask(question: SampleQuestion): Promise<Answer<ServiceSample>>;
}

/** Everything of one vendor that a check asks. */
export interface CheckedSource {
  readonly id: SourceId;
  /** In the order in which they are asked. */
  readonly services: readonly AskedService[];
  /** The vendor's clock less this program's, in milliseconds, to the second; `null` before the vendor has answered. */
  skewMs(): number | null;
  /** Nothing that was refused is remembered any more. */
  forgetDenials(): Promise<void>;
}

/** With each vendor by itself, for an owner who asks what works; absent where nobody does. */
export interface CheckableSources extends MarketSources {
  readonly checked?: readonly CheckedSource[];
}
