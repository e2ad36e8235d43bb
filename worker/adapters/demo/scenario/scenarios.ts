/**
 * The casting of the demo's plots: which share plays which plot when. It is arithmetic on session numbers, so that every
 * session has its breakout, its failure and its new base, for ever, and nothing needs to be remembered.
 */
import type { Casting } from "./schedule.ts";
import { Chance } from "../chance.ts";
import {
  AFTERMATH,
  type Fate,
  LEAD,
  LONGEST_WAIT,
  type PlotShape,
  shapeOf,
  SPAN,
} from "./scenario-shapes.ts";

/** Where a share stands in a plot: session number `at` of `shape`, which is plot number `plot`. */
export interface Scene {
  readonly plot: number;
  readonly shape: PlotShape;
  readonly at: number;
}

/** The orders in which the fates of three sessions meet bases that were completed in three sessions. */
const ORDERS: readonly (readonly number[])[] = [
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
  [1, 0, 2],
];
const BLOCK = 3;
const BLOCK_WAIT = LONGEST_WAIT - BLOCK + 1;

/** One breakout and one failure a turn; a decoy every third. */
const PLOTS_A_TURN = 2;
const DECOY_EVERY = 3;

/** Sessions that pass before the first plot begins: the share needs a close to begin from. */
const FIRST_START = 2;

const DECOY_MARK = 0x4000_0000;

export interface Plots {
  /** The scene of the share in seat `i` on a session, or `null`. */
  sceneOf(i: number, session: number): Scene | null;
  /** A turn of plots begins every so many sessions: 1 unless the market is too small for its plots. */
  readonly every: number;
  /** Shares that plots are cast from; they neither halt nor split. */
  isCast(i: number): boolean;
}

/** Session of the fate -> sessions since its base was completed. One base a session: within a block a permutation. */
function waitOf(seed: number, turn: number, slot: number): number {
  const block = Math.floor(turn / BLOCK);
  const within = turn - BLOCK * block;
  const order = ORDERS[new Chance().aim(seed, 0x0de5 + slot, block).whole(0, ORDERS.length - 1)] ?? [];
  return BLOCK_WAIT + within - (order[within] ?? within);
}

/** Shapes are pure; those in play are kept, because each is asked for once a session. */
class Shapes {
  readonly #seed: number;
  readonly #kept = new Map<number, PlotShape>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  get(plot: number, fate: Fate, wait: number): PlotShape {
    const known = this.#kept.get(plot);
    if (known !== undefined) {
      return known;
    }
    if (this.#kept.size >= KEPT) {
      this.#kept.clear();
    }
    const made = shapeOf(this.#seed, plot, fate, wait);
    this.#kept.set(plot, made);
    return made;
  }
}

const KEPT = 2_048;

/** The first number at or above `least` that belongs to a place in a round of `size`. */
function nextNumber(place: number, size: number, least: number): number {
  return place + size * Math.max(0, Math.ceil((least - place) / size));
}

/** The plot that a player is in or waits for. */
function playerScene(seed: number, place: number, size: number, every: number, session: number): Casted {
  const turnAhead = Math.ceil((session - AFTERMATH + 1) / every);
  const plot = nextNumber(place, size, PLOTS_A_TURN * turnAhead);
  const turn = Math.floor(plot / PLOTS_A_TURN);
  const slot = plot % PLOTS_A_TURN;
  const wait = waitOf(seed, turn, slot);
  return { plot, fate: slot === 0 ? "breakout" : "failure", wait, start: turn * every - wait - LEAD + 1 };
}

function decoyScene(place: number, size: number, every: number, session: number): Casted {
  const cycle = every * DECOY_EVERY;
  const number = nextNumber(place, size, Math.ceil((session - AFTERMATH + 1) / cycle));
  return { plot: DECOY_MARK + number, fate: "decoy", wait: 0, start: number * cycle - LEAD + 1 };
}

interface Casted {
  readonly plot: number;
  readonly fate: Fate;
  readonly wait: number;
  /** Session on which the plot begins. */
  readonly start: number;
}

export function plotsOf(seed: number, { players, decoys }: Casting): Plots {
  // Two plots of one share are at least so many turns apart; nearer, the later one would begin in its middle.
  const apart = Math.floor(players.size / PLOTS_A_TURN);
  const every = Math.max(1, Math.ceil((SPAN + 1) / Math.max(1, apart)));
  const decoysFit = decoys.size * every * DECOY_EVERY > SPAN;
  const shapes = new Shapes(seed);
  const castedOf = (i: number, session: number): Casted | null => {
    const place = players.place[i] ?? -1;
    if (place >= 0) {
      if (apart === 0) {
        return null;
      }
      return playerScene(seed, place, players.size, every, session);
    }
    const other = decoys.place[i] ?? -1;
    return other >= 0 && decoysFit ? decoyScene(other, decoys.size, every, session) : null;
  };
  return {
    every,
    isCast: (i) => (players.place[i] ?? -1) >= 0 || (decoys.place[i] ?? -1) >= 0,
    sceneOf: (i, session) => {
      const casted = castedOf(i, session);
      if (casted === null || casted.start < FIRST_START || session < casted.start) {
        return null;
      }
      const shape = shapes.get(casted.plot, casted.fate, casted.wait);
      const at = session - casted.start;
      return at < shape.course.close.length ? { plot: casted.plot, shape, at } : null;
    },
  };
}
