/** A market gate as a row and back. */
import * as v from "valibot";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { marketGateTable } from "./schema.ts";
import type { Writing } from "./signal-rows.ts";
import { decode, encode, type Stored } from "./stored-value.ts";
import { day, gateStatus, number } from "./vocabulary.ts";

export type MarketGateRow = typeof marketGateTable.$inferSelect;

const INDEX = v.nullable(v.object({ close: number, change: v.nullable(number) }));

const GATE: Stored<MarketGate> = v.object({
  day,
  status: gateStatus,
  level: v.nullable(number),
  confidence: number,
  indices: v.object({ KOSPI: INDEX, KOSDAQ: INDEX }),
  components: v.array(
    v.object({
      id: v.string(),
      value: v.nullable(number),
      threshold: v.nullable(number),
      points: v.nullable(number),
      max: number,
    }),
  ),
  sectors: v.array(v.object({ sector: v.string(), count: number, change: number, aboveMean50: number })),
});

export function gateRow(gate: MarketGate, exchange: Exchange, writing: Writing): MarketGateRow {
  return {
    exchange,
    day: gate.day,
    status: gate.status,
    level: gate.level,
    confidence: gate.confidence,
    updatedAt: writing.at,
    runId: writing.runId,
    detail: encode(GATE, gate, `Gate of day ${gate.day}`),
  };
}

export function gateOf(row: Pick<MarketGateRow, "day" | "detail">): MarketGate {
  return decode(GATE, row.detail, `gate of day ${row.day}`);
}
