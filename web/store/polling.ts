/** Where no socket comes through, REST is asked every ten seconds: the same stores, the same schemas (LV15). */
import { type Accessor, createComputed, createSignal, on, onCleanup } from "solid-js";
import type { Clock, Timers } from "../live/time.ts";
import type { Loading } from "./remote.ts";
import { serverAnswers } from "./stored-state.ts";

/** Between two rounds. */
const POLL_MS = 10_000;

/** The stores that are loaded while no socket comes through. */
export interface Polling {
  /** When the server last answered a round, in milliseconds on the client's monotonic clock; `null` while none has. */
  readonly polledAt: Accessor<number | null>;
  /** Asks at once where it polls: nobody knows how long ago the last round was. */
  wake(): void;
  /** Loads this one too, until the owner ends. */
  add(loading: Pick<Loading, "reload" | "failure">): void;
}

/** Asks at once when `isBlocked` becomes true, and every ten seconds until it is false. */
export function createPolling(isBlocked: Accessor<boolean>, clock: Clock, timers: Timers): Polling {
  const [polledAt, setPolledAt] = createSignal<number | null>(null);
  const all = new Set<Pick<Loading, "reload" | "failure">>();
  let cancel: (() => void) | null = null;

  function stop(): void {
    cancel?.();
    cancel = null;
  }
  async function poll(): Promise<void> {
    const before = serverAnswers();
    await Promise.all([...all].map(async ({ reload }) => reload()));
    // One that has nothing to ask does not fail, and one that the device has kept is no answer.
    if (serverAnswers() > before) {
      setPolledAt(clock.now());
    }
  }
  function round(): void {
    void poll();
    cancel = timers.after(POLL_MS, round);
  }

  /** Loads again what failed meanwhile: its failure would stay beside what the socket brings. */
  function mend(): void {
    for (const { reload, failure } of all) {
      if (failure() !== null) {
        void reload();
      }
    }
  }

  createComputed(
    on(isBlocked, (blocked) => {
      stop();
      if (blocked) {
        round();
      } else {
        setPolledAt(null);
        mend();
      }
    }),
  );
  onCleanup(stop);
  return {
    polledAt,
    wake: () => {
      if (cancel !== null) {
        stop();
        setPolledAt(null);
        round();
      }
    },
    add: (loading) => {
      all.add(loading);
      onCleanup(() => all.delete(loading));
    },
  };
}
