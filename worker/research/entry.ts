/** EV1: what could be bought, when, and at which price; or why it could not. */
import type { GateStatus } from "../core/scan/gate.ts";
import { type History, isLocked, isTraded } from "../core/outcome/history.ts";
import type { Market } from "../core/instrument/instrument.ts";
import { fillAtTrigger, type TriggerOrder } from "../core/outcome/trigger-fill.ts";
import type { Grade } from "../core/vcp/verdict.ts";

/** Whose entries are compared: signals in two ways of buying them, and two baselines without a base. */
export const COHORTS = ["signal_open", "signal_trigger", "template_open", "random_open"] as const;
export type Cohort = (typeof COHORTS)[number];

/** A name on a day: what a cohort would buy. `session` is the place of the session whose scan named it. */
export interface Occasion {
  readonly cohort: Cohort;
  /** Place of the share among the study's. */
  readonly share: number;
  readonly ticker: string;
  readonly market: Market | null;
  readonly session: number;
  readonly signalId: string | null;
  /** As of `session`; `null` in a baseline. */
  readonly grade: Grade | null;
  readonly contractions: number | null;
  readonly gate: GateStatus;
}

/** `waiting`: the bars end before it is known. */
export type Refusal = "not_traded" | "locked" | "beyond_zone" | "born_above" | "never_triggered" | "waiting";

export interface Entry extends Occasion {
  /** Place of the session of the entry, after that of the occasion. */
  readonly entered: number;
  readonly price: number;
  readonly stop: number;
  readonly target: number;
}

/** EV1c: the target lies two risks above what was paid, whatever that was. */
function entryAt(occasion: Occasion, entered: number, price: number, stop: number): Entry {
  return { ...occasion, entered, price, stop, target: price + 2 * (price - stop) };
}

/**
 * Bought at the open of the next session, also far below the pivot and above the buy zone. The stop lies as
 * far below the price paid as the plan's below its trigger (`risk`, a fraction), so that R stays the plan's unit.
 */
export function enterAtOpen(occasion: Occasion, history: History, risk: number): Entry | Refusal {
  const next = occasion.session + 1;
  if (next >= history.close.length) {
    return "waiting";
  }
  if (!isTraded(history, next)) {
    return "not_traded";
  }
  if (isLocked(history, next)) {
    return "locked";
  }
  const price = history.open[next] ?? Number.NaN;
  return entryAt(occasion, next, price, price * (1 - risk));
}

/** A resting order in one session; `null` while it is not touched. */
export function enterAtTrigger(
  occasion: Occasion,
  session: number,
  history: History,
  order: TriggerOrder & { readonly stop: number },
): Entry | Refusal | null {
  const fill = fillAtTrigger(history, session, order);
  if (typeof fill === "number") {
    return entryAt(occasion, session, fill, order.stop);
  }
  return fill === "untouched" ? null : fill;
}
