/** The price grid of an exchange (KRX grid since 2023-01-25, the same on every board). */
import { type Price, priceOf } from "../nominal.ts";

const KRX_GRID: readonly (readonly [below: number, tick: number])[] = [
  [2_000, 1],
  [5_000, 5],
  [20_000, 10],
  [50_000, 50],
  [200_000, 100],
  [500_000, 500],
];

/** Which grid a price lies on: `krx` in won (the demo market borrows it), `cents` for every other market. */
export type PriceGrid = "krx" | "cents";

/** TS1: the tick size at a price, both in the unit of the grid. `tickAt(4_999, "krx")` is 5, at 5,000 it is 10. */
export function tickAt(price: number, grid: PriceGrid): number {
  if (grid === "cents") {
    return 0.01;
  }
  return KRX_GRID.find(([below]) => price < below)?.[1] ?? 1_000;
}

/** A price divided by its tick, with the noise of binary fractions taken out (0.29 / 0.01 is 28.999...). */
function ticksIn(price: number, tick: number): number {
  const ticks = price / tick;
  const nearest = Math.round(ticks);
  return Math.abs(ticks - nearest) < 1e-9 * Math.max(1, nearest) ? nearest : ticks;
}

function fromTicks(ticks: number, tick: number): Price {
  return priceOf(tick < 1 ? ticks / Math.round(1 / tick) : ticks * tick);
}

/** The highest grid price at or below `price`. */
export function tickDown(price: number, grid: PriceGrid): Price {
  const tick = tickAt(price, grid);
  return fromTicks(Math.floor(ticksIn(price, tick)), tick);
}

/** The lowest grid price at or above `price`. */
export function tickUp(price: number, grid: PriceGrid): Price {
  const tick = tickAt(price, grid);
  return fromTicks(Math.ceil(ticksIn(price, tick)), tick);
}

/** The first grid price above `price`, with the tick taken at `price` (PL: the trigger). */
export function tickAbove(price: number, grid: PriceGrid): Price {
  const tick = tickAt(price, grid);
  return fromTicks(Math.floor(ticksIn(price, tick)) + 1, tick);
}
