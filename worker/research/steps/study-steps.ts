/**
 * EV1m: a study in steps, for a machine that neither holds a whole market nor works at one thing for long. Each step is one
 * function of the state and of what earlier ones left, so a study that dies in one makes it again and ends in the same bytes.
 */
import { COHORTS } from "../entry.ts";
import { countStep } from "./count-step.ts";
import { blocksOf, rateStep } from "./rate-step.ts";
import { readStep } from "./read-step.ts";
import type { SteppedMarket, StudyMoments, StudyParts, StudyPhase, StudyState } from "./study-store.ts";
import { sumStep } from "./sum-step.ts";
import { walkStep } from "./walk-step.ts";

export const STUDY_BEGIN: StudyState = { phase: "count", next: 0, from: null };

/** The next step, in moments. Of a study that is done there is none. */
export function studyStep(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  switch (state.phase) {
    case "count":
      return countStep(x, state, parts);
    case "read":
      return readStep(x, state, parts);
    case "rate":
      return rateStep(x, state, parts);
    case "walk":
      return walkStep(x, state, parts);
    case "sum":
      return sumStep(x, state, parts);
    case "done":
      throw new Error("A study that is done has no next step");
  }
}

/** The parts of the whole that the phases take, as measured on 2,700 names and 400 sessions. */
const WORK: Readonly<Record<Exclude<StudyPhase, "done">, number>> = {
  count: 0.02,
  read: 0.26,
  rate: 0.02,
  walk: 0.62,
  sum: 0.08,
};

/** The share of the study that is done, 0..1. */
export function doneShare({ phase, next, from }: StudyState, shares: number, sessions: number): number {
  let done = 0;
  for (const [name, work] of Object.entries(WORK)) {
    if (name === phase) {
      const all =
        phase === "rate"
          ? blocksOf(sessions - (from ?? sessions)) + 1
          : phase === "sum"
            ? COHORTS.length + 1
            : shares;
      return done + (work * Math.min(next, all)) / Math.max(1, all);
    }
    done += work;
  }
  return 1;
}
