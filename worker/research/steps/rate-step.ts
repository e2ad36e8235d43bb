/** EV1m, third phase: a block of sessions on which all shares are compared: ratings, names drawn by lot, colour of the gate. */
import { gatesOf, ratingsOn } from "../cross-section.ts";
import { DRAWN, drawOn } from "../walk-forward.ts";
import { bytesOfShare, planOf, storedBreadths } from "./read-step.ts";
import {
  numbersPart,
  type SteppedMarket,
  type StudyMoments,
  type StudyPart,
  type StudyParts,
  type StudyState,
} from "./study-store.ts";

/** Sessions of a block. All shares of one are in memory at once: 300 bytes a share. */
export const BLOCK = 32;

export function blocksOf(judged: number): number {
  return Math.ceil(judged / BLOCK);
}

/** What a block of sessions needs of all shares; by share, in it by session of the block. */
interface Block {
  readonly strengths: Float64Array;
  readonly eligible: Uint8Array;
}

function blockOf(parts: StudyParts, shares: number, judged: number, block: number): Block {
  const { strengths: size } = bytesOfShare(judged);
  const first = block * BLOCK;
  const width = Math.min(BLOCK, judged - first);
  const strengths = new Float64Array(shares * BLOCK).fill(Number.NaN);
  const eligible = new Uint8Array(shares * BLOCK);
  let share = 0;
  for (const bytes of parts.slices("share", 8 * first, 8 * width)) {
    strengths.set(new Float64Array(bytes), share * BLOCK);
    share += 1;
  }
  share = 0;
  for (const bytes of parts.slices("share", size + first, width)) {
    eligible.set(new Uint8Array(bytes), share * BLOCK);
    share += 1;
  }
  return { strengths, eligible };
}

export function* rateStep(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  const { sessions, tickers, seed } = x;
  const { first } = planOf(x, state);
  const judged = sessions.length - first;
  const shares = tickers.length;
  if (state.next >= blocksOf(judged)) {
    return { state: { ...state, phase: "walk", next: 0 }, parts: [gatePart(x, state, parts)] };
  }
  const { strengths, eligible } = blockOf(parts, shares, judged, state.next);
  const ratings = new Uint8Array(shares * BLOCK);
  const draws = new Float64Array(DRAWN * BLOCK).fill(Number.NaN);
  const counts = new Float64Array(BLOCK);
  const all = new Float64Array(shares);
  for (let k = 0; k < BLOCK && state.next * BLOCK + k < judged; k++) {
    for (let share = 0; share < shares; share++) {
      all[share] = strengths[share * BLOCK + k] ?? Number.NaN;
    }
    for (const [share, rating] of ratingsOn(all).entries()) {
      ratings[share * BLOCK + k] = rating;
    }
    const named = Uint32Array.from(all.keys()).filter((share) => eligible[share * BLOCK + k] === 1);
    counts[k] = named.length;
    draws.set(drawOn(sessions[first + state.next * BLOCK + k] ?? 0, seed, named), k * DRAWN);
    yield;
  }
  const made: readonly StudyPart[] = [
    numbersPart("rating", state.next, ratings),
    numbersPart("draw", state.next, draws),
    numbersPart("eligible", state.next, counts),
  ];
  return { state: { ...state, next: state.next + 1 }, parts: made };
}

/** The colours of all sessions, in their order. */
function gatePart(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyPart {
  const plan = planOf(x, state);
  const gates = gatesOf(plan, storedBreadths(parts, x.sessions.length - plan.first), x.indices);
  return { kind: "gate", place: 0, body: gates.join(" ") };
}
