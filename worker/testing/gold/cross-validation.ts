/** Cross-validation over tickers: parameters are chosen on four fifths of the shares and judged on the fifth that they have not seen. */
import { assert } from "../../core/assert.ts";
import { makeChance } from "../../core/outcome/chance.ts";
import { type Answered, type Calls, callsOf, precisionOf, recallOf, sumOf } from "./agreement.ts";

export const FOLDS = 5;

/** Mean and standard deviation; `null` where no figure exists. */
export interface Spread {
  readonly mean: number;
  readonly sd: number;
}

export interface CrossValidated {
  /** Over the seeds, each the sum of its folds. */
  readonly precision: Spread | null;
  readonly recall: Spread | null;
  /** Over every fold of every seed. */
  readonly foldPrecision: Spread | null;
  readonly foldRecall: Spread | null;
  /** How often each member was chosen, in the order of the members. */
  readonly chosen: readonly number[];
}

/** Each ticker's fold, 0 to `folds` - 1, dealt in a seeded order so that no two folds differ by more than one ticker. */
export function foldsOf(
  tickers: readonly string[],
  folds: number,
  seed: number,
): ReadonlyMap<string, number> {
  assert(folds >= 2, "One fold leaves nothing to choose on");
  const random = makeChance(seed);
  const order = [...new Set(tickers)]
    .toSorted()
    .map((ticker) => ({ ticker, place: random() }))
    .toSorted((a, b) => a.place - b.place);
  return new Map(order.map(({ ticker }, i) => [ticker, i % folds]));
}

/** The harmonic mean of precision and recall; 0 when nothing is hit. What a choice among parameters is made by. */
export function harmonicMean({ listed, hits, positives }: Calls): number {
  return listed + positives === 0 ? 0 : (2 * hits) / (listed + positives);
}

/** The place of the best figure, the first of equals: of two sets that do the same the stated one is taken. */
function bestOf(figures: readonly number[]): number {
  return figures.reduce((best, figure, i) => (figure > (figures[best] ?? 0) ? i : best), 0);
}

function spreadOf(figures: readonly (number | null)[]): Spread | null {
  const known = figures.filter((x) => x !== null);
  if (known.length === 0) {
    return null;
  }
  const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
  return { mean, sd: Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length) };
}

/** The calls on each fold by the member that was best on the others. */
function heldOut(
  members: readonly (readonly Answered[])[],
  foldOf: ReadonlyMap<string, number>,
): readonly { readonly member: number; readonly calls: Calls }[] {
  const byFold = members.map((answers) => {
    const groups = Map.groupBy(answers, ({ chart }) => foldOf.get(chart.ticker) ?? 0);
    return Array.from({ length: FOLDS }, (_, fold) => callsOf(groups.get(fold) ?? []));
  });
  return Array.from({ length: FOLDS }, (_, fold) => {
    const onOthers = byFold.map((calls) => harmonicMean(sumOf(calls.filter((_one, k) => k !== fold))));
    const member = bestOf(onOthers);
    const calls = byFold[member]?.[fold];
    assert(calls !== undefined, "A member has calls on every fold");
    return { member, calls };
  });
}

/**
 * `members`: the answers of each member of a family on the same charts. `seeds` deals of the tickers, because one deal
 * of 37 good charts is mostly chance. A family of one has nothing to choose: its figures are those of all charts.
 */
export function crossValidate(members: readonly (readonly Answered[])[], seeds: number): CrossValidated {
  const tickers = (members[0] ?? []).map(({ chart }) => chart.ticker);
  const chosen = members.map(() => 0);
  const deals = Array.from({ length: seeds }, (_, i) => heldOut(members, foldsOf(tickers, FOLDS, i + 1)));
  for (const { member } of deals.flat()) {
    chosen[member] = (chosen[member] ?? 0) + 1;
  }
  const pooled = deals.map((deal) => sumOf(deal.map(({ calls }) => calls)));
  const folds = deals.flat().map(({ calls }) => calls);
  return {
    precision: spreadOf(pooled.map(precisionOf)),
    recall: spreadOf(pooled.map(recallOf)),
    foldPrecision: spreadOf(folds.map(precisionOf)),
    foldRecall: spreadOf(folds.map(recallOf)),
    chosen,
  };
}
