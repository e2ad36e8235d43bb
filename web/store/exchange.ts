/**
 * Which exchange the page shows. Nothing of one is ever listed beside the other: the list of signals and the socket's hello
 * decide, everything else is shown only when it agrees, and a switch makes every store drop what it holds and ask again.
 */
import { type Accessor, createComputed, createSignal, onCleanup, untrack } from "solid-js";
import type { Exchange } from "../../worker/core/instrument/instrument.ts";
import type { LiveConnection } from "./live-socket.ts";

export interface ActiveExchange {
  /** `null` until the first answer. */
  readonly active: Accessor<Exchange | null>;
  /** For those that decide: it is this one now. */
  learn(exchange: Exchange): void;
  /**
   * For all others: whether what they got may be shown. Another exchange than the active one is doubt enough to ask those
   * that decide; were it the answer itself, two servers that disagree would make the page ask for ever.
   */
  accepts(exchange: Exchange): boolean;
  /** Runs on every change from one exchange to the other, while the owner lives; not for the first that is learnt. */
  onSwitch(run: () => void): void;
  /** Runs when somebody met another exchange than the active one. */
  onDoubt(run: () => void): void;
}

export function createExchange(live: LiveConnection): ActiveExchange {
  const [active, setActive] = createSignal<Exchange | null>(null);
  const switched = new Set<() => void>();
  const doubted = new Set<() => void>();

  function learn(exchange: Exchange): void {
    const before = untrack(active);
    setActive(exchange);
    if (before !== null && before !== exchange) {
      switched.forEach((run) => {
        run();
      });
    }
  }
  createComputed(() => {
    const announced = live.hello()?.exchange;
    if (announced !== undefined) {
      untrack(() => {
        learn(announced);
      });
    }
  });
  return {
    active,
    learn,
    accepts: (exchange) => {
      const known = untrack(active);
      if (known !== null && known !== exchange) {
        doubted.forEach((run) => {
          run();
        });
        return false;
      }
      setActive(exchange);
      return true;
    },
    onSwitch: (run) => {
      switched.add(run);
      onCleanup(() => switched.delete(run));
    },
    onDoubt: (run) => {
      doubted.add(run);
      onCleanup(() => doubted.delete(run));
    },
  };
}
