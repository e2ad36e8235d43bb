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
  /** Standard deviation of a session's own move on the way, in logarithms. */
  readonly noise: number;
}

/** How a part ends: with a swing high whose own bar stays above a price, with a swing low, or with neither. */
export type End = { readonly top: number; readonly above: number } | { readonly bottom: number } | null;

/** Own moves are cut off here, in standard deviations: one bar must not pass for a contraction. */
const WIDEST = 2.6;
/** How the volume differs from session to session, and how much of a move beyond an ordinary one it follows. */
const VOLUME_NOISE = 0.4;
const VOLUME_RESPONSE = 11;

/** Logarithms of the own part of each close of a stretch: a walk that comes back to 0 at its end. */
function wanderOf(sessions: number, noise: number, chance: Chance): Float64Array {
  const walk = new Float64Array(sessions + 1);
  for (let k = 1; k <= sessions; k++) {
    const step = Math.min(WIDEST, Math.max(-WIDEST, chance.fat()));
    walk[k] = walk[k - 1]! + noise * step;
  }
  const end = walk[sessions]!;
  return walk.map((x, k) => x - (end * k) / sessions);
}

/** Slow at both ends, but never so slow that a turn takes a week. */
function wayTo(from: number, to: number, done: number): number {
  return from * (to / from) ** (0.7 * done + 0.3 * done * done * (3 - 2 * done));
}

/** A close that own moves would carry out of its bounds is thrown back from them: clipped, it would draw a straight edge. */
function mirrored(close: number, least: number, most: number): number {
  const inside = close > most ? (most * most) / close : close < least ? (least * least) / close : close;
  return Math.min(most, Math.max(least, inside));
}

export function append(course: Course, part: Stretch, end: End, chance: Chance): void {
  let before = course.close.at(-1) ?? 1;
  const { sessions, to, noise } = part;
  const from = before;
  const wander = wanderOf(sessions, noise, chance);
  const [least, most] = [part.floor * (1 + 0.7 * part.reach), part.ceiling / (1 + 0.7 * part.reach)];
  for (let k = 1; k <= sessions; k++) {
    const way = wayTo(from, to, k / sessions);
    const close = k === sessions ? to : mirrored(way * Math.exp(wander[k]!), least, most);
    const excess = Math.min(0.05, Math.abs(close / before - 1)) - 0.01;
    const loudness =
      (noise > 0 ? VOLUME_NOISE : 0.3 * VOLUME_NOISE) * chance.normal() + VOLUME_RESPONSE * excess;
    before = close;
    course.close.push(close);
    course.reach.push(part.reach * Math.exp(0.35 * chance.normal()));
    course.volume.push(part.volume * Math.exp(loudness));
    course.ceiling.push(part.ceiling);
    const last = k === sessions ? end : null;
    course.floor.push(last !== null && "top" in last ? Math.max(part.floor, last.above) : part.floor);
    course.top.push(last !== null && "top" in last ? last.top : Number.NaN);
    course.bottom.push(last !== null && "bottom" in last ? last.bottom : Number.NaN);
  }
}
