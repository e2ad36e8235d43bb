/** LCI3: the patterns that a scan is asked for because signals before their trigger stand on them. */
import { spanOf } from "./birth.ts";
import type { Params } from "../params.ts";
import { isPreTrigger, type Signal } from "./signal.ts";
import type { Incumbent } from "../vcp/base-search.ts";
import type { Base } from "../vcp/verdict.ts";

/** By ticker the start and the noise of the base on which its signal before the trigger stands. */
export function incumbentsOf(open: readonly Signal[], params: Params): ReadonlyMap<string, Incumbent> {
  const waiting = open.filter(({ state, prev }) => isPreTrigger(prev ?? state));
  return new Map(
    waiting.flatMap((signal) => {
      const { noise } = signal.base;
      return noise === null || isOfEarlierLaw(signal, params)
        ? []
        : [[signal.ticker, { start: spanOf(signal.base)[0], noise }] as const];
    }),
  );
}

/** LCI6: listed by other rules than those in force; its pattern is not read again. */
export function isOfEarlierLaw({ paramsVersion }: Signal, { version }: Params): boolean {
  return paramsVersion !== version;
}

/** What a base is read by: two bases of one share with the same text are the same pattern. */
export function patternOf(base: Base): string {
  const { contractions, pivot } = base;
  const last = contractions.at(-1);
  return [
    contractions[0]?.highDay,
    contractions[0]?.lowDay,
    last?.highDay,
    last?.lowDay,
    contractions.length,
    pivot,
  ].join();
}

/**
 * LCI3: why a base is read otherwise than the day before. Only a new extreme does that: a high above the base's start, a
 * lower low, a new contraction, or a price above the pivot.
 */
export function causeOf(before: Base, after: Base): RevisionCause {
  const [first, next] = [before.contractions[0], after.contractions[0]];
  if (first?.highDay !== next?.highDay) {
    return "higher_high";
  }
  if (first?.lowDay !== next?.lowDay) {
    return "lower_low";
  }
  if (after.contractions.length > before.contractions.length) {
    return "contraction";
  }
  return after.contractions.at(-1)?.lowDay === before.contractions.at(-1)?.lowDay
    ? "pivot_raised"
    : "lower_low";
}

export type RevisionCause = "higher_high" | "lower_low" | "contraction" | "pivot_raised";
