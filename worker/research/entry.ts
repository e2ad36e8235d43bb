/** EV1: what could be bought, when, and at which price, or why it could not. */
import { assert } from "../core/assert.ts";
import type { Market } from "../core/instrument/instrument.ts";
import { isOpen, isPreTrigger, type Signal } from "../core/lifecycle/signal.ts";
import { type History, isLocked, isTraded } from "../core/outcome/history.ts";
import { fillAtTrigger, type TriggerOrder } from "../core/outcome/trigger-fill.ts";
import type { GateStatus } from "../core/scan/gate.ts";
import type { Grade } from "../core/vcp/verdict.ts";

/** Whose entries are compared: signals in two ways of buying them, and two baselines without a base. */
export const COHORTS = ["signal_open", "signal_trigger", "template_open", "random_open"] as const;
/** A way to enter that is compared with the others. */
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
export const REFUSALS = [
  "not_traded",
  "locked",
  "beyond_zone",
  "born_above",
  "never_triggered",
  "waiting",
] as const;
/** Why an occasion has no entry. */
export type Refusal = (typeof REFUSALS)[number];

/** An occasion that was bought, with its price and its stop. */
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
function enterAtTrigger(
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

type Plan = Pick<Signal["base"], "pivot" | "entry" | "stop">;

interface Resting {
  readonly occasion: Occasion;
  /** In the history's shares. */
  readonly order: TriggerOrder & { readonly stop: number };
  /** The plan that the order was made for, in the shares of that session. */
  readonly plan: Plan;
}

/** A lower last low moves the stop alone. */
function isSame(a: Plan, b: Plan): boolean {
  return a.pivot === b.pivot && a.entry === b.entry && a.stop === b.stop;
}

/** The resting orders of listed signals, from the session after the listing until a touch or the signal's end. */
export class TriggerOrders {
  readonly #resting = new Map<string, Resting>();
  /** What became of each listed signal; later findings replace earlier ones. */
  readonly #fates = new Map<string, Entry | Refusal>();
  readonly #histories: Readonly<Record<number, History>>;

  /** Histories by the place of the share. */
  constructor(histories: Readonly<Record<number, History>>) {
    this.#histories = histories;
  }

  /** In the order of listing. */
  get fates(): Iterable<Entry | Refusal> {
    return this.#fates.values();
  }

  /** Fills what the prices of `session` reach, before its scan is known. */
  fill(session: number): void {
    for (const [id, { occasion, order }] of this.#resting) {
      const fate = enterAtTrigger(occasion, session, this.#historyOf(occasion), order);
      if (fate !== null) {
        this.#fates.set(id, fate);
        this.#resting.delete(id);
      }
    }
  }

  /** After the scan: `occasion` is the signal as of this session. */
  place(signal: Signal, occasion: Occasion): void {
    const fate = this.#fates.get(signal.id);
    const waits = isOpen(signal.state) && isPreTrigger(signal.prev ?? signal.state);
    if (fate === undefined && !waits) {
      this.#fates.set(signal.id, "born_above");
    } else if (fate === undefined || fate === "waiting" || fate === "never_triggered") {
      this.#fates.set(signal.id, waits ? "waiting" : "never_triggered");
      if (waits) {
        this.#resting.set(signal.id, this.#restingOf(signal, occasion));
      } else {
        this.#resting.delete(signal.id);
      }
    }
  }

  /** A plan that did not move keeps its order: its prices are in the shares of the session that made it. */
  #restingOf({ id, base }: Signal, occasion: Occasion): Resting {
    const before = this.#resting.get(id);
    if (before && isSame(before.plan, base)) {
      return { ...before, occasion };
    }
    const factor = this.#historyOf(occasion).factor[occasion.session] ?? 1;
    const order = { trigger: base.entry * factor, stop: base.stop * factor, pivot: base.pivot * factor };
    return { occasion, order, plan: base };
  }

  #historyOf({ share, ticker }: Occasion): History {
    const history = this.#histories[share];
    assert(history, `${ticker} has no history`);
    return history;
  }
}
