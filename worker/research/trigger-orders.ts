/** EV1: the resting orders of listed signals, from the session after the listing until a touch or the signal's end. */
import { assert } from "../core/assert.ts";
import type { History } from "../core/outcome/history.ts";
import { isOpen, isPreTrigger, type Signal } from "../core/lifecycle/signal.ts";
import type { TriggerOrder } from "../core/outcome/trigger-fill.ts";
import { type Entry, enterAtTrigger, type Occasion, type Refusal } from "./entry.ts";

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

export class TriggerOrders {
  readonly #resting = new Map<string, Resting>();
  /** What became of each listed signal; later findings replace earlier ones. */
  readonly #fates = new Map<string, Entry | Refusal>();
  readonly #histories: readonly History[];

  constructor(histories: readonly History[]) {
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
