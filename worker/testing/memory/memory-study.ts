/** A study in steps in memory: what it leaves with what its port promises, and a machine that breaks it off. */
import { assert } from "../../core/assert.ts";
import type { StudyInput } from "../../research/walk-forward.ts";
import { doneShare, STUDY_BEGIN, studyStep } from "../../research/steps/study-steps.ts";
import type {
  PartKind,
  StudyParts,
  StudyState,
  StudyStep,
  SteppedMarket,
} from "../../research/steps/study-store.ts";

type Body = ArrayBuffer | string;

class MemoryStudy implements StudyParts {
  state: StudyState = STUDY_BEGIN;
  readonly #parts = new Map<PartKind, Map<number, Body>>();

  save({ state, parts }: StudyStep): void {
    for (const { kind, place, body } of parts) {
      const places = this.#parts.get(kind) ?? new Map<number, Body>();
      places.set(place, body);
      this.#parts.set(kind, places);
    }
    this.state = state;
  }

  /** The result, whole. */
  report(): string {
    return `${this.text("report", 0)}${[...this.allTexts("listed")].join(",")}${this.text("report", 1)}`;
  }

  numbers(kind: PartKind, place: number): ArrayBuffer | null {
    const body = this.#parts.get(kind)?.get(place);
    assert(typeof body !== "string", `${kind} is text`);
    // The reader owns what it gets, as it does of a database.
    return body?.slice(0) ?? null;
  }

  text(kind: PartKind, place: number): string | null {
    const body = this.#parts.get(kind)?.get(place) ?? null;
    assert(body === null || typeof body === "string", `${kind} is no text`);
    return body;
  }

  allNumbers(kind: PartKind): Iterable<ArrayBuffer> {
    return this.#places(kind).flatMap((place) => this.numbers(kind, place) ?? []);
  }

  allTexts(kind: PartKind): Iterable<string> {
    return this.#places(kind).flatMap((place) => this.text(kind, place) ?? []);
  }

  slices(kind: PartKind, from: number, length: number): Iterable<ArrayBuffer> {
    return Array.from(this.allNumbers(kind), (body) => body.slice(from, from + length));
  }

  #places(kind: PartKind): readonly number[] {
    return [...(this.#parts.get(kind)?.keys() ?? [])].toSorted((a, b) => a - b);
  }
}

/** The market of a study of files as a study in steps reads it. */
function steppedMarket({ listings, ...x }: StudyInput): SteppedMarket {
  const shares = listings.toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1));
  return {
    ...x,
    tickers: shares.map(({ ticker }) => ticker),
    listings: (from, to) => shares.slice(from, to),
  };
}

interface Walked {
  readonly report: string;
  readonly steps: number;
  readonly brokenOff: number;
  /** The share that was done before each try of a step. */
  readonly shares: readonly number[];
  readonly phases: ReadonlySet<string>;
}

/** Small steps, so that a market of fifty names has many of each phase. */
const GRAIN = 30;

/** Makes a study; `breaksOff` is asked at each moment, and a step that is broken off is begun anew. */
export function studyInSteps(input: StudyInput, breaksOff: () => boolean): Walked {
  const market = { ...steppedMarket(input), grain: GRAIN };
  const memory = new MemoryStudy();
  const shares: number[] = [];
  const phases = new Set<string>();
  let [steps, brokenOff] = [0, 0];
  while (memory.state.phase !== "done") {
    phases.add(memory.state.phase);
    shares.push(doneShare(memory.state, market.tickers.length, market.sessions.length));
    const moments = studyStep(market, memory.state, memory);
    let moment = moments.next();
    while (moment.done !== true && !breaksOff()) {
      moment = moments.next();
    }
    if (moment.done === true) {
      memory.save(moment.value);
      steps += 1;
    } else {
      brokenOff += 1;
    }
  }
  return { report: memory.report(), steps, brokenOff, shares, phases };
}
