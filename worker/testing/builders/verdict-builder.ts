/** A plausible verdict, so that a test states only what it is about. */
import type { Verdict } from "../../core/vcp/verdict.ts";
import { type Bare, named } from "./bare.ts";
import { dayOf, makeSignal, SCORE_TERMS } from "./signal-builder.ts";

/** A detected base of grade A; the parts come from the signal that it would give birth to. */
export function makeVerdict(overrides: Bare<Partial<Verdict>> = {}): Verdict {
  const signal = makeSignal();
  return named<Verdict>({
    ticker: signal.ticker,
    name: signal.name,
    market: signal.market,
    asOf: dayOf("2025-05-16"),
    lastDay: dayOf("2025-05-16"),
    close: signal.close,
    bars: 287,
    valid: true,
    detected: true,
    grade: signal.grade,
    score: signal.score,
    scoreTerms: SCORE_TERMS,
    base: signal.base,
    template: signal.template,
    passed: signal.passed,
    rs: signal.rs,
    rsRaw: 0.61,
    eligibility: { ok: true, reason: null, value: null, threshold: null },
    leaderValue: true,
    nearMiss: null,
    flags: signal.flags,
    ...overrides,
  });
}
