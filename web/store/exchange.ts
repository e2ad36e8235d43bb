/**
 * Which exchange the page shows, so that two are never mixed: the list of signals and the socket's greeting decide, every
 * other answer is shown only when it agrees, and at a switch every store drops what it holds and loads again.
 */
import { type Accessor, createComputed, createSignal, onCleanup, untrack } from "solid-js";
import type { Exchange } from "../../worker/core/instrument/instrument.ts";
import type { LiveConnection } from "./live-socket.ts";

/** The one exchange that all stores of a page agree on. */
export interface ActiveExchange {
  /** `null` until the first answer. */
  readonly active: Accessor<Exchange | null>;
  /** For the stores that decide: this exchange is active now. */
  learn(exchange: Exchange): void;
  /**
   * For all other stores: whether what they got may be shown. Another exchange than the active one makes the deciding
   * stores load again; if it decided itself, two servers that disagree would make the page load for ever.
   */
  accepts(exchange: Exchange): boolean;
  /** Runs on every change from one exchange to another, until the owner ends; not for the first exchange. */
  onSwitch(run: () => void): void;
  /** Runs when `accepts` met another exchange than the active one. */
  onDoubt(run: () => void): void;
}

/** Follows the socket's greeting by itself; REST answers are handed in by `learn` and `accepts`. */
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
