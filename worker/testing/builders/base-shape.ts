/** Candidate bases drawn by hand for the rules CT1 to CT7 and BR4: one sound base, and changes of it. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { barIndicesOf } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import { BASE_RULE_TESTS, isMet } from "../../core/vcp/base-rules.ts";
import { Candidate } from "../../core/vcp/candidate.ts";
import { Legs } from "../../core/vcp/legs.ts";
import type { BaseRule } from "../../core/vcp/verdict.ts";
import { drawPath, type Knot, type VolumeOf } from "./price-path.ts";

/** What comes before the base, H_1, L_1, ... H_T, L_T, and today. */
export interface Shape {
  readonly before: readonly Knot[];
  readonly turns: readonly Knot[];
  readonly after: readonly Knot[];
  readonly volume: VolumeOf;
}

const quieter: VolumeOf = (bar) => 1_000 - 4 * bar;

/** 25 %, 12 %, 6 % on falling volume, 2 % below the pivot: every rule is met. */
export const SOUND: Shape = {
  before: [
    [0, 5_000],
    [30, 5_000],
  ],
  turns: [
    [60, 10_000],
    [74, 7_500],
    [86, 9_900],
    [98, 8_712],
    [109, 9_800],
    [118, 9_212],
  ],
  after: [[126, 9_600]],
  volume: quieter,
};

/** Prices for the turns of `SOUND`, on the same bars. */
export const turns = (...prices: readonly number[]): Pick<Shape, "turns"> => ({
  turns: SOUND.turns.flatMap(([bar], i) => {
    const price = prices[i];
    return price === undefined ? [] : [[bar, price] as const];
  }),
});

export const rowsOf = ({ before, turns: base, after, volume }: Shape): Row[] =>
  drawPath([...before, ...base, ...after], volume);

/** The candidate that the turns name; halted rows do not move the bars. */
export function candidateOf(shape: Shape, rows: readonly Row[] = rowsOf(shape)): Candidate {
  const bars = new PatternTime();
  bars.load(columnsOf(rows), PARAMS.swing.atrSpan);
  const legs = new Legs();
  const places = shape.turns.map(([bar]) => bar);
  legs.high = barIndicesOf(Int32Array.from(places.filter((_, i) => i % 2 === 0)));
  legs.low = barIndicesOf(Int32Array.from(places.filter((_, i) => i % 2 === 1)));
  legs.count = legs.low.length;
  const candidate = new Candidate(bars).aim(legs, 0, legs.count - 1, legs.count);
  candidate.yearHigh = bars.highestHigh(bars.n - PARAMS.year, bars.n - 1);
  return candidate;
}

export const unmetOf = (candidate: Candidate): BaseRule[] =>
  BASE_RULE_TESTS.filter((rule) => !isMet(rule, candidate, PARAMS)).map(({ id }) => id);
export const unmet = (change: Partial<Shape>): BaseRule[] => unmetOf(candidateOf({ ...SOUND, ...change }));
export const valueOf = (id: BaseRule, change: Partial<Shape>): number | undefined =>
  BASE_RULE_TESTS.find((rule) => rule.id === id)?.measure(candidateOf({ ...SOUND, ...change }), PARAMS);
