/**
 * Which share is in which scenario on which session: arithmetic on session numbers, so that bases and fates come
 * without end (DM20), and no state is needed.
 */
import type { Schedules } from "./schedule.ts";
import { Chance } from "../chance.ts";
import { AFTERMATH, type Fate } from "./scenario-fates.ts";
import { LEAD, LONGEST_WAIT, type ScenarioShape, shapeOf, SPAN } from "./scenario-shapes.ts";

/** Where a share stands in a scenario: session number `at` of `shape`, which is scenario number `scenario`. */
export interface Scene {
  readonly scenario: number;
  readonly shape: ScenarioShape;
  readonly at: number;
}

/** Fates lie so many sessions apart. */
const FATES_APART = 4;
const PAIR = 2;

/** Fates from one decoy to the next. */
const DECOY_EVERY = 1;

/** Sessions that pass before the first scenario begins: the share needs a close to begin from. */
const FIRST_START = 2;

const DECOY_MARK = 0x4000_0000;

/** Which share is in which scene on a session; a function of the seed. */
export interface Scenarios {
  /** The scene of the share in slot `i` on a session, or `null`. */
  sceneOf(i: number, session: number): Scene | null;
  /** A fate is met every so many sessions: 4 unless the market is too small for its scenarios. */
  readonly every: number;
  /** Whether the share is ever in a scenario; such shares neither halt nor split. */
  isScheduled(i: number): boolean;
}

/** Sessions from the base to the fate: an odd number, so that no session of a market of full size has both. */
function waitOf(seed: number, scenario: number): number {
  return LONGEST_WAIT - 2 * new Chance().aim(seed, 0x0de5, scenario).whole(0, 1);
}

/** Of each pair one breaks out and one fails, now the first and now the second. */
function fateOf(scenario: number): Fate {
  const pair = Math.floor(scenario / PAIR);
  return (scenario + pair) % PAIR === 0 ? "breakout" : "failure";
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
  const scenario = nextNumber(place, size, Math.ceil((session - AFTERMATH + 1) / every));
  const wait = waitOf(seed, scenario);
  return { scenario, fate: fateOf(scenario), wait, start: scenario * every - wait - LEAD + 1 };
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
  // A share's scenarios are `size` fates apart; nearer than the longest, the later one would begin in its middle.
  const every = Math.max(FATES_APART, Math.ceil((SPAN + 1) / Math.max(1, bases.size)));
  const decoysFit = decoys.size * every * DECOY_EVERY > SPAN;
  const shapes = new Shapes(seed);
  const scheduledOf = (i: number, session: number): Scheduled | null => {
    const place = bases.place[i] ?? -1;
    if (place >= 0) {
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
