/** LCI3: which of a ticker's patterns a signal before its trigger is held against, its own one or the best one. */
import { spanOf } from "./birth.ts";
import type { Params } from "../params.ts";
import { countPoints, sumOf } from "../vcp/score.ts";
import { isPreTrigger, type Signal } from "./signal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Verdict } from "../vcp/verdict.ts";

/** By ticker the day of H_T on which its signal before the trigger stands: what a scan is asked to look for. */
export function incumbentDays(open: readonly Signal[]): ReadonlyMap<string, TradingDay> {
  const waiting = open.filter(({ state, prev }) => isPreTrigger(prev ?? state));
  return new Map(waiting.map(({ ticker, base }) => [ticker, spanOf(base)[1]]));
}

/**
 * The incumbent, the verdict on the signal's own pattern (same H_T), unless the best one scores at least 5 more.
 * `incumbent` is `null` when the own pattern does not stand, or is the best one.
 */
export function contender(signal: Signal, best: Verdict, incumbent: Verdict | null, params: Params): Verdict {
  const isOwn = incumbent?.base && spanOf(incumbent.base)[1] === spanOf(signal.base)[1];
  return isOwn && points(best) - points(incumbent) < 100 * params.life.incumbentMargin ? incumbent : best;
}

/** In hundredths, unclipped, as CT10 compares. What does not depend on the candidate is the same on both sides. */
function points({ base, scoreTerms }: Verdict): number {
  if (base === null || scoreTerms === null) {
    return Number.NEGATIVE_INFINITY;
  }
  const shown = sumOf(scoreTerms);
  // Shown, the count stops paying at four contractions; compared, it does not (decision 011).
  return Math.round(100 * (shown - scoreTerms.contractionCount + countPoints(base.contractions.length)));
}
