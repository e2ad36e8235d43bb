/** What stands between an owner and the days of a real market: keys, refusals, the last outcome of each step, and what comes next. */
import type { StepKind, StepStatus } from "../../core/session/day-step.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { BackfillProgress } from "./market-book.ts";
import type { Denial, SourceId } from "./market-sources.ts";

/** A refusal that stands. Milliseconds since the epoch. */
export interface StandingDenial {
  readonly why: Denial;
  /** What was refused, and what the owner can do, in words; it holds no secret. */
  readonly subject: string;
  /** The vendor's service that is refused alone; `null` when all of them are. */
  readonly service: string | null;
  /** `null` for one that a version before noted without its time. */
  readonly at: number | null;
  /** Nothing is asked before it. */
  readonly until: number;
}

/** One vendor as it stands. No secret, no token, no fingerprint of one. Instants in milliseconds since the epoch. */
export interface SourceState {
  readonly id: SourceId;
  /** `MARKET_SOURCES` names it. */
  readonly isNamed: boolean;
  /** Names of its secrets that are not set; with any of them it is not asked. */
  readonly missing: readonly string[];
  readonly denials: readonly StandingDenial[];
  /** When the vendor last served this very key, to the hour; `null` before the first time. */
  readonly servedAt: number | null;
  /** Calls counted on the present day in Seoul, and how many the vendor grants; `null` where it counts none. */
  readonly callsToday: number;
  readonly callsPerDay: number | null;
  /** The access token of this key; `null` where the vendor has none, or none was issued. */
  readonly token: { readonly issuedAt: number; readonly until: number } | null;
}

/** A step of the day (DK1), and the session that it is about. */
export interface NamedStep {
  readonly kind: StepKind;
  readonly day: TradingDay;
}

/** How a step last ended. `at` in milliseconds since the epoch. */
export interface StepReport extends NamedStep {
  readonly status: StepStatus;
  /** For the owner; it holds no secret and no instant. */
  readonly text: string;
  readonly at: number;
}

/** What brings sessions by itself. */
export interface ScanPlan {
  /** Each session on its own evening, from the prices between its close and the after-market. */
  readonly evening: boolean;
  /** Each session on the morning of the next one, from the exchange's own rows. */
  readonly morning: boolean;
}

/**
 * Since when each part of the plan is there, and since when there are bars; nothing fell due before. Milliseconds since the epoch;
 * `null` for a part that is not there, and for bars whose arrival nobody noted.
 */
export interface PlanSince {
  readonly evening: number | null;
  readonly morning: number | null;
  readonly bars: number | null;
}

/** Fields of a row that an official one may change. */
export const DIFFERENCE_FIELDS = [
  "open",
  "high",
  "low",
  "close",
  "volume",
  "value",
  "shares",
  "base",
] as const;

/** Numbers of tickers. */
export interface DayDifferences {
  /** By field, those whose stored value was another one; a value that was missing before is no difference. */
  readonly fields: Readonly<Partial<Record<(typeof DIFFERENCE_FIELDS)[number], number | undefined>>>;
  /** Without a stored row. */
  readonly added: number;
  /** With a stored row that the new rows do not have. */
  readonly unconfirmed: number;
}

/** What the official rows of one session changed in the rows that stood before them. */
export interface SessionDifferences extends DayDifferences {
  readonly day: TradingDay;
  /** Official rows. */
  readonly rows: number;
  /** When they came, in milliseconds since the epoch. */
  readonly at: number;
}

/** The whole of it. Of a simulated exchange everything is empty. */
export interface MarketStatus {
  readonly plan: ScanPlan;
  /** A book of a version before states none. */
  readonly since?: PlanSince;
  readonly sources: readonly SourceState[];
  /** Of each kind that ever ended, the outcome of the newest session, in the order of `STEP_KINDS`. */
  readonly steps: readonly StepReport[];
  /** The newest session whose rows are amended no more, and the newest one whose rows are. */
  readonly newestFinal: TradingDay | null;
  readonly newestProvisional: TradingDay | null;
  /** Days that the calendar takes for sessions and that the vendors know to be none, rising. */
  readonly daysOff: readonly TradingDay[];
  /** Days of which a vendor's calendar states another thing than the built-in one, rising. */
  readonly statedDays: readonly { readonly day: TradingDay; readonly isSession: boolean }[];
  /** Sessions that official rows have replaced, newest first; at most three months of them. */
  readonly differences: readonly SessionDifferences[];
  readonly backfill: BackfillProgress | null;
  /** The step that is due next by the clock, and its turn in milliseconds since the epoch; `null` without a source. */
  readonly next: (NamedStep & { readonly at: number }) | null;
}

/** The book of an exchange as pages, checks and the watch see it. Rejects with a `NeighbourError` when the object is out of reach. */
export interface MarketStatusPort {
  /** MD40: changes nothing, and asks no vendor. */
  marketStatus(): Promise<MarketStatus>;
}
