/** What becomes of a base: the sessions from its completion to its fate and after it. Prices in multiples of the close before the scenario. */
import type { Chance } from "../chance.ts";
import { append, type Course, type Stretch } from "./scenario-course.ts";

/** What becomes of the pattern; a `decoy` is none to begin with. */
export type Fate = "breakout" | "failure" | "decoy";

/**
 * A breakout `holds`, or it `squats` back below the pivot; a failure `breaks` the last low, or first `touches` the
 * trigger without a close above the pivot.
 */
export type Ending = "holds" | "squats" | "breaks" | "touches";

/** The base that a fate meets. */
export interface Stand {
  readonly pivot: number;
  /** Low of the last contraction. */
  readonly low: number;
  /** Volume and liveliness of the quiet end. */
  readonly dry: number;
  readonly heat: number;
}

/** Sessions that a scenario goes on after its fate, longest. */
export const AFTERMATH = 44;
/** Sessions of a touch before it fails: the day over the trigger, and the days back under the pivot. */
const TOUCH = 3;

const FREE = { ceiling: Number.POSITIVE_INFINITY, floor: 0 } as const;

/** The quiet end lies so far under the pivot, and a plan's stop never farther than this (PL2). */
const SHELF = { top: 0.006, bottom: 0.027 } as const;
const STOP = 0.922;

/** Sessions below the pivot of little range and volume. */
export function appendShelf(course: Course, stand: Stand, sessions: number, chance: Chance): void {
  const { pivot, dry, heat } = stand;
  if (sessions === 0) {
    return;
  }
  const quiet = {
    reach: 0.008 * heat,
    volume: dry,
    noise: 0.0065 * heat,
    ceiling: pivot * (1 - SHELF.top),
    floor: pivot * (1 - SHELF.bottom),
  };
  append(course, { ...quiet, to: pivot * (1 - chance.between(0.012, 0.019)), sessions }, null, chance);
}

/** From the last close through `stops`, each a price with the sessions until it. */
function appendWay(
  course: Course,
  stops: readonly (readonly [to: number, sessions: number])[],
  like: Omit<Stretch, "to" | "sessions">,
  chance: Chance,
): void {
  for (const [to, sessions] of stops) {
    append(course, { ...like, to, sessions }, null, chance);
  }
}

/** A close above the trigger on volume; then weeks above the pivot, or days back below it. */
export function appendBreakout(course: Course, stand: Stand, ending: Ending, chance: Chance): void {
  const { pivot, low, heat } = stand;
  const stop = Math.max(low, STOP * pivot);
  const usual = { reach: 0.011 * heat, noise: 0.012 * heat };
  const first = pivot * (1 + chance.between(0.018, 0.042));
  const loud = { ...FREE, floor: pivot * 0.985, reach: 0.006, noise: 0, volume: chance.between(2.3, 3.4) };
  append(course, { ...loud, to: first, sessions: 1 }, null, chance);
  const peak = pivot * (1 + chance.between(0.1, 0.28));
  const rising = { ...usual, ...FREE, floor: pivot * 1.002, volume: 1.05 };
  const falling = { ...usual, ...FREE, volume: 0.85 };
  const climb = chance.whole(9, 15);
  if (ending === "holds") {
    appendWay(course, [[peak, climb]], rising, chance);
    // A leader rests or is done: the list would only grow if every one stayed.
    const ends = chance.uniform() < 0.8;
    const rest = AFTERMATH - 1 - climb;
    const to = ends ? stop * chance.between(0.88, 0.95) : peak * chance.between(0.95, 1.1);
    appendWay(course, [[to, ends ? chance.whole(9, 14) : rest]], ends ? falling : rising, chance);
    return;
  }
  const sag = { ...usual, ...FREE, reach: 0.005, noise: 0.003, floor: stop * 1.004, volume: 0.7 };
  const under = (pivot + stop) / 2;
  const resting = Math.max(under, pivot * 0.982);
  appendWay(course, [[pivot * chance.between(0.988, 0.995), 1]], sag, chance);
  appendWay(course, [[resting, chance.whole(3, 6)]], { ...sag, ceiling: pivot * 1.002 }, chance);
  const recovers = chance.uniform() < 0.25;
  appendWay(course, [[recovers ? peak : stop * 0.93, climb]], { ...falling, volume: 1 }, chance);
}

/** A close below the low, or below the stop after the trigger was touched. */
export function appendFailure(course: Course, stand: Stand, ending: Ending, chance: Chance): void {
  const { pivot, low, heat } = stand;
  const stop = ending === "touches" ? Math.max(low, STOP * pivot) : low;
  if (ending === "touches") {
    const weak = { ...FREE, floor: stop * 1.004, reach: 0.0035, noise: 0, volume: 0.9 };
    const top = pivot * (1 + chance.between(0.009, 0.015));
    append(
      course,
      { ...weak, to: pivot * (1 - chance.between(0.004, 0.009)), sessions: 1 },
      { top, above: 0 },
      chance,
    );
    const back = { ...weak, ceiling: pivot * 0.998, volume: 0.6 };
    append(
      course,
      { ...back, to: pivot * (1 - chance.between(0.018, 0.026)), sessions: TOUCH - 1 },
      null,
      chance,
    );
  }
  const down = { ...FREE, noise: 0.012 * heat, volume: 0.85 };
  const first = { ...down, to: stop * (1 - chance.between(0.012, 0.035)), sessions: 1, reach: 0.006 };
  append(course, { ...first, volume: 1.5 }, null, chance);
  const slide = { ...down, to: stop * chance.between(0.78, 0.93), sessions: 17, reach: 0.011 * heat };
  append(course, slide, null, chance);
}

/** How the base's fate is met. A touch takes sessions, which a short wait does not have. */
export function endingOf(fate: Exclude<Fate, "decoy">, wait: number, chance: Chance): Ending {
  if (fate === "breakout") {
    return chance.uniform() < 0.5 ? "holds" : "squats";
  }
  return wait > TOUCH ? "touches" : "breaks";
}

/** Sessions before the fate that belong to it. */
export function noticeOf(ending: Ending): number {
  return ending === "touches" ? TOUCH : 0;
}

/** A decoy goes the way of the many. */
export function appendFade(course: Course, low: number, chance: Chance): void {
  const fade = { ...FREE, to: low * 0.93, sessions: 15, reach: 0.012, volume: 0.8, noise: 0.01 };
  append(course, fade, null, chance);
}

/** What a share that runs away from its base does until its decoy is complete: six sessions or more above it. */
export function appendRun(course: Course, pivot: number, sessions: number, chance: Chance): void {
  const run = { ...FREE, floor: pivot, reach: 0.009, noise: 0.006, volume: 1.6 };
  append(course, { ...run, to: pivot * chance.between(1.1, 1.16), sessions }, null, chance);
}
