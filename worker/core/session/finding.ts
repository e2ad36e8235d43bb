/** DY4: what can be wrong with a session as a whole. Each finding stops its scan until the owner accepts it by its name. */
import type { CloseKind } from "../bars/origin.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** The names, in the order in which a scan refuses by them. */
export const FINDING_KINDS = [
  "no_session",
  "still_open",
  "partial_day",
  "repeats",
  "all_halted",
  "jump",
  "volume_unit",
  "value_unit",
  "rebased_history",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One finding on one session, with the figures that it rests on; counts are of tickers, ratios plain numbers. */
export type SessionFinding =
  /** A weekend, or a holiday of the calendar. `why` in English. */
  | { readonly kind: "no_session"; readonly day: TradingDay; readonly why: string }
  /** Rows that arrived before the session's close; `closesAt` in milliseconds since the epoch. */
  | { readonly kind: "still_open"; readonly day: TradingDay; readonly closesAt: number }
  /**
   * The last session has not arrived whole (SE2); or, with `close`, only `rows` of `before` rows of the session hold that close
   * and the others a lesser one.
   */
  | {
      readonly kind: "partial_day";
      readonly day: TradingDay;
      readonly rows: number;
      readonly before: number;
      readonly close?: CloseKind;
    }
  /** Of `rows` tickers with a row in both sessions `repeated` have the prices and the volume of the session before. */
  | { readonly kind: "repeats"; readonly day: TradingDay; readonly rows: number; readonly repeated: number }
  /** Of `traded` tickers that traded the session before `halted` are halted. */
  | {
      readonly kind: "all_halted";
      readonly day: TradingDay;
      readonly traded: number;
      readonly halted: number;
    }
  /** `beyond` of `rows` tickers moved beyond the daily limit; `ratio` is the median of close / price before. */
  | {
      readonly kind: "jump";
      readonly day: TradingDay;
      readonly rows: number;
      readonly beyond: number;
      readonly ratio: number;
    }
  /** `ratio`: the median of volume / volume of the session before. */
  | { readonly kind: "volume_unit"; readonly day: TradingDay; readonly ratio: number }
  /** `ratio`: the median of traded value / (close x volume). */
  | { readonly kind: "value_unit"; readonly day: TradingDay; readonly ratio: number }
  /** `tickers` have closes of at least five stored days that an import replaced by `factor` times as much. */
  | {
      readonly kind: "rebased_history";
      readonly day: TradingDay;
      readonly tickers: number;
      readonly days: number;
      readonly factor: number;
    };
