/** SN2: how far the shares of a scan came, and what stopped the others. */
import type { Funnel } from "./scan-result.ts";
import { FORM_RULES } from "../vcp/form-rules.ts";
import type { UnmetRule, Verdict } from "../vcp/verdict.ts";

/** What keeps a share off before its base is looked at: too few bars to be listed, or a rule asked of the share. */
const BEFORE_BASE = new Set<UnmetRule>([
  "too_short",
  ...FORM_RULES.filter(({ of }) => of === "share").map(({ id }) => id),
]);

/** SN2: each stage counts within the one before; `template` are the shares that meet every rule asked of a share. */
export function funnelOf(verdicts: readonly Verdict[]): Funnel {
  const eligible = verdicts.filter((verdict) => verdict.eligibility.ok);
  const template = eligible.filter(({ nearMiss }) => nearMiss === null || !BEFORE_BASE.has(nearMiss.rule));
  const base = template.filter((verdict) => verdict.valid);
  return {
    universe: verdicts.length,
    eligible: eligible.length,
    template: template.length,
    base: base.length,
    detected: base.filter((verdict) => verdict.detected).length,
  };
}

/** Tickers by the rule that kept them off. */
export function rejectsOf(verdicts: readonly Verdict[]): Readonly<Partial<Record<UnmetRule, number>>> {
  const rejects: Partial<Record<UnmetRule, number>> = {};
  for (const { nearMiss } of verdicts) {
    if (nearMiss !== null) {
      rejects[nearMiss.rule] = (rejects[nearMiss.rule] ?? 0) + 1;
    }
  }
  return rejects;
}
