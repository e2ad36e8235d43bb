/** A vendor's services one by one, as an owner's check asks them: on purpose, also where a denial is remembered (UP6). */
import type { Row } from "../../core/bars/columns.ts";
import type { CloseKind } from "../../core/bars/origin.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { BackfillProgress } from "./market-book.ts";
import type { Answer, MarketSources, SourceId } from "./market-sources.ts";
import type { SourceState } from "./market-status.ts";

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

/** `warning`: it works, and something is worth knowing. `fault`: something does not. */
export interface SourceFinding {
  readonly mark: "ok" | "warning" | "fault";
  /** The vendor; `null` for what concerns all of them. */
  readonly source: SourceId | null;
  /** One of the vendor's services by its name, or `key`, `clock`, `calendar`, `newest day`, `kind of close`. */
  readonly about: string;
  readonly what: string;
  /** What the owner can do; `null` where there is nothing to do. */
  readonly remedy: string | null;
}

/** What an owner's check found, with how each vendor stands after it. `at` in milliseconds since the epoch. */
export interface SourceCheck {
  readonly status: "checked";
  readonly at: number;
  readonly findings: readonly SourceFinding[];
  readonly sources: readonly SourceState[];
}

/** What an owner has done with the vendors, in the book that asks them. Rejects with a `NeighbourError` when it is out of reach. */
export interface SourcesPort {
  /** MD50: asks every vendor on purpose. `too_soon`: within twenty seconds of the last check, and nobody was asked. */
  checkSources(): Promise<SourceCheck | { readonly status: "too_soon"; readonly retryAt: number }>;
  /** MD51: nothing that a vendor refused is remembered any more. The vendors that are asked at all. */
  forgetDenials(): Promise<readonly SourceId[]>;
  /** MD10: begins to fetch the past at once, or goes on with what waits; `null` where no vendor gives it. */
  beginBackfill(): Promise<BackfillProgress | null>;
}
