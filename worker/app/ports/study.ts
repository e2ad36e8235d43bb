/** The historical study over the bars of one exchange, which its book makes by itself, as the rest of the program sees it. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Horizon } from "../../core/outcome/outcome.ts";
import type { StudyEntry, StudyGroup } from "../../protocol/rest/study-report.ts";

/** A study that goes on. Times in milliseconds since the epoch. */
export interface RunningStudy {
  /** The last session of its bars. */
  readonly asOf: TradingDay;
  readonly startedAt: number;
  /** The share that is done, 0..1. */
  readonly done: number;
}

/** A study that has ended. */
export interface MadeStudy {
  readonly asOf: TradingDay;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly paramsVersion: string;
}

/** `bars_changed`: rows of its sessions came or left. `failed`: it threw. `interrupted`: its process died too often in one step. */
export const STOP_REASONS = ["bars_changed", "failed", "interrupted"] as const;

/** A study that was given up; the next scan that is done begins another. */
export interface StoppedStudy {
  readonly at: number;
  readonly reason: (typeof STOP_REASONS)[number];
}

/** Where the studies of an exchange stand. */
export interface StudyStanding {
  /** One begins at the book's next alarm. */
  readonly isDue: boolean;
  readonly running: RunningStudy | null;
  readonly made: MadeStudy | null;
  /** Why the last one was given up; `null` once another has begun. */
  readonly stopped: StoppedStudy | null;
}

/** The entries of one row of the study, from a place on. */
export interface ListedQuery {
  readonly cohort: "signal_open" | "signal_trigger";
  readonly by: StudyGroup["by"];
  readonly key: string;
  readonly horizon: Horizon;
  readonly offset: number;
  readonly limit: number;
}

/** A page of them, the latest entry first, and what all of the row add up to. */
export interface ListedEntries {
  readonly entries: readonly StudyEntry[];
  /** All of the row; `closed`: those whose horizon has closed, and the sum of their changes (fractions). */
  readonly count: number;
  readonly closed: number;
  readonly sum: number;
}

/** Rejects with a `NeighbourError` when the object is out of reach. */
export interface StudyPort {
  studies(): Promise<StudyStanding>;
  /** The last study that has ended as text of a `StudyReport` without its entries; `null` before the first. */
  studyReport(): Promise<string | null>;
  /** Of the last study that has ended; `null` before the first, and of one that another version stored in another form. */
  studyEntries(query: ListedQuery): Promise<(ListedEntries & { readonly made: MadeStudy }) | null>;
}
