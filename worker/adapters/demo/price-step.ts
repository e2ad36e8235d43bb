/** Prices put on the demo's grid without a drift: always rounding down would cost a cheap share a tenth of a per cent a session. */
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import { tickAt } from "../../core/bars/tick-size.ts";

/** The highest and the lowest price a session allows, from the exchange's base price. */
export interface DailyLimits {
  readonly upper: number;
  readonly lower: number;
}

const LIMIT = 0.3;

/** The grid changes at whole thousands only, up to half a million: a table is read instead of searched. */
const STEP = 1_000;
const LAST_STEP = 500;
const TICKS = Float64Array.from({ length: LAST_STEP + 1 }, (_, k) =>
  tickAt(k * STEP, profileOf("DEMO").grid),
);

/** The tick size in won, as `tickAt` on the same grid. */
export function tickOf(price: number): number {
  return TICKS[Math.min(LAST_STEP, Math.trunc(price / STEP))]!;
}

/** In won, rounded inwards to the grid as the exchange does. */
export function dailyLimits(base: number): DailyLimits {
  return { upper: gridDown(base * (1 + LIMIT)), lower: gridUp(base * (1 - LIMIT)) };
}

/** Binary fractions of a price that lies on the grid must not cost it a tick. */
const EPSILON = 1e-9;

/** TS1, from below. */
export function gridDown(price: number): number {
  const tick = tickOf(price);
  return tick * Math.floor(price / tick + EPSILON);
}

/** TS1, from above. */
export function gridUp(price: number): number {
  const tick = tickOf(price);
  return tick * Math.ceil(price / tick - EPSILON);
}

/** The grid price nearest to `price`. */
export function toGrid(price: number): number {
  const tick = tickOf(price);
  return Math.max(1, tick * Math.round(price / tick));
}

/** `low` is not above `high`. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}
