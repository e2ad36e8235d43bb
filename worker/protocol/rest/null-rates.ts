/** How often chance alone is listed (EV2): the data behind the methodology page, in `null-rates.json` beside this file. */
import * as v from "valibot";
import { Count, listOf, SessionDate } from "../vocabulary.ts";

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** `low` and `high`: Wilson's 95 % interval. */
export const NullRate = v.object({ count: Count, rate: Share, low: Share, high: Share });
export type NullRate = v.InferOutput<typeof NullRate>;

/** One kind of series without meaning: how many were judged and how many got each grade. */
export const NullFigures = v.object({
  /** `walk`: random walks. `shuffled`: real series, their days in blocks in another order. */
  kind: v.picklist(["walk", "shuffled"]),
  /** Series, each judged on its last session. */
  n: Count,
  /** Sessions of a series. */
  sessions: Count,
  /** 8 of 8 conditions of the template. */
  template: NullRate,
  /** A base stands. */
  valid: NullRate,
  c_or_better: NullRate,
  b_or_better: NullRate,
  s_or_a: NullRate,
  /** Whether it stays within the limits. */
  within: v.object({ s_or_a: v.boolean(), c_or_better: v.boolean() }),
});
export type NullFigures = v.InferOutput<typeof NullFigures>;

/** The same questions to the real series, unshuffled: ticker-days, which are not independent and have no interval. */
export const RealFigures = v.object({
  tickers: Count,
  days: Count,
  /** The first and the last of these days. */
  first_day: SessionDate,
  last_day: SessionDate,
  ticker_days: Count,
  valid: Share,
  c_or_better: Share,
  s_or_a: Share,
});
export type RealFigures = v.InferOutput<typeof RealFigures>;

/** The file as a whole; `params_version` names the rules that were measured. */
export const NullRates = v.object({
  schema: v.literal("vcp-nulls-1"),
  params_version: v.string(),
  seed: Count,
  /** What a null may reach at most. */
  limits: v.object({ s_or_a: Share, c_or_better: Share }),
  nulls: listOf(NullFigures),
  /** A smaller null of walks, which the tests count again: the figures are those of the present detector. */
  recount: NullFigures,
  real: RealFigures,
  /** To be shown with the figures. */
  statement: v.string(),
});
export type NullRates = v.InferOutput<typeof NullRates>;

/**
 * The nulls in which a base stands less often than in real shares. What lies inside a null's own 95 % interval is no
 * difference: 2.34 % is not more than 2.29 % of 10,000.
 */
export function nullsExceeded(
  nulls: readonly NullFigures[],
  real: RealFigures,
): readonly NullFigures["kind"][] {
  return nulls.filter(({ valid }) => real.valid > valid.high).map(({ kind }) => kind);
}
