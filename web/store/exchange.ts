/**
 * Which exchange the page shows. Nothing of one is ever listed beside the other: whoever learns first that it has changed
 * says so here, and every store drops what it holds and asks again.
 */
import { type Accessor, createComputed, createSignal, onCleanup, untrack } from "solid-js";
import type { Exchange } from "../../worker/core/instrument.ts";
import type { LiveConnection } from "./live-socket.ts";

export interface ActiveExchange {
  /** `null` until the first answer. */
  readonly active: Accessor<Exchange | null>;
  /** An answer or a message was of this exchange. */
  learn(exchange: Exchange): void;
  /** Runs on every change from one exchange to the other, while the owner lives; not for the first that is learnt. */
  onSwitch(run: () => void): void;
}

export function createExchange(live: LiveConnection): ActiveExchange {
  const [active, setActive] = createSignal<Exchange | null>(null);
  const listeners = new Set<() => void>();

  function learn(exchange: Exchange): void {
    const before = untrack(active);
    setActive(exchange);
    if (before !== null && before !== exchange) {
      for (const listener of listeners) {
        listener();
      }
    }
  }
  createComputed(() => {
    const said = live.hello()?.exchange;
    if (said !== undefined) {
      untrack(() => {
        learn(said);
      });
    }
  });
  return {
    active,
    learn,
    onSwitch: (run) => {
      listeners.add(run);
      onCleanup(() => listeners.delete(run));
    },
  };
}
