/** EL, BR3..BR5: whether a ticker may be listed at all. The first reason wins, with what was measured. */
import { isBar } from "../bars/bar.ts";
import type { Columns } from "../bars/columns.ts";
import { hasRegularClose } from "../bars/origin.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { formatTradingDay, parseTradingDay, type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";
import type { Eligibility, EligibilityReason } from "../vcp/verdict.ts";

/** The limit was 15 % before this session (KRX). */
const WIDE_LIMIT_SINCE = parseTradingDay("2015-06-15") ?? 0;
/** The limits were 30 % and 15 %. */
const NARROWER = 0.15;

/** BR3: the daily limit and one point, as a fraction; `wide` is that of today. */
export function limitOn(day: number, wide: number): number {
  return day >= WIDE_LIMIT_SINCE ? wide : wide - NARROWER;
}

/** A ticker's liquidity in the last sessions. */
export interface Liquidity {
  /** Median traded value in won over the last 20 sessions with a row; halted sessions count 0. */
  readonly medianValue: number;
  readonly halted: number;
  readonly zeroVolume: number;
}

/** The oldest day that each of the three figures counts. */
export interface LiquiditySpan {
  readonly valueFrom: number;
  readonly haltFrom: number;
  readonly zeroFrom: number;
}

/** The spans as of the last of `sessions`. */
export function liquiditySpan(sessions: readonly TradingDay[], params: Params["eligibility"]): LiquiditySpan {
  const from = (count: number): number => sessions.at(-count) ?? Number.NEGATIVE_INFINITY;
  return {
    valueFrom: from(params.valueSessions),
    haltFrom: from(params.haltSessions),
    zeroFrom: from(params.zeroSessions),
  };
}

/** BR4, EL3, EL4: raw rows up to the as-of session against the exchange's sessions up to it; missing rows count nothing. */
export function liquidityOf(
  columns: Columns,
  sessions: readonly TradingDay[],
  params: Params["eligibility"],
): Liquidity {
  return liquidityIn(columns, columns.day.length, liquiditySpan(sessions, params));
}

/** The same of the first `rows` raw rows. */
export function liquidityIn(
  columns: Columns,
  rows: number,
  { valueFrom, haltFrom, zeroFrom }: LiquiditySpan,
): Liquidity {
  const oldest = Math.min(valueFrom, haltFrom, zeroFrom);
  const { day, high, volume } = columns;
  let first = rows;
  while (first > 0 && day[first - 1]! >= valueFrom) {
    first -= 1;
  }
  const values = new Float64Array(rows - first);
  let halted = 0;
  let zeroVolume = 0;
  for (let i = rows - 1; i >= 0 && day[i]! >= oldest; i--) {
    const traded = volume[i]! > 0 && high[i]! > 0;
    if (i >= first) {
      insert(values, rows - 1 - i, traded ? valueAt(columns, i) : 0);
    }
    // BR1: a row that is no bar is a halt.
    if (!traded) {
      halted += day[i]! >= haltFrom ? 1 : 0;
      zeroVolume += day[i]! >= zeroFrom ? 1 : 0;
    }
  }
  return { medianValue: medianOf(values), halted, zeroVolume };
}

/** The exchange's traded value where the source gives it, else close x volume (EL3). */
function valueAt(columns: Columns, i: number): number {
  const value = columns.value === null ? Number.NaN : columns.value[i]!;
  return Number.isNaN(value) ? columns.close[i]! * columns.volume[i]! : value;
}

