/** What belongs to one signal, inside parts that stay while the reader goes from signal to signal. */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js";
import { afterFrame } from "../after-frame.ts";
import type { Remote } from "../../store/remote.ts";

/** What `make` makes for the present key; with another key it ends as with its owner. */
export function createPerKey<T>(key: Accessor<string>, make: (key: string) => T): Accessor<T> {
  const present = createMemo(key);
  return createMemo(() => {
    const made = present();
    return untrack(() => make(made));
  });
}

/** The value of the present key as one that stays. */
export function createRemotePerKey<T>(key: Accessor<string>, make: (key: string) => Remote<T>): Remote<T> {
  const at = createPerKey(key, make);
  return {
    value: () => at().value(),
    failure: () => at().failure(),
    busy: () => at().busy(),
    reload: async () => at().reload(),
  };
}

/**
 * Follows `key` after the frame that its change is drawn in: what may stand a frame later does not hold up that frame. Keys that
 * pass sooner are left out; `null` before the first.
 */
export function createLater(key: Accessor<string>): Accessor<string | null> {
  const present = createMemo(key);
  const [later, setLater] = createSignal<string | null>(null);
  createEffect(
    on(present, (next) => {
      onCleanup(afterFrame(() => setLater(next)));
    }),
  );
  return later;
}
