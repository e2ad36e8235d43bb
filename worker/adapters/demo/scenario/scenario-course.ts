/**
 * The course of one scenario session by session, in multiples of the close before it began. It is appended part by
 * part: each adds sessions and the prices between which they must stay, so that the swing highs and lows of a base are
 * exactly those of its scenario.
 */
import type { Chance } from "../chance.ts";

/** One entry a session, sessions counted from the beginning of the scenario. */
export interface Course {
  readonly close: number[];
  /** Half of a bar's height against its close. */
  readonly reach: number[];
  /** Volume against the scenario's usual volume. */
  readonly volume: number[];
  /** Highs stay below, lows stay above; 0 and infinity where nothing binds. */
  readonly ceiling: number[];
  readonly floor: number[];
  /** Exact high or low of the session of a swing; `NaN` elsewhere. */
  readonly top: number[];
  readonly bottom: number[];
}

export function emptyCourse(): Course {
  return { close: [], reach: [], volume: [], ceiling: [], floor: [], top: [], bottom: [] };
}

/** From the last close to `to` in `sessions` sessions. */
export interface Stretch {
  readonly to: number;
  readonly sessions: number;
  readonly reach: number;
  readonly volume: number;
  readonly ceiling: number;
  readonly floor: number;
  /** Standard deviation of the noise on the way; it vanishes at the end. */
  readonly noise: number;
}

/** How a part ends: with a swing high, a swing low, or neither. */
export type End = { readonly top: number } | { readonly bottom: number } | null;

export function append(course: Course, part: Stretch, end: End, chance: Chance): void {
  const from = course.close.at(-1) ?? 1;
  let wander = 0;
  for (let k = 1; k <= part.sessions; k++) {
    const done = k / part.sessions;
    wander = 0.75 * wander + part.noise * chance.normal();
    // Slow at both ends, but never so slow that a turn takes a week.
    const way = 0.7 * done + 0.3 * done * done * (3 - 2 * done);
    const noise = wander * Math.sqrt(Math.sin(Math.PI * done));
    course.close.push(k === part.sessions ? part.to : from * (part.to / from) ** way * Math.exp(noise));
    course.reach.push(part.reach * chance.between(0.7, 1.3));
    course.volume.push(part.volume * Math.exp(0.22 * chance.normal()));
    course.ceiling.push(part.ceiling);
    course.floor.push(part.floor);
    const last = k === part.sessions ? end : null;
    course.top.push(last !== null && "top" in last ? last.top : Number.NaN);
    course.bottom.push(last !== null && "bottom" in last ? last.bottom : Number.NaN);
  }
}
