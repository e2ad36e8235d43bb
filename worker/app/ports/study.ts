/** The historical study over the bars of one exchange, which its book makes by itself, as the rest of the program sees it. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";

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

/** Rejects with a `NeighbourError` when the object is out of reach. */
export interface StudyPort {
  studies(): Promise<StudyStanding>;
  /** The last study that has ended as text of a `StudyReport` without its entries; `null` before the first. */
  studyReport(): Promise<string | null>;
}
