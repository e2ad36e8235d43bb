/** EV1m, fourth phase: verdicts, signals and entries of each share, measured at once, since all benchmarks are known. */
import { assert } from "../../core/assert.ts";
import { historyOf } from "../../core/outcome/history.ts";
import type { GateStatus } from "../../core/scan/gate.ts";
import type { Listing } from "../../core/scan/scan.ts";
import { type Cohort, COHORTS, REFUSALS } from "../entry.ts";
import { Benchmarks, measure } from "../measure.ts";
import { ShareWalker } from "../share-walk.ts";
import { DRAWN } from "../walk-forward.ts";
import { BLOCK } from "./rate-step.ts";
import { bytesOfShare, planOf, storedUniverse } from "./read-step.ts";
import { eachShare, sharesOf } from "./each-share.ts";
import { entryNumbers, GATES, type PlacedEntry } from "./stored-entries.ts";
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
const STEP_ROWS = 40_000;
const MOMENT_ROWS = 2_000;

interface Shares {
  readonly from: number;
  readonly to: number;
}

/** What the third phase found of some shares. */
class RatedShares {
  readonly #from: number;
  readonly #first: number;
  readonly #ratings: readonly Uint8Array[];
  readonly #eligible: readonly Uint8Array[];

  constructor(parts: StudyParts, { from, to }: Shares, first: number, judged: number) {
    this.#from = from;
    this.#first = first;
    this.#ratings = Array.from(
      parts.slices("rating", from * BLOCK, (to - from) * BLOCK),
      (bytes) => new Uint8Array(bytes),
    );
    const { strengths } = bytesOfShare(judged);
    this.#eligible = Array.from({ length: to - from }, (_, i) => {
      const body = parts.numbers("share", from + i);
      assert(body, `Share ${from + i} was not read`);
      return new Uint8Array(body, strengths);
    });
  }

  isEligible(share: number, s: number): boolean {
    return this.#eligible[share - this.#from]?.[s - this.#first] === 1;
  }

  ratingOf(share: number, s: number): number | null {
    const k = s - this.#first;
    const rating = this.#ratings[Math.floor(k / BLOCK)]?.[(share - this.#from) * BLOCK + (k % BLOCK)] ?? 0;
    return rating === 0 ? null : rating;
  }
}

/** A draw: the session, and its place among all draws. */
interface Draw {
  readonly session: number;
  readonly place: number;
}

function drawsOf(
  parts: StudyParts,
  { from, to }: Shares,
  first: number,
): ReadonlyMap<number, readonly Draw[]> {
  const draws = new Map<number, Draw[]>();
  let [session, place] = [first, 0];
  for (const body of parts.allNumbers("draw")) {
    const numbers = new Float64Array(body);
    for (let k = 0; k < numbers.length; k++) {
      const share = numbers[k] ?? Number.NaN;
      if (share >= from && share < to) {
        const own = draws.get(share) ?? [];
        own.push({ session: session + Math.floor(k / DRAWN), place: place + k });
        draws.set(share, own);
      }
    }
    session += BLOCK;
    place += numbers.length;
  }
  return draws;
}

function storedGates(parts: StudyParts): readonly GateStatus[] {
  return (parts.text("gate", 0) ?? "").split(" ").flatMap((text) => GATES.filter((gate) => gate === text));
}

/** What a step gathers. */
class Gathered {
  readonly entries: PlacedEntry[] = [];
  readonly signals: Record<"signal_open" | "signal_trigger", string[]> = {
    signal_open: [],
    signal_trigger: [],
  };
  /** By cohort, in it by reason. */
  readonly refused: Float64Array;

  constructor(parts: StudyParts) {
    this.refused = storedNumbers(parts, "refused", COHORTS.length * REFUSALS.length);
  }

  refuse(cohort: Cohort, reason: (typeof REFUSALS)[number]): void {
    const cell = COHORTS.indexOf(cohort) * REFUSALS.length + REFUSALS.indexOf(reason);
    this.refused[cell] = (this.refused[cell] ?? 0) + 1;
  }

  enter(placed: PlacedEntry): void {
    this.entries.push(placed);
    const { cohort, signalId } = placed.one.entry;
    if (signalId !== null && (cohort === "signal_open" || cohort === "signal_trigger")) {
      this.signals[cohort].push(signalId);
    }
  }

  partsAt(share: number): readonly StudyPart[] {
    const line = (cohort: "signal_open" | "signal_trigger"): StudyPart => ({
      kind: cohort,
      place: share,
      body: this.signals[cohort].join("\n"),
    });
    return [
      numbersPart("refused", 0, this.refused),
      ...(this.entries.length > 0
        ? [
            numbersPart("entry", share, entryNumbers(this.entries)),
            line("signal_open"),
            line("signal_trigger"),
          ]
        : []),
    ];
  }
}

export function* walkStep(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  const { sessions, tickers, indices, grid = "krx" } = x;
  const plan = planOf(x, state);
  const to = Math.min(tickers.length, state.next + sharesOf(STEP_ROWS, x));
  const shares = { from: state.next, to };
  const market = new RatedShares(parts, shares, plan.first, sessions.length - plan.first);
  const draws = drawsOf(parts, shares, plan.first);
  const benchmarks = new Benchmarks(storedUniverse(parts, sessions.length), indices, sessions);
  const gathered = new Gathered(parts);
  const walker = new ShareWalker({ plan, market, gates: storedGates(parts), indices, grid });
  const walk = (listing: Listing, share: number): void => {
    const drawn = draws.get(share) ?? [];
    const fates = walker.walk(
      share,
      listing,
      drawn.map(({ session }) => session),
    );
    const history = historyOf(listing.columns, sessions);
    for (const cohort of COHORTS) {
      for (const [i, { session, fate }] of fates[cohort].entries()) {
        // Names drawn by lot stand in the order of the draws, all others by session and share.
        const order = cohort === "random_open" ? (drawn[i]?.place ?? 0) : session;
        if (typeof fate === "string") {
          gathered.refuse(cohort, fate);
        } else {
          gathered.enter({ order, one: measure(fate, history, sessions, benchmarks) });
        }
      }
    }
  };
  yield* eachShare(x, { ...shares, rows: MOMENT_ROWS }, walk);
  return {
    state: to === tickers.length ? { ...state, phase: "sum", next: 0 } : { ...state, next: to },
    parts: gathered.partsAt(state.next),
  };
}
