/** The shapes of scenarios: bases as a trader would draw them by hand, with their outcomes, and decoys. */
import { Chance } from "../chance.ts";
import { type Course, emptyCourse, append } from "./scenario-course.ts";
import { type Decoy, decoyDesign, decoyOf, type Design, trueDesign } from "./scenario-designs.ts";
import {
  AFTERMATH,
  appendBreakout,
  appendFade,
  appendFailure,
  appendRun,
  appendShelf,
  type Ending,
  endingOf,
  type Fate,
  noticeOf,
  type Stand,
} from "./scenario-fates.ts";

/** Prices in multiples of the close before the scenario, places in sessions of the scenario. */
export interface ScenarioLeg {
  readonly high: number;
  readonly highAt: number;
  readonly low: number;
  readonly lowAt: number;
}

/** One drawn pattern, relative to its own beginning. */
export interface ScenarioShape {
  readonly fate: Fate;
  readonly decoy: Decoy | null;
  /** `null` for a decoy. */
  readonly ending: Ending | null;
  readonly course: Course;
  readonly legs: readonly ScenarioLeg[];
  /** High of the last leg. */
  readonly pivot: number;
  /** Traded value in won on a usual session of the scenario. */
  readonly value: number;
  /** First sessions of the scenario on which the base stands and on which its fate is met; equal for a decoy. */
  readonly baseAt: number;
  readonly fateAt: number;
}

/** Sessions from the base's completion to its fate, longest. */
export const LONGEST_WAIT = 5;
/** Sessions from the beginning to the completion of the base, the same for every scenario. */
export const LEAD = 150;
/** The longest scenario: the same share cannot be scheduled again earlier. */
export const SPAN: number = LEAD + LONGEST_WAIT + AFTERMATH;

/** Sessions at the end of an `extended` decoy in which its share runs away. */
const RUN = 8;

/** Own moves and bars of the advance, a usual share's. */
const LIVELY = { reach: 0.011, noise: 0.0105 } as const;

/** Sessions of a fall before the advance: a base of the share's own past ends with it, and does not break out by the scenario. */
const SHAKEOUT = 10;
/** Pauses of the advance: where they begin and end, in parts of its sessions, and how much of the price they give back. */
const PAUSES = 2;

/** The advance to the left-side high: pushes and pauses over months, or for a pump its last days. */
function appendAdvance(
  course: Course,
  design: Design,
  sessions: number,
  reach: number,
  chance: Chance,
): void {
  const { heat, rush, gain } = design;
  const top = 1 + gain;
  const ceiling = gain > 0 ? top * 0.985 : Number.POSITIVE_INFINITY;
  const like = { reach: LIVELY.reach * heat, noise: LIVELY.noise * heat, volume: 1, ceiling, floor: 0 };
  if (rush > 0) {
    append(course, { ...like, to: 1 + 0.12 * gain, sessions: sessions - rush }, null, chance);
    const last = { ...like, sessions: rush, noise: 0, volume: 2.5, ceiling: top };
    append(course, { ...last, to: top * (1 - reach) }, { top, above: 0 }, chance);
    return;
  }
  const shakeout = gain > 0 ? SHAKEOUT : 0;
  let level = 1;
  if (shakeout > 0) {
    level = chance.between(0.83, 0.9);
    append(course, { ...like, to: level, sessions: shakeout, volume: 0.9 }, null, chance);
  }
  let left = sessions - shakeout;
  for (let pause = 0; pause < PAUSES; pause++) {
    const push = Math.round((left / (PAUSES + 1 - pause)) * chance.between(0.6, 0.85));
    const rest = chance.whole(5, 8);
    // Each push makes its part of what is still to be made.
    level *= (top / level) ** (chance.between(0.9, 1.25) / (PAUSES + 1 - pause));
    append(course, { ...like, to: level, sessions: push, volume: 1.1 }, null, chance);
    level *= 1 - chance.between(0, 0.015);
    append(
      course,
      { ...like, noise: 0.7 * like.noise, reach: 0.8 * like.reach, to: level, sessions: rest, volume: 0.7 },
      null,
      chance,
    );
    left -= push + rest;
  }
  append(
    course,
    { ...like, to: top * (1 - reach), sessions: left, ceiling: top, volume: 1.15 },
    { top, above: 0 },
    chance,
  );
}

