/** The value of the latest promise, without suspending the page while it is under way. */
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";

export interface Awaited<T> {
  /** `null` before it is there, and where it has failed. */
  readonly value: Accessor<T | null>;
  /** A part of the page could not be fetched. */
  readonly hasFailed: Accessor<boolean>;
  /** Asks the source again. */
  readonly retry: () => void;
}

/** `source` gives another promise for another value. */
export function createAwaited<T>(source: Accessor<Promise<T> | null>): Awaited<T> {
  const [value, setValue] = createSignal<T | null>(null);
  const [hasFailed, setFailed] = createSignal(false);
  const [turn, setTurn] = createSignal(0);
  const latest = createMemo(() => {
    turn();
    return source();
  });
  createEffect(
    on(latest, (promise) => {
      setValue(null);
      setFailed(false);
      promise?.then(
        (next) => {
          if (latest() === promise) {
            setValue(() => next);
          }
        },
        () => {
          // Expected offline, and after another version was deployed; the page shows it.
          setFailed(latest() === promise);
        },
      );
    }),
  );
  return { value, hasFailed, retry: () => setTurn((count) => count + 1) };
}
