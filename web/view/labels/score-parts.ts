/** The score in its five parts and their terms, with the most each can bring (SC). */
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";

type Terms = SignalDetail["score_terms"];
type TermName = keyof Terms;

const PARTS = [
  { name: "trend", terms: { trend_passed: 14, trend_rs: 6 } },
  {
    name: "contraction",
    terms: { contraction_ratio: 12, contraction_count: 8, contraction_last: 6, contraction_worst: 4 },
  },
  { name: "volume", terms: { volume_dry_up: 9, volume_trend: 6, volume_low: 3, volume_up_down: 2 } },
  { name: "pivot", terms: { pivot_proximity: 8, pivot_tightness: 4, pivot_overhead: 3 } },
  { name: "leadership", terms: { leadership_rs: 10, leadership_line: 5 } },
  { name: "penalty", terms: { penalty_loose: 0, penalty_v_shape: 0, penalty_stretched: 0 } },
] as const satisfies readonly { name: string; terms: Partial<Record<TermName, number>> }[];

/** One term of SC. */
export interface ScoreTerm {
  readonly name: TermName;
  /** `null`: its input is unavailable, and it counts 0. */
  readonly points: number | null;
  readonly max: number;
}

/** A part of the score with its terms. */
export interface ScorePart {
  readonly name: (typeof PARTS)[number]["name"];
  readonly points: number;
  /** 0 for the penalties, which only take. */
  readonly max: number;
  readonly terms: readonly ScoreTerm[];
}

const NAMES = new Set<string>(PARTS.flatMap(({ terms }) => Object.keys(terms)));

function isTerm(name: string): name is TermName {
  return NAMES.has(name);
}

/** In the order of SC. */
export function scoreParts(terms: Terms): readonly ScorePart[] {
  return PARTS.map((part) => {
    const list = Object.entries(part.terms).flatMap(([name, max]) =>
      isTerm(name) ? [{ name, points: terms[name], max }] : [],
    );
    return {
      name: part.name,
      points: list.reduce((sum, { points }) => sum + (points ?? 0), 0),
      max: list.reduce((sum, { max }) => sum + max, 0),
      terms: list,
    };
  });
}
