/** One ticker's signals against one scan, in a line each: two patterns of one ticker, and what a scan finds of them. */
import { signalId } from "../../core/lifecycle/birth.ts";
import { PARAMS } from "../../core/params.ts";
import { reconcile, type TickerScan } from "../../core/lifecycle/reconcile.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import type { Base, UnmetRule, Verdict } from "../../core/vcp/verdict.ts";
import { barOn, lifeBar, session, story } from "../builders/life-builder.ts";
import { dayOf, makeBase, makeSignal } from "../builders/signal-builder.ts";
import type { Bare } from "../builders/bare.ts";
import { makeVerdict } from "../builders/verdict-builder.ts";

/** A base whose first and last high stand on these days. */
export function baseAt(first: string, last: string, overrides: Bare<Partial<Base>> = {}): Base {
  const contractions = makeBase().contractions.map((leg, i) => ({
    ...leg,
    highDay: dayOf(i === 0 ? first : last),
  }));
  return makeBase({ contractions, ...overrides });
}

export const OLD = baseAt("2025-03-03", "2025-04-21");
/** One day after the old base's span. */
export const NEXT = baseAt("2025-04-22", "2025-05-07");

export function signalOf(base: Base, overrides: Bare<Partial<Signal>> = {}): Signal {
  return makeSignal({ id: signalId("D00001", base), base, ...overrides });
}

/** The scan's verdict in session 1 on the base that a signal stands on; `unmet`: the rule by which it stands no more. */
export function own(base: Base | null, unmet: UnmetRule | null = null): Verdict {
  const asOf = session(1);
  if (unmet === null) {
    return makeVerdict({ asOf, base });
  }
  const nearMiss = { rule: unmet, value: null, threshold: null, base };
  return makeVerdict({ asOf, base: null, valid: false, detected: false, grade: "D", nearMiss });
}

/** Session 1 with a quiet bar, and a scan that lists `base`, or nothing. */
export function scanned(base: Base | null, overrides: Partial<TickerScan> = {}): TickerScan {
  const found = base === null ? { detected: false, valid: false, grade: null } : {};
  return {
    exchange: "DEMO",
    verdict: makeVerdict({ asOf: session(1), base, ...found }),
    incumbent: null,
    open: [],
    ended: [],
    sessions: [barOn(1)],
    today: lifeBar(),
    sessionsSince: (day) => session(1) - day,
    params: PARAMS,
    ...overrides,
  };
}

export function reconciled(x: TickerScan): readonly (readonly string[])[] {
  return reconcile(x).map((step) => [step.signal.id, ...story(step)]);
}
