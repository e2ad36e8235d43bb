/** The score in its four parts and their terms, with the most each can bring (SC). */
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";

type Terms = SignalDetail["score_terms"];

const PARTS = [
  { name: "leader", terms: { leader_rs: 15, leader_template: 5, leader_trend: 10 } },
  { name: "contraction", terms: { contraction_last: 8, contraction_ratio: 5 } },
  { name: "quiet", terms: { quiet_range: 10, quiet_volume: 10, quiet_tightness: 5, quiet_widest: 7 } },
  { name: "pivot", terms: { pivot_overhead: 10, pivot_distance: 8, right_side: 7 } },
] as const satisfies readonly { name: string; terms: Readonly<Record<string, number>> }[];

type TermsOf<Part> = Part extends { terms: infer Terms } ? keyof Terms : never;
export type TermName = TermsOf<(typeof PARTS)[number]>;

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
  readonly max: number;
  readonly terms: readonly ScoreTerm[];
}

const NAMES = new Set<string>(PARTS.flatMap(({ terms }) => Object.keys(terms)));

function isTerm(name: string): name is TermName {
  return NAMES.has(name);
}

/** In the order of SC; empty for a signal that an earlier law scored by other terms. */
export function scoreParts(terms: Terms): readonly ScorePart[] {
  if (!Object.keys(terms).some((name) => NAMES.has(name))) {
    return [];
  }
  return PARTS.map((part) => {
    const list = Object.entries(part.terms).flatMap(([name, max]): readonly ScoreTerm[] =>
      isTerm(name) ? [{ name, points: terms[name] ?? null, max }] : [],
    );
    return {
      name: part.name,
      points: list.reduce((sum, { points }) => sum + (points ?? 0), 0),
      max: list.reduce((sum, { max }) => sum + max, 0),
      terms: list,
    };
  });
}