/** Keeps the first `count` numbers ascending and one more; for some twenty, where a comparator costs more than the moves. */
function insert(sorted: Float64Array, count: number, value: number): void {
  let place = count;
  for (; place > 0 && sorted[place - 1]! > value; place--) {
    sorted[place] = sorted[place - 1]!;
  }
  sorted[place] = value;
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/** A move that the session's price limit does not allow; both are fractions. */
export interface SuspectMove {
  readonly move: number;
  readonly limit: number;
}

/**
 * BR3: among the last 252 bars the move that exceeds its session's limit by most; `null` when all are allowed. A
 * reopening with a known base price is exempt: its rows have been adjusted.
 */
export function suspectMove(
  bars: PatternTime,
  columns: Columns,
  params: Params["eligibility"],
): SuspectMove | null {
  const { close } = bars;
  // A little below the narrowest limit: almost every bar passes without a division.
  const sound = 0.99 * (params.limit - NARROWER);
  let worst: SuspectMove | null = null;
  for (let k = Math.max(1, bars.n - params.suspectBars); k < bars.n; k++) {
    const before = close[k - 1]!;
    if (Math.abs(close[k]! - before) < sound * before) {
      continue;
    }
    const move = Math.abs((moveFromBase(columns, bars.row[k]!) ?? close[k]! / before) - 1);
    const limit = limitOn(bars.day[k]!, params.limit);
    const exceeds = move > limit && move - limit > (worst === null ? 0 : worst.move - worst.limit);
    if (exceeds && !(bars.haltsBetween(k - 1, k) > 0 && hasBase(columns, bars.row[k]!))) {
      worst = { move, limit };
    }
  }
  return worst;
}

/** BR3b: the daily limit counts from the regular close before; where a later price is stored in its place, the base price is it. */
function moveFromBase(columns: Columns, row: number): number | null {
  return row === 0 || hasRegularClose(columns, row - 1) || !hasBase(columns, row)
    ? null
    : columns.close[row]! / columns.base![row]!;
}

function hasBase(columns: Columns, row: number): boolean {
  return columns.base !== null && !Number.isNaN(columns.base[row]!);
}

/** What EL and BR ask of one ticker. */
export interface EligibilityInput {
  readonly instrument: Instrument | null;
  /** As of a listing: a master exists that does not have the ticker. */
  readonly unlisted?: boolean | undefined;
  /** Rows up to the as-of day: a price in won is read here. */
  readonly columns: Columns;
  /** How many of the rows are up to that day; all of them without it. */
  readonly rows?: number;
  /** May be in the shares of a later row than the as-of day, as the study keeps them: for ratios only. */
  readonly bars: PatternTime;
  readonly liquidity: Liquidity;
  readonly asOf: TradingDay;
}

function no(
  reason: EligibilityReason,
  value: number | string | null,
  threshold: number | string | null,
): Eligibility {
  return { ok: false, reason, value, threshold };
}

/** Where there is no master, a ticker counts as a common share without notices; where there is one, it must be in it (EL5). */
export function eligibilityOf(x: EligibilityInput, params: Params): Eligibility {
  const el = params.eligibility;
  if (x.unlisted === true) {
    return no("no_master", "none", "entry");
  }
  const kind = x.instrument?.kind ?? "common";
  if (kind !== "common") {
    return no("EL1", kind, "common");
  }
  if (x.bars.n < params.young.judged) {
    return no("too_short", x.bars.n, params.young.judged);
  }
  const last = (x.rows ?? x.columns.day.length) - 1;
  const lastDay = tradingDayOf(x.columns.day[last] ?? 0);
  if (lastDay < x.asOf) {
    return no("no_row", formatTradingDay(lastDay), formatTradingDay(x.asOf));
  }
  const notice = x.instrument?.notice ?? null;
  const suspect = notice === "liquidation" ? null : suspectMove(x.bars, x.columns, el);
  if (suspect !== null) {
    return no("adjustment_suspect", suspect.move, suspect.limit);
  }
  if (x.liquidity.halted >= el.maxHalts) {
    return no("halted", x.liquidity.halted, el.maxHalts);
  }
  if (notice !== null) {
    return no("EL2", notice, "none");
  }
  if (!isBar({ high: x.columns.high[last]!, volume: x.columns.volume[last]! })) {
    return no("halted_today", 0, 1);
  }
  if (x.liquidity.medianValue < el.value) {
    return no("EL3_value", x.liquidity.medianValue, el.value);
  }
  const close = x.columns.close[last]!;
  if (close < el.price) {
    return no("EL3_price", close, el.price);
  }
  if (x.liquidity.zeroVolume > el.maxZero) {
    return no("EL4", x.liquidity.zeroVolume, el.maxZero);
  }
  return { ok: true, reason: null, value: null, threshold: null };
}
