/** The shapes of scenarios: true bases with their outcomes, and decoys that break one rule of the detector each. */
import { Chance } from "../chance.ts";
import { type Course, emptyCourse, append } from "./scenario-course.ts";

/** What becomes of the pattern; a `decoy` is none to begin with. */
export type Fate = "breakout" | "failure" | "decoy";

/** `widening` breaks CT1, `loose` CT3, `wet` CT7 and `stage4` CT5. */
export type Decoy = "widening" | "loose" | "wet" | "stage4";

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
export const LONGEST_WAIT = 6;
/** Sessions that a scenario goes on after its fate. */
export const AFTERMATH = 18;
/** Sessions from the beginning to the completion of the base, the same for every scenario. */
export const LEAD = 150;
/** The longest scenario: the same share cannot be scheduled again earlier. */
export const SPAN: number = LEAD + LONGEST_WAIT + AFTERMATH;

interface Design {
  readonly gain: number;
  readonly depths: readonly number[];
  /** Volume of each leg against a usual session of the scenario. */
  readonly volumes: readonly number[];
  /** Each recovery ends this far below the high before it. */
  readonly slip: number;
}

const DECOYS: readonly Decoy[] = ["widening", "loose", "wet", "stage4"];

function depthsOf(chance: Chance): readonly number[] {
  const draw = chance.uniform();
  if (draw < 0.35) {
    const first = chance.between(0.14, 0.2);
    return [first, first * chance.between(0.38, 0.52)];
  }
  if (draw < 0.85) {
    const first = chance.between(0.2, 0.32);
    const second = first * chance.between(0.45, 0.55);
    return [first, second, Math.max(0.036, second * chance.between(0.42, 0.58))];
  }
  const ratio = chance.between(0.5, 0.58);
  const first = chance.between(0.25, 0.32);
  return [first, first * ratio, first * ratio ** 2, first * ratio ** 3];
}

function trueDesign(chance: Chance): Design {
  const depths = depthsOf(chance);
  const last = depths.length - 1;
  const dry = chance.between(0.26, 0.55);
  return {
    gain: chance.between(0.6, 1.05),
    depths,
    volumes: depths.map((_, i) => 0.85 * (dry / 0.85) ** (i / last)),
    slip: chance.between(0.003, 0.02),
  };
}

function decoyDesign(decoy: Decoy, chance: Chance): Design {
  const sound = trueDesign(chance);
  switch (decoy) {
    case "widening":
      return { ...sound, depths: [0.09, 0.145, 0.22] };
    case "loose":
      return { ...sound, depths: [0.36, 0.235, 0.155] };
    case "wet":
      return { ...sound, volumes: sound.depths.map((_, i) => 0.55 + 0.55 * i) };
    case "stage4":
      return { ...sound, gain: -chance.between(0.4, 0.5) };
  }
}

/** Sessions of a fall and of a recovery of that depth. */
function pace(depth: number, chance: Chance): number {
  return Math.round(2.5 + 33 * depth * chance.between(0.85, 1.2));
}

const FREE = { ceiling: Number.POSITIVE_INFINITY, floor: 0 } as const;

function appendAdvance(
  course: Course,
  design: Design,
  sessions: number,
  reach: number,
  chance: Chance,
): void {
  const top = 1 + design.gain;
  const ceiling = design.gain > 0 ? top : Number.POSITIVE_INFINITY;
  append(
    course,
    { to: top * (1 - reach), sessions, reach: 0.013, volume: 1, ceiling, floor: 0, noise: 0.011 },
    { top },
    chance,
  );
}

/** Appends the contractions and returns them; the course then ends at a fraction below the pivot. */
function appendLegs(
  course: Course,
  design: Design,
  paces: readonly (readonly [number, number])[],
  chance: Chance,
): ScenarioLeg[] {
  const legs: ScenarioLeg[] = [];
  let high = 1 + design.gain;
  for (const [i, depth] of design.depths.entries()) {
    const final = i === design.depths.length - 1;
    const low = high * (1 - depth);
    const next = final ? high : high * (1 - design.slip);
    const [fall, rise] = paces[i] ?? [5, 5];
    const reach = 0.003 + 0.045 * depth;
    const volume = design.volumes[i] ?? 1;
    const highAt = course.close.length - 1;
    const noise = 0.045 * depth;
    const bounds = { reach, noise, floor: low, ceiling: high };
    append(course, { ...bounds, to: low * (1 + reach), sessions: fall, volume }, { bottom: low }, chance);
    const lowAt = course.close.length - 1;
    legs.push({ high, highAt, low, lowAt });
    const to = final ? high * (1 - Math.min(0.014, 0.35 * depth)) : next * (1 - reach);
    const back = { ...bounds, ceiling: next, to, sessions: rise, volume: volume * 0.8 };
    append(course, back, final ? null : { top: next }, chance);
    high = next;
  }
  return legs;
}

