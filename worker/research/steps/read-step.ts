/** EV1m, second phase: what the sessions need of each share, and what the eligible ones gave on the sessions after. */
import { historyOf } from "../../core/outcome/history.ts";
import { Breadth } from "../../core/scan/breadth.ts";
import { planWalk, ShareReader, type WalkPlan } from "../cross-section.ts";
import { UniverseSums } from "../measure.ts";
import { eachShare, sharesOf } from "./each-share.ts";
import {
  numbersPart,
  storedNumbers,
  type SteppedMarket,
  type StudyMoments,
  type StudyPart,
  type StudyParts,
  type StudyState,
} from "./study-store.ts";

/** Rows of a step, and of a moment of it. */
const STEP_ROWS = 120_000;
const MOMENT_ROWS = 6_000;
/** Numbers of a session's {@link Breadth}. */
const BREADTH = 8;

export function planOf({ sessions, params }: SteppedMarket, { from }: Pick<StudyState, "from">): WalkPlan {
  return planWalk(sessions, from ?? sessions.length, params);
}

/** By the place of a session from the first judged on. */
export function storedBreadths(parts: StudyParts, judged: number): readonly Breadth[] {
  const numbers = storedNumbers(parts, "breadth", BREADTH * judged);
  return Array.from(
    { length: judged },
    (_, s) => new Breadth(numbers.subarray(BREADTH * s, BREADTH * (s + 1))),
  );
}

export function storedUniverse(parts: StudyParts, sessions: number): UniverseSums {
  const { numbers } = new UniverseSums(sessions);
  return new UniverseSums(sessions, storedNumbers(parts, "universe", numbers.length));
}

/** A part of a share: its strength on each judged session, then a byte each for whether it was eligible. */
export function bytesOfShare(judged: number): { readonly strengths: number; readonly eligible: number } {
  return { strengths: Float64Array.BYTES_PER_ELEMENT * judged, eligible: judged };
}

export function* readStep(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  const { sessions, tickers } = x;
  const plan = planOf(x, state);
  const judged = sessions.length - plan.first;
  const reader = new ShareReader(plan);
  const breadths = storedBreadths(parts, judged);
  const universe = storedUniverse(parts, sessions.length);
  const { strengths, eligible } = bytesOfShare(judged);
  const read: StudyPart[] = [];
  const to = Math.min(tickers.length, state.next + sharesOf(STEP_ROWS, x));
  yield* eachShare(x, { from: state.next, to, rows: MOMENT_ROWS }, (listing, share) => {
    const body = new ArrayBuffer(strengths + eligible);
    const own = {
      strengths: new Float64Array(body, 0, judged),
      eligible: new Uint8Array(body, strengths, judged),
    };
    reader.read(listing, breadths, own);
    const evenings = Array.from(own.eligible.keys())
      .filter((s) => own.eligible[s] === 1)
      .map((s) => plan.first + s);
    universe.add(historyOf(listing.columns, sessions), evenings);
    read.push({ kind: "share", place: share, body });
  });
  const counts = Float64Array.from(breadths.flatMap((breadth) => breadth.counts()));
  return {
    state: to === tickers.length ? { ...state, phase: "rate", next: 0 } : { ...state, next: to },
    parts: [...read, numbersPart("breadth", 0, counts), numbersPart("universe", 0, universe.numbers)],
  };
}
