/** The value of the latest promise, without suspending the page while it is under way. */
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";

/** `null` before it is there, and where it has failed; `source` gives another promise for another value. */
export function createAwaited<T>(source: Accessor<Promise<T> | null>): Accessor<T | null> {
  const [value, setValue] = createSignal<T | null>(null);
  const latest = createMemo(source);
  createEffect(
    on(latest, (promise) => {
      setValue(null);
      promise?.then(
        (next) => {
          if (latest() === promise) {
            setValue(() => next);
          }
        },
        // A part of the page that cannot be fetched: the next call of the source asks again.
        () => undefined,
      );
    }),
  );
  return value;
}
