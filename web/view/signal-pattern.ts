/** A signal's base as the chart draws it. */
import type { SignalDetail } from "../../worker/protocol/rest/signal.ts";
import type { Format } from "../i18n/format.ts";
import type { Dictionary } from "../i18n/ko.ts";
import type { Pattern } from "./chart/vcp-primitive.ts";

/** What a base needs to be drawn; a verdict without one has no pivot. */
export interface Drawable {
  readonly contractions: SignalDetail["contractions"];
  readonly pivot: number | null;
  readonly stop_loss: number | null;
}

/** `null` without a base: then the chart shows candles only. */
export function patternOf(base: Drawable, text: Dictionary, format: Format): Pattern | null {
  const { pivot, stop_loss } = base;
  if (pivot === null || stop_loss === null || base.contractions.length === 0) {
    return null;
  }
  const legs = base.contractions.map((leg, i) => ({
    highDay: leg.high_date,
    high: leg.high,
    lowDay: leg.low_date,
    low: leg.low,
    label: `${text.nth(i + 1)} ${format.change(-leg.depth)}`,
  }));
  return { legs, pivot, stop: stop_loss };
}

/** The chart in one sentence. */
export function summaryOf(base: Drawable, text: Dictionary, format: Format): string {
  const { contractions, pivot, stop_loss } = base;
  return pivot === null
    ? text.chartPlain
    : text.chartSummary(
        contractions.length,
        contractions.map(({ depth }) => format.change(-depth)).join(", "),
        format.price(pivot),
        format.price(stop_loss),
      );
}
