/** TT: Minervini's eight conditions of a stock in its advance, each with value, threshold and result. */
import type { Price } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import type { TemplateRule, TemplateTerm } from "./verdict.ts";

/** What the rules compare, measured on the as-of bar. */
export interface Trend {
  readonly close: Price;
  readonly mean50: number;
  readonly mean150: number;
  /** 20 bars earlier. */
  readonly mean150Before: number;
  readonly mean200: number;
  readonly mean200Before: number;
  readonly yearHigh: Price;
  readonly yearLow: Price;
}

/** Means are `NaN` while there are too few bars; the year's extremes are those of the bars there are. */
export function trendOf(bars: PatternTime, year: number): Trend {
  const t = bars.n - 1;
  return {
    close: bars.close[t]!,
    mean50: bars.meanClose(t, 50),
    mean150: bars.meanClose(t, 150),
    mean150Before: bars.meanClose(t - 20, 150),
    mean200: bars.meanClose(t, 200),
    mean200Before: bars.meanClose(t - 22, 200),
    yearHigh: bars.highestHigh(t - year + 1, t),
    yearLow: bars.lowestLow(t - year + 1, t),
  };
}

/** `judged` is false for a young ticker: the whole template is unavailable (BR5). */
export function trendTemplate(
  x: Trend,
  rs: number | null,
  judged: boolean,
  params: Params,
): readonly TemplateTerm[] {
  const term = (id: TemplateRule, value: number, threshold: number, pass: boolean): TemplateTerm =>
    judged
      ? { id, value, threshold, result: pass ? "pass" : "fail" }
      : { id, value: null, threshold: null, result: "unavailable" };
  const longMean = Math.max(x.mean150, x.mean200);
  return [
    term("TT1", x.close, longMean, x.close > x.mean150 && x.close > x.mean200),
    term("TT2", x.mean150, x.mean200, x.mean150 > x.mean200),
    term("TT3", x.mean200, x.mean200Before, x.mean200 > x.mean200Before),
    term("TT4", x.mean50, longMean, x.mean50 > x.mean150 && x.mean50 > x.mean200),
    term("TT5", x.close, x.mean50, x.close > x.mean50),
    term("TT6", x.close, 1.3 * x.yearLow, x.close >= 1.3 * x.yearLow),
    term("TT7", x.close, 0.75 * x.yearHigh, x.close >= 0.75 * x.yearHigh),
    rs === null || !judged
      ? { id: "TT8", value: rs, threshold: params.relativeStrength.minimum, result: "unavailable" }
      : term("TT8", rs, params.relativeStrength.minimum, rs >= params.relativeStrength.minimum),
  ];
}

/** How many of the eight conditions pass; an unavailable one does not. */
export function passedOf(template: readonly TemplateTerm[]): number {
  return template.filter((term) => term.result === "pass").length;
}
