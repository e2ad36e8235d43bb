/** A base as the chart draws it: of a signal, or of a share that is no candidate. */
import type { SignalDetail } from "../../worker/protocol/rest/signal.ts";
import type { ExplainedVerdictBody } from "../../worker/protocol/verdict.ts";
import type { Format } from "../i18n/format.ts";
import type { FormCopy } from "../i18n/ko-form.ts";
import type { Dictionary } from "../i18n/ko.ts";
import type { RuleCopy } from "../i18n/rule-texts.ts";
import type { Pattern } from "./chart/vcp-primitive.ts";

/** What a base needs to be drawn; a verdict without one has no pivot. */
export interface Drawable {
  readonly contractions: SignalDetail["contractions"];
  readonly pivot: number | null;
  readonly stop_loss: number | null;
}

const NO_BASE: Drawable = { contractions: [], pivot: null, stop_loss: null };

/** The base of a share, and why it is faded; `null` is the base of a candidate or of an open signal, or none at all. */
export interface ShareBase {
  readonly base: Drawable;
  readonly footprint: string | null;
  /** Named by the rule that keeps it off the list. */
  readonly near: string | null;
}

/** The base of the open signal, otherwise the verdict's, otherwise the one that came nearest. */
export function shareBase(verdict: ExplainedVerdictBody | null, rules: RuleCopy, copy: FormCopy): ShareBase {
  if (verdict === null) {
    return { base: NO_BASE, footprint: null, near: null };
  }
  const miss = verdict.near_miss;
  if (verdict.rules_of === "own" && miss?.base) {
    return { base: miss.base, footprint: miss.base.footprint, near: null };
  }
  const isRead = verdict.contractions.length > 0;
  const base = isRead ? verdict : (miss?.base ?? NO_BASE);
  const footprint = (isRead ? verdict : miss?.base)?.footprint ?? null;
  const isNear = !verdict.detected && miss !== null && base.pivot !== null;
  const name = copy.drawn[verdict.rules_of === "listed" ? "listed" : "nearest"];
  return { base, footprint, near: isNear ? `${name}: ${miss.rule} ${rules.ruleText(miss.rule)}` : null };
}

/** `null` without a base: then the chart shows candles only. */
export function patternOf(base: Drawable, text: Dictionary, format: Format, isFaded = false): Pattern | null {
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
  return { legs, pivot, stop: stop_loss, isFaded };
}

/** The chart in one sentence; `near` names a base that is not listed. */
export function summaryOf(
  base: Drawable,
  text: Dictionary,
  format: Format,
  near: string | null = null,
): string {
  const { contractions, pivot, stop_loss } = base;
  const [first] = contractions;
  if (pivot === null || first === undefined) {
    return text.chartPlain;
  }
  const summary = text.chartSummary(
    `${format.price(first.high)} (${format.day(first.high_date)})`,
    contractions.length,
    contractions.map(({ depth }) => format.change(-depth)).join(", "),
    format.price(pivot),
    format.price(stop_loss),
  );
  return near === null ? summary : `${near}. ${summary}`;
}
