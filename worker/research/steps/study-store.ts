/** EV1m: what a study in steps leaves between two of them, and where. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Listing } from "../../core/scan/scan.ts";
import type { StudyInput } from "../walk-forward.ts";

/**
 * What a step works on. `count`: rows and names of each session. `read`: what the sessions need of each share. `rate`: ratings
 * and draws of each session. `walk`: verdicts, signals and entries of each share. `sum`: figures of each cohort.
 */
export const STUDY_PHASES = ["count", "read", "rate", "walk", "sum", "done"] as const;
export type StudyPhase = (typeof STUDY_PHASES)[number];

/** Where a study stands. */
export interface StudyState {
  readonly phase: StudyPhase;
  /** The share, block of sessions or cohort that comes next in the phase, from 0. */
  readonly next: number;
  /** Place of the first session judged; `null` before it is known, and where no session can be. */
  readonly from: number | null;
}

/** The last two are the result: the report in two texts, and between them its entries. */
const PART_KINDS = [
  "count",
  "breadth",
  "universe",
  "share",
  "rating",
  "draw",
  "eligible",
  "gate",
  "refused",
  "entry",
  "signal_open",
  "signal_trigger",
  "excess",
  "months",
  "cohort",
  "listed",
  "report",
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** At most 2 MB, whatever the market: a row of an object's storage holds no more. */
export interface StudyPart {
  readonly kind: PartKind;
  /** Parts of one kind are told apart and ordered by it. */
  readonly place: number;
  readonly body: ArrayBuffer | string;
}

/** Parts that earlier steps left. Iterables are read to their end before the next call. */
export interface StudyParts {
  numbers(kind: PartKind, place: number): ArrayBuffer | null;
  text(kind: PartKind, place: number): string | null;
  /** All of a kind, in the order of their places. */
  allNumbers(kind: PartKind): Iterable<ArrayBuffer>;
  allTexts(kind: PartKind): Iterable<string>;
  /** The same bytes of each part of a kind, fewer where a part ends before. */
  slices(kind: PartKind, from: number, length: number): Iterable<ArrayBuffer>;
}

/** A market that stays the same from the first step to the last. */
export interface SteppedMarket extends Omit<StudyInput, "listings" | "onProgress"> {
  /** Ascending; the place of a share is its place here. */
  readonly tickers: readonly string[];
  readonly sessions: readonly TradingDay[];
  /** How many times smaller steps and moments are than those of a product; 1 when it is left out. */
  readonly grain?: number;
  /** Shares from a place to before another, in order; each read when it is asked for, also a while after the one before. */
  listings(from: number, to: number): Iterable<Listing>;
}

/** What a step ends with; to be stored whole or not at all. A part replaces the one of its kind and place. */
export interface StudyStep {
  readonly state: StudyState;
  readonly parts: readonly StudyPart[];
}

/** A step that can be broken off between two of its moments, and then has not been made. */
export type StudyMoments = Generator<void, StudyStep>;

export function numbersPart(kind: PartKind, place: number, numbers: Float64Array | Uint8Array): StudyPart {
  return {
    kind,
    place,
    body: Uint8Array.from(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)).buffer,
  };
}

/** As many numbers as a kind has; zeros before the first step that left any. */
export function storedNumbers(parts: StudyParts, kind: PartKind, length: number): Float64Array {
  const body = parts.numbers(kind, 0);
  return body === null ? new Float64Array(length) : new Float64Array(body);
}
