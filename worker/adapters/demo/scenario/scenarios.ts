/**
 * Which share is in which scenario on which session: arithmetic on session numbers, so that every session has its
 * breakout, its failure and its new base (DM20), and no state is needed.
 */
import type { Schedules } from "./schedule.ts";
import { Chance } from "../chance.ts";
import {
  AFTERMATH,
  type Fate,
  LEAD,
  LONGEST_WAIT,
  type ScenarioShape,
  shapeOf,
  SPAN,
} from "./scenario-shapes.ts";

/** Where a share stands in a scenario: session number `at` of `shape`, which is scenario number `scenario`. */
export interface Scene {
  readonly scenario: number;
  readonly shape: ScenarioShape;
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
const SCENARIOS_A_TURN = 2;
const DECOY_EVERY = 3;

/** Sessions that pass before the first scenario begins: the share needs a close to begin from. */
const FIRST_START = 2;

const DECOY_MARK = 0x4000_0000;

/** Which share is in which scene on a session; a function of the seed. */
export interface Scenarios {
  /** The scene of the share in slot `i` on a session, or `null`. */
  sceneOf(i: number, session: number): Scene | null;
  /** A turn of scenarios begins every so many sessions: 1 unless the market is too small for its scenarios. */
  readonly every: number;
  /** Whether the share is ever in a scenario; such shares neither halt nor split. */
  isScheduled(i: number): boolean;
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
  readonly #kept = new Map<number, ScenarioShape>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  get(scenario: number, fate: Fate, wait: number): ScenarioShape {
    const known = this.#kept.get(scenario);
    if (known !== undefined) {
      return known;
    }
    if (this.#kept.size >= KEPT) {
      this.#kept.clear();
    }
    const made = shapeOf(this.#seed, scenario, fate, wait);
    this.#kept.set(scenario, made);
    return made;
  }
}

const KEPT = 2_048;

/** The first number at or above `least` that belongs to a place in a round of `size`. */
function nextNumber(place: number, size: number, least: number): number {
  return place + size * Math.max(0, Math.ceil((least - place) / size));
}

/** The scenario that the share is in or waits for. */
function baseScene(seed: number, place: number, size: number, every: number, session: number): Scheduled {
  const turnAhead = Math.ceil((session - AFTERMATH + 1) / every);
  const scenario = nextNumber(place, size, SCENARIOS_A_TURN * turnAhead);
  const turn = Math.floor(scenario / SCENARIOS_A_TURN);
  const slot = scenario % SCENARIOS_A_TURN;
  const wait = waitOf(seed, turn, slot);
  return { scenario, fate: slot === 0 ? "breakout" : "failure", wait, start: turn * every - wait - LEAD + 1 };
}

function decoyScene(place: number, size: number, every: number, session: number): Scheduled {
  const cycle = every * DECOY_EVERY;
  const number = nextNumber(place, size, Math.ceil((session - AFTERMATH + 1) / cycle));
  return { scenario: DECOY_MARK + number, fate: "decoy", wait: 0, start: number * cycle - LEAD + 1 };
}

interface Scheduled {
  readonly scenario: number;
  readonly fate: Fate;
  readonly wait: number;
  /** Session on which the scenario begins. */
  readonly start: number;
}

/** Nothing is stored: any session can be asked for. */
export function scenariosOf(seed: number, { bases, decoys }: Schedules): Scenarios {
  // Two scenarios of one share are at least so many turns apart; nearer, the later one would begin in its middle.
  const apart = Math.floor(bases.size / SCENARIOS_A_TURN);
  const every = Math.max(1, Math.ceil((SPAN + 1) / Math.max(1, apart)));
  const decoysFit = decoys.size * every * DECOY_EVERY > SPAN;
  const shapes = new Shapes(seed);
  const scheduledOf = (i: number, session: number): Scheduled | null => {
    const place = bases.place[i] ?? -1;
    if (place >= 0) {
      if (apart === 0) {
        return null;
      }
      return baseScene(seed, place, bases.size, every, session);
    }
    const other = decoys.place[i] ?? -1;
    return other >= 0 && decoysFit ? decoyScene(other, decoys.size, every, session) : null;
  };
  return {
    every,
    isScheduled: (i) => (bases.place[i] ?? -1) >= 0 || (decoys.place[i] ?? -1) >= 0,
    sceneOf: (i, session) => {
      const scheduled = scheduledOf(i, session);
      if (scheduled === null || scheduled.start < FIRST_START || session < scheduled.start) {
        return null;
      }
      const shape = shapes.get(scheduled.scenario, scheduled.fate, scheduled.wait);
      const at = session - scheduled.start;
      return at < shape.course.close.length ? { scenario: scheduled.scenario, shape, at } : null;
    },
  };
}
