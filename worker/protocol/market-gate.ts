/** The market gate (GT) as `market_gate_update` and `/market-gate` show it: one status, and everything it was made of. */
import * as v from "valibot";
import type { IndexCode } from "../core/instrument/instrument.ts";
import type { MarketGate } from "../core/scan/gate.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import { formatKst, percentOf } from "./format.ts";
import { Count, ExchangeName, Figure, KstTime, listOf, SessionDate } from "./vocabulary.ts";

/** The gate of one evening on the wire; changes and shares in per cent, `confidence` a fraction. */
export const MarketGateData = v.object({
  as_of: SessionDate,
  status: v.picklist(["GREEN", "YELLOW", "RED", "UNKNOWN"]),
  /** 0..100; `null` when no component is available. */
  level: v.nullable(Figure),
  /** Available points / 100, a fraction. */
  confidence: Figure,
  kospi: v.nullable(Figure),
  kospi_change_pct: v.nullable(Figure),
  kosdaq: v.nullable(Figure),
  kosdaq_change_pct: v.nullable(Figure),
  /** `points` `null`: unavailable, left out of the sum. */
  components: listOf(
    v.object({
      id: v.string(),
      value: v.nullable(Figure),
      threshold: v.nullable(Figure),
      points: v.nullable(Figure),
      max: Figure,
    }),
  ),
  sectors: listOf(
    v.object({ sector: v.string(), count: Count, change_pct: Figure, above_mean50_pct: Figure }),
  ),
});
export type MarketGateData = v.InferOutput<typeof MarketGateData>;

/** GT8: the gate of a session that runs, provisional; its industries are not known. */
export const RunningGateData = v.object({
  ...MarketGateData.entries,
  at: KstTime,
  /** The session of which the shares above their means are; `null` where they are withheld. */
  means_of: v.nullable(SessionDate),
});
export type RunningGateData = v.InferOutput<typeof RunningGateData>;

/** `at` in milliseconds since the epoch. */
export function encodeRunningGate(gate: MarketGate, at: number, meansOf: TradingDay | null): RunningGateData {
  return {
    ...encodeMarketGate(gate),
    at: formatKst(at),
    means_of: meansOf === null ? null : formatTradingDay(meansOf),
  };
}

/** `/market-gate`: the gate of the last scan. */
export const MarketGateBody = v.object({
  exchange: ExchangeName,
  ...MarketGateData.entries,
  generated_at: KstTime,
});
export type MarketGateBody = v.InferOutput<typeof MarketGateBody>;

/** `/market-gate/history`, newest first. */
export const MarketGateHistory = v.object({
  exchange: ExchangeName,
  gates: listOf(MarketGateData),
  count: Count,
  generated_at: KstTime,
});
export type MarketGateHistory = v.InferOutput<typeof MarketGateHistory>;

/** Changes and shares become per cent, with four decimals. */
export function encodeMarketGate(gate: MarketGate): MarketGateData {
  const changePct = (code: IndexCode): number | null => {
    const change = gate.indices[code]?.change ?? null;
    return change === null ? null : percentOf(change);
  };
  return {
    as_of: formatTradingDay(gate.day),
    status: gate.status,
    level: gate.level,
    confidence: gate.confidence,
    kospi: gate.indices.KOSPI?.close ?? null,
    kospi_change_pct: changePct("KOSPI"),
    kosdaq: gate.indices.KOSDAQ?.close ?? null,
    kosdaq_change_pct: changePct("KOSDAQ"),
    components: gate.components,
    sectors: gate.sectors.map(({ sector, count, change, aboveMean50 }) => ({
      sector,
      count,
      change_pct: percentOf(change),
      above_mean50_pct: percentOf(aboveMean50),
    })),
  };
}