/** Bars and own moves of a contraction: the smaller it is, the quieter. */
function livelinessOf(depth: number, heat: number): { readonly reach: number; readonly noise: number } {
  return { reach: heat * (0.008 + 0.035 * depth), noise: heat * Math.min(0.018, 0.007 + 0.07 * depth) };
}

/** After the first bars of a fall no high comes near its own: the eye would begin the base there. */
const BELOW_TOP = 0.993;

/** Appends the contractions and returns them; the course then ends a little below the pivot. */
function appendLegs(course: Course, design: Design, chance: Chance): ScenarioLeg[] {
  const legs: ScenarioLeg[] = [];
  let high = 1 + design.gain;
  for (const [i, depth] of design.depths.entries()) {
    const low = high * (1 - depth);
    const slip = design.slips[i];
    const [fall, rise] = design.paces[i] ?? [5, 5];
    const like = { ...livelinessOf(depth, design.heat), floor: low };
    const volume = design.volumes[i] ?? 1;
    const highAt = course.close.length - 1;
    const down = { ...like, ceiling: high * BELOW_TOP, to: low * (1 + like.reach), sessions: fall, volume };
    append(course, down, { bottom: low }, chance);
    legs.push({ high, highAt, low, lowAt: course.close.length - 1 });
    if (slip === undefined) {
      const calm = {
        ...like,
        reach: 0.65 * like.reach,
        noise: 0.25 * like.noise,
        ceiling: high * 0.992,
        sessions: rise,
      };
      append(course, { ...calm, to: high * 0.983, volume: (volume + design.dry) / 2 }, null, chance);
    } else {
      const next = high * (1 - slip);
      const up = {
        ...like,
        ceiling: next,
        to: next * (1 - like.reach),
        sessions: rise,
        volume: 0.85 * volume,
      };
      // Its bar must not reach the low that follows.
      const above = next * (1 - 0.7 * (design.depths[i + 1] ?? 0));
      append(course, up, { top: next, above }, chance);
      high = next;
    }
  }
  return legs;
}

/** The shape of scenario `scenario`: `wait` sessions lie between its base and its fate. Equal arguments give equal shapes. */
export function shapeOf(seed: number, scenario: number, fate: Fate, wait: number): ScenarioShape {
  const chance = new Chance().aim(seed, 0x910f, scenario);
  const decoy = fate === "decoy" ? decoyOf(chance) : null;
  const design = decoy === null ? trueDesign(chance) : decoyDesign(decoy, chance);
  const value = Math.max(6e9, 1.1e10 * Math.exp(0.6 * chance.normal()));
  const run = decoy === "extended" ? RUN : 0;
  const base = design.paces.reduce((sum, [fall, rise]) => sum + fall + rise, design.shelf + run);
  const course = emptyCourse();
  const { reach } = livelinessOf(design.depths[0] ?? 0, design.heat);
  appendAdvance(course, design, LEAD - base, reach, chance);
  const legs = appendLegs(course, design, chance);
  const last = legs.at(-1) ?? { high: 1, low: 1 };
  const { dry, heat } = design;
  const stand: Stand = { pivot: last.high, low: last.low, dry, heat };
  appendShelf(course, stand, design.shelf, chance);
  if (run > 0) {
    appendRun(course, stand.pivot, run, chance);
  }
  const drawn = { fate, decoy, course, legs, pivot: last.high, value, baseAt: course.close.length - 1 };
  if (fate === "decoy") {
    appendFade(course, last.low, chance);
    return { ...drawn, ending: null, fateAt: drawn.baseAt };
  }
  const ending = endingOf(fate, wait, chance);
  appendShelf(course, stand, wait - 1 - noticeOf(ending), chance);
  const appendFate = fate === "breakout" ? appendBreakout : appendFailure;
  appendFate(course, stand, ending, chance);
  return { ...drawn, ending, fateAt: drawn.baseAt + wait };
}
