/** The score in its parts and their terms, with the most each can bring (SC). */
import type { MeasureName } from "../../../worker/core/vcp/measure-names.ts";
import type { TermName as CoreTerm } from "../../../worker/core/vcp/verdict.ts";
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";
import type { ExplainedVerdictBody } from "../../../worker/protocol/verdict.ts";

type Terms = SignalDetail["score_terms"];

/** `quietShelf` is `quiet_shelf` on the wire. */
type Wire<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Wire<Tail>}`
  : Name;

export type PartName = "leader" | "base" | "quiet" | "pivot";

/** Every term of the law in force: its part, and the measure that it is earned by. */
const TERMS: Readonly<Record<Wire<CoreTerm>, readonly [part: PartName, measure: MeasureName]>> = {
  leader_rs: ["leader", "rs"],
  leader_trend: ["leader", "mean150OverMean200"],
  leader_advance: ["leader", "smoothness"],
  base_first: ["base", "firstDepth"],
  base_last: ["base", "lastDepth"],
  base_count: ["base", "contractions"],
  base_widest: ["base", "widestBar"],
  quiet_shelf: ["quiet", "shelf"],
  quiet_width: ["quiet", "range10"],
  quiet_week: ["quiet", "week"],
  quiet_range: ["quiet", "quiet"],
  quiet_volume: ["quiet", "dryUp"],
  pivot_distance: ["pivot", "distance"],
  pivot_overhead: ["pivot", "overhead"],
  right_time: ["pivot", "rightTime"],
  right_height: ["pivot", "rightHeight"],
};

const ALL = Object.entries(TERMS);
/** All weigh the same. */
const MOST = 100 / ALL.length;

/** One term of SC. */
export interface ScoreTerm {
  readonly name: string;
  readonly measure: MeasureName;
  /** `null`: its input is unavailable, and it counts 0. */
  readonly points: number | null;
  readonly max: number;
}

/** A part of the score with its terms. */
export interface ScorePart {
  readonly name: PartName;
  readonly points: number;
  readonly max: number;
  readonly terms: readonly ScoreTerm[];
}

/**
 * The terms of a verdict's score, where the page shows the base that was scored or where the score is the rule in the way;
 * else `null`: on an open signal's own base the checklist has another score.
 */
export function shownScore({ near_miss, rules_of, score_terms }: ExplainedVerdictBody): Terms | null {
  return rules_of === "listed" || near_miss?.rule === "SC" ? score_terms : null;
}

/** In the order of SC; empty for a signal that other rules scored, whose terms may share a name and mean something else. */
export function scoreParts(terms: Terms): readonly ScorePart[] {
  const names = Object.keys(terms);
  if (names.length !== ALL.length || !names.every((name) => name in TERMS)) {
    return [];
  }
  return [...new Set(ALL.map(([, [part]]) => part))].map((part) => {
    const list = ALL.flatMap(([name, [of, measure]]): readonly ScoreTerm[] =>
      of === part ? [{ name, measure, points: terms[name] ?? null, max: MOST }] : [],
    );
    return {
      name: part,
      points: list.reduce((sum, { points }) => sum + (points ?? 0), 0),
      max: MOST * list.length,
      terms: list,
    };
  });
}

/** Every term with the most it can bring, in the order of SC; none has been measured. */
export const SCORE_TERM_PARTS: readonly ScorePart[] = scoreParts(
  Object.fromEntries(ALL.map(([name]) => [name, null])),
);
