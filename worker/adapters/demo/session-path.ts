/**
 * The path of a price through a session whose row is known: from the open over high and low to the close. All 79 prices
 * are made at once, with the running high, low and volume beside them; a quote at a moment is then a look-up.
 */
import type { PriceGrid } from "../../core/bars/tick-size.ts";
import { tickAt } from "../../core/bars/tick-size.ts";
import { Chance, mix } from "./chance.ts";
import { clamp, dailyLimits, type DailyLimits } from "./price-step.ts";

/** The price changes at most this often in a session: every five minutes of a trading day of 390. */
export const KNOTS = 78;

/** The finished session of a share or an index. `previous` is the base price, against which the daily limit counts. */
export interface PathInput {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly previous: number;
  /** `krx` for shares; `cents` for an index, which has no daily limit and no order book. */
  readonly grid: PriceGrid;
}

/** Entry 0 is the open, entry `KNOTS` the close; each entry holds until the next. */
export interface SessionPath {
  readonly price: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** Traded so far. */
  readonly volume: Float64Array;
  readonly grid: PriceGrid;
  /** `null`: no daily limit, as for an index. */
  readonly limits: DailyLimits | null;
  /** In [0, 1): shares do not all change at one moment. */
  readonly phase: number;
}

/** Knots at which the session reaches its high and its low: 0 and `KNOTS` where open or close already lie there. */
function turnsOf(row: PathInput, chance: Chance): { readonly high: number; readonly low: number } {
  const ends = (extreme: number): number | null =>
    row.open === extreme ? 0 : row.close === extreme ? KNOTS : null;
  const early = chance.whole(2, KNOTS - 28);
  const late = chance.whole(early + 6, KNOTS - 3);
  // A session that closed up more often made its low first.
  const lowFirst = chance.uniform() < (row.close > row.open ? 0.75 : 0.25);
  return {
    high: ends(row.high) ?? (lowFirst ? late : early),
    low: ends(row.low) ?? (lowFirst ? early : late),
  };
}

function nearest(price: number, grid: PriceGrid): number {
  const tick = tickAt(price, grid);
  return tick < 1 ? Math.round(price * 100) / 100 : tick * Math.round(price / tick);
}

/** Fills the prices between two knots by a walk that stays within the session's extremes. */
function walk(price: Float64Array, from: number, to: number, row: PathInput, chance: Chance): void {
  const [begin, end] = [price[from]!, price[to]!];
  const reach = 0.16 * (row.high - row.low);
  let wander = 0;
  for (let k = from + 1; k < to; k++) {
    const done = (k - from) / (to - from);
    wander = 0.85 * wander + reach * 0.55 * chance.normal();
    const wanted = begin + (end - begin) * done + wander * Math.sqrt(done * (1 - done)) * 2;
    price[k] = clamp(nearest(clamp(wanted, row.low, row.high), row.grid), row.low, row.high);
  }
}

/** Cumulative volume: an opening auction, much early, little at noon, much before the close; ends at the row's volume. */
function fillVolume(volume: Float64Array, total: number, chance: Chance): void {
  let sum = 0;
  for (let k = 0; k <= KNOTS; k++) {
    const away = (2 * k) / KNOTS - 1;
    sum += (k === 0 ? 3 : k === KNOTS ? 2 : 0.45 + 1.5 * away * away) * Math.exp(0.5 * chance.normal());
    volume[k] = sum;
  }
  for (let k = 0; k <= KNOTS; k++) {
    volume[k] = Math.round((total * volume[k]!) / sum);
  }
}

/**
 * `null` for a halted row: nothing trades. `slot` and `session` number the share and the session; the same five
 * arguments give the same path.
 */
export function makePath(seed: number, slot: number, session: number, row: PathInput): SessionPath | null {
  if (row.volume === 0 || row.high === 0) {
    return null;
  }
  const chance = new Chance().aim(seed, slot + 0x4_0000, session);
  const knots = (): Float64Array => new Float64Array(KNOTS + 1);
  const path = { price: knots(), high: knots(), low: knots(), volume: knots() };
  const turns = turnsOf(row, chance);
  path.price[0] = row.open;
  path.price[KNOTS] = row.close;
  path.price[turns.high] = row.high;
  path.price[turns.low] = row.low;
  const stops = [0, Math.min(turns.high, turns.low), Math.max(turns.high, turns.low), KNOTS];
  for (const [k, stop] of stops.entries()) {
    walk(path.price, stops[k - 1] ?? 0, stop, row, chance);
  }
  fillVolume(path.volume, row.volume, chance);
  let [high, low] = [row.open, row.open];
  for (let k = 0; k <= KNOTS; k++) {
    high = Math.max(high, path.price[k]!);
    low = Math.min(low, path.price[k]!);
    path.high[k] = high;
    path.low[k] = low;
  }
  return {
    ...path,
    grid: row.grid,
    limits: row.grid === "krx" ? dailyLimits(row.previous) : null,
    phase: mix(seed, slot, session) / 4_294_967_296,
  };
}
