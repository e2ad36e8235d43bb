/** One contraction of a base as the wire writes it: the swing high, the swing low after it, and what lies between. */
import * as v from "valibot";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import type { Contraction } from "../core/vcp/verdict.ts";
import { Count, Figure, SessionDate } from "./vocabulary.ts";

export const ContractionBody = v.object({
  high_date: SessionDate,
  high: Figure,
  low_date: SessionDate,
  low: Figure,
  /** A fraction of the high, unrounded. */
  depth: Figure,
  /** Bars from the high to the low. */
  bars: Count,
  mean_volume: Figure,
});
export type ContractionBody = v.InferOutput<typeof ContractionBody>;

export function encodeContraction(leg: Contraction): ContractionBody {
  return {
    high_date: formatTradingDay(leg.highDay),
    high: leg.high,
    low_date: formatTradingDay(leg.lowDay),
    low: leg.low,
    depth: leg.depth,
    bars: leg.bars,
    mean_volume: leg.meanVolume,
  };
}