/** Sessions between the base and its fate, below the pivot, of little range and volume. */
function appendWait(
  course: Course,
  pivot: number,
  depth: number,
  volumes: readonly number[],
  sessions: number,
  chance: Chance,
): void {
  const deepest = Math.min(0.026, 0.5 * depth);
  for (let k = 0; k < sessions; k++) {
    const to = pivot * (1 - chance.between(0.008, deepest));
    const quiet = {
      reach: 0.0035,
      volume: 0.85 * (volumes.at(-1) ?? 1),
      noise: 0,
      ceiling: pivot,
      floor: pivot * (1 - depth),
    };
    append(course, { ...quiet, to, sessions: 1 }, null, chance);
  }
}

function appendBreakout(course: Course, pivot: number, chance: Chance): void {
  const floor = pivot * 0.965;
  const loud = { ...FREE, floor, reach: 0.007, noise: 0 };
  const first = pivot * (1 + chance.between(0.018, 0.042));
  append(course, { ...loud, to: first, sessions: 1, volume: chance.between(1.75, 2.7) }, null, chance);
  const end = pivot * (1 + chance.between(0.06, 0.3));
  const run = { ...loud, reach: 0.011, noise: 0.01, volume: 1.05 };
  append(course, { ...run, to: end, sessions: AFTERMATH - 1 }, null, chance);
}

/** Sessions of a false breakout before it fails: the day above the pivot and the day back below it. */
const FALSE_BREAKOUT = 2;

function appendFailure(
  course: Course,
  pivot: number,
  low: number,
  falseBreak: boolean,
  chance: Chance,
): void {
  if (falseBreak) {
    const weak = { ...FREE, reach: 0.004, noise: 0, sessions: 1 };
    append(course, { ...weak, to: pivot * (1 + chance.between(0.006, 0.014)), volume: 0.5 }, null, chance);
    append(course, { ...weak, to: pivot * (1 - chance.between(0.004, 0.012)), volume: 0.5 }, null, chance);
  }
  // The stop of a plan lies at the last low, but never more than 8 % below the entry (PL2).
  const stop = falseBreak ? Math.max(low, 0.922 * pivot) : low;
  const down = { ...FREE, noise: 0 };
  const first = { ...down, to: stop * (1 - chance.between(0.012, 0.04)), sessions: 1, reach: 0.006 };
  append(course, { ...first, volume: 1.3 }, null, chance);
  const slide = { ...down, to: stop * chance.between(0.78, 0.93), sessions: AFTERMATH - 1, reach: 0.012 };
  append(course, { ...slide, volume: 0.7, noise: 0.012 }, null, chance);
}

/** The shape of scenario `scenario`: `wait` sessions lie between its base and its fate. Equal arguments give equal shapes. */
export function shapeOf(seed: number, scenario: number, fate: Fate, wait: number): ScenarioShape {
  const chance = new Chance().aim(seed, 0x910f, scenario);
  const decoy = fate === "decoy" ? (DECOYS[chance.whole(0, DECOYS.length - 1)] ?? null) : null;
  const design = decoy === null ? trueDesign(chance) : decoyDesign(decoy, chance);
  const value = 1.1e10 * Math.exp(0.6 * chance.normal());
  const paces = design.depths.map((depth) => [pace(depth, chance), pace(depth, chance)] as const);
  const base = paces.reduce((sum, [fall, rise]) => sum + fall + rise, 0);
  const course = emptyCourse();
  const firstReach = 0.003 + 0.045 * (design.depths[0] ?? 0);
  appendAdvance(course, design, LEAD - base, firstReach, chance);
  const legs = appendLegs(course, design, paces, chance);
  const last = legs.at(-1) ?? { high: 1, low: 1 };
  const depth = 1 - last.low / last.high;
  const baseAt = course.close.length - 1;
  if (decoy !== null) {
    const fade = {
      ...FREE,
      to: last.low * 0.97,
      sessions: AFTERMATH - 1,
      reach: 0.012,
      volume: 0.8,
      noise: 0.012,
    };
    append(course, fade, null, chance);
    return { fate, decoy, course, legs, pivot: last.high, value, baseAt, fateAt: baseAt };
  }
  const falseBreak = fate === "failure" && wait > FALSE_BREAKOUT + 1 && chance.uniform() < 0.4;
  appendWait(course, last.high, depth, design.volumes, wait - 1 - (falseBreak ? FALSE_BREAKOUT : 0), chance);
  if (fate === "breakout") {
    appendBreakout(course, last.high, chance);
  } else {
    appendFailure(course, last.high, last.low, falseBreak, chance);
  }
  return { fate, decoy, course, legs, pivot: last.high, value, baseAt, fateAt: baseAt + wait };
}
