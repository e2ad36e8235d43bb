/** The score in its four parts and their terms, with the most each can bring (SC). */
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";

type Terms = SignalDetail["score_terms"];

const PARTS = [
  { name: "leader", terms: { leader_rs: 6.25, leader_trend: 6.25, leader_advance: 6.25 } },
  { name: "base", terms: { base_first: 6.25, base_last: 6.25, base_count: 6.25, base_widest: 6.25 } },
  {
    name: "quiet",
    terms: {
      quiet_shelf: 6.25,
      quiet_closes: 6.25,
      quiet_week: 6.25,
      quiet_range: 6.25,
      quiet_volume: 6.25,
    },
  },
  {
    name: "pivot",
    terms: { pivot_distance: 6.25, pivot_overhead: 6.25, right_time: 6.25, right_height: 6.25 },
  },
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
