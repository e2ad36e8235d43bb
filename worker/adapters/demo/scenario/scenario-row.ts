/** One session of a share in a scenario: its course, put on the price grid with exact swing highs and lows. */
import { Chance } from "../chance.ts";
import type { ShareState } from "../demo-state.ts";
import { type DraftRow, writeTraded } from "../draft-row.ts";
import type { Scene } from "./scenarios.ts";
import { clamp, dailyLimits, gridDown, gridUp, toGrid } from "../price-step.ts";
import type { Traits } from "../traits.ts";

const chance = new Chance();

/** Sessions in which the volume passes from the share's usual one to the scenario's. */
const RAMP = 20;

/** The price of a swing high, in won. */
export function swingHigh(anchor: number, level: number): number {
  return gridUp(anchor * level);
}

export function swingLow(anchor: number, level: number): number {
  return gridDown(anchor * level);
}

/** The highest grid price below `price`, which lies on the grid. */
function below(price: number): number {
  return gridDown(price - 0.5);
}

function above(price: number): number {
  return gridUp(price + 0.5);
}

/** Writes the row of share `i` and takes its state on, in place. `state.anchor` is the close before the scenario. */
export function writeScenario(
  seed: number,
  i: number,
  traits: Traits,
  state: ShareState,
  scene: Scene,
  row: DraftRow,
): void {
  const { course } = scene.shape;
  const { at } = scene;
  const anchor = state.anchor[i]!;
  const previous = state.close[i]!;
  chance.aim(seed ^ 0x5eed, i, scene.scenario + at * 7_919);
  const limits = dailyLimits(previous);
  const top = course.top[at]!;
  const bottom = course.bottom[at]!;
  const ceiling = course.ceiling[at]!;
  const floor = course.floor[at]!;
  // Only a swing's own session reaches its price: every other session stays at least a tick away from it.
  const roof = Number.isNaN(top)
    ? Number.isFinite(ceiling)
      ? below(swingHigh(anchor, ceiling))
      : limits.upper
    : swingHigh(anchor, top);
  const ground = Number.isNaN(bottom)
    ? floor > 0
      ? above(swingLow(anchor, floor))
      : limits.lower
    : swingLow(anchor, bottom);
  const upper = Math.min(limits.upper, roof);
  const lower = Math.max(limits.lower, ground);
  const close = clamp(toGrid(anchor * course.close[at]!), lower, upper);
  const reach = course.reach[at]!;
  // Overnight a part of the move, and a move of its own.
  const gap = 0.25 * (close / previous - 1) + 0.55 * reach * chance.normal();
  row.close = close;
  row.open = clamp(toGrid(previous * (1 + gap)), lower, upper);
  const high = toGrid(Math.max(row.open, close) * (1 + reach * chance.between(0.1, 1)));
  const low = toGrid(Math.min(row.open, close) * (1 - reach * chance.between(0.1, 1)));
  row.high = Number.isNaN(top) ? clamp(high, Math.max(row.open, close), upper) : upper;
  row.low = Number.isNaN(bottom) ? clamp(low, lower, Math.min(row.open, close)) : lower;
  const usual = state.shares[i]! * traits.turnover[i]!;
  const target = scene.shape.value / (anchor * scene.shape.pivot);
  const ramp = Math.min(1, (at + 1) / RAMP);
  const volume = course.volume[at]! * usual ** (1 - ramp) * Math.max(target, usual) ** ramp;
  writeTraded(row, volume);
  // After the scenario the volume falls back slowly.
  state.activity[i] = clamp(Math.log(row.volume / usual), -2, 2.5);
}
