/** A signal as lists and `signal_update` show it (RT1): one row, never above 1 KB of JSON. */
import * as v from "valibot";
import type { Signal } from "../core/lifecycle/signal.ts";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import { formatDay, formatKst, percentOf, round4 } from "./format.ts";
import { LatinName } from "./latin-name.ts";
import { latinName } from "./romanise.ts";
import {
  Figure,
  FlagName,
  GradeName,
  KstTime,
  listOf,
  MarketName,
  SessionDate,
  StateName,
} from "./vocabulary.ts";

/** The bound of RT1, in bytes of UTF-8. */
export const MAX_ROW_BYTES = 1_024;

interface NameBound {
  readonly points: number;
  readonly bytes: number;
}

/** Longest name a row carries; listed names have at most about 30 code points, each of three bytes. */
const NAME: NameBound = { points: 36, bytes: 110 };
/** Longest Latin name a row carries; English names have at most about 50. */
const LATIN: NameBound = { points: 62, bytes: 64 };

/** Prices in won, fractions as per cent. */
export const SignalRow = v.object({
  id: v.string(),
  ticker: v.string(),
  name: v.string(),
  ...LatinName,
  /** `null` while no master names the ticker. */
  market: v.nullable(MarketName),
  signal_type: v.literal("VCP"),
  state: StateName,
  score: Figure,
  grade: GradeName,
  footprint: v.string(),
  /** Fractions, the first contraction first, to 4 decimals; the signal itself has them unrounded. */
  depths: listOf(Figure),
  pivot: Figure,
  entry_price: Figure,
  stop_loss: Figure,
  /** The target of two risks. */
  target_price: Figure,
  current_price: v.nullable(Figure),
  /** 100 (close / pivot - 1), to 4 decimals; negative below the pivot. */
  distance_pct: Figure,
  rs: v.nullable(Figure),
  volume_dry_up: Figure,
  contraction_ratio: Figure,
  flags: listOf(FlagName),
  signal_date: SessionDate,
  /** The session of the trigger; `null` before it, and in a message that an older version stored. */
  triggered_on: v.optional(v.nullable(SessionDate), null),
  created_at: KstTime,
  updated_at: KstTime,
  run_id: v.string(),
});
export type SignalRow = v.InferOutput<typeof SignalRow>;

/** A signal with the time of its birth and of its last change; times in milliseconds since the epoch. */
export interface WrittenSignal {
  readonly signal: Signal;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly runId: string;
  /** The English name of its share as the master has it; absent or `null` where it has none. */
  readonly nameEn?: string | null;
}

/** The row of a stored signal. */
export function encodeSignalRow(written: WrittenSignal): SignalRow {
  const { signal, createdAt, updatedAt, runId, nameEn = null } = written;
  const { base } = signal;
  const { name_en, romanised } = latinName(signal.name, nameEn);
  return {
    id: signal.id,
    ticker: signal.ticker,
    name: shorten(signal.name, NAME),
    name_en: name_en === null ? null : shorten(name_en, LATIN),
    romanised: romanised === null ? null : shorten(romanised, LATIN),
    market: signal.market,
    signal_type: "VCP",
    state: signal.state,
    score: round4(signal.score),
    grade: signal.grade,
    footprint: base.footprint,
    depths: base.contractions.map((leg) => round4(leg.depth)),
    pivot: round4(base.pivot),
    entry_price: round4(base.entry),
    stop_loss: round4(base.stop),
    target_price: round4(base.targets.twoR),
    current_price: round4(signal.close),
    distance_pct: percentOf(base.distance),
    rs: signal.rs,
    volume_dry_up: round4(base.dryUp),
    contraction_ratio: round4(base.contractionRatio),
    flags: signal.flags,
    signal_date: formatTradingDay(signal.bornOn),
    triggered_on: formatDay(signal.triggeredOn),
    created_at: formatKst(createdAt),
    updated_at: formatKst(updatedAt),
    run_id: runId,
  };
}

/** Of the text as JSON, in UTF-8. JSON escapes what has no UTF-8. */
function bytesOf(text: string): number {
  return encodeURIComponent(JSON.stringify(text)).replaceAll(/%../g, "_").length;
}

/** Ends in an ellipsis where it is longer than its bound, by code points or by bytes of JSON. */
function shorten(name: string, { points, bytes }: NameBound): string {
  const all = Array.from(name);
  if (all.length <= points && bytesOf(name) <= bytes) {
    return name;
  }
  const kept = all.slice(0, points - 1);
  while (bytesOf(`${kept.join("")}…`) > bytes) {
    kept.pop();
  }
  return `${kept.join("")}…`;
}
