/** A value of the server. A reload keeps the shown value; a failure stands beside it, not in its place. */
import { type Accessor, batch, createSignal, onCleanup } from "solid-js";
import { RequestError } from "./fetch-json.ts";

/** A store of one answer. */
export interface Remote<T> {
  /** The last value that arrived; `null` before the first. */
  readonly value: Accessor<T | null>;
  /** Why the latest load failed; `null` after a success. */
  readonly failure: Accessor<RequestError | null>;
  readonly busy: Accessor<boolean>;
  /** Loads again; a load under way is dropped. Never rejects. */
  reload(): Promise<void>;
}

/** The loading of a remote value without the value: for stores that also get it live. */
export type Loading = Omit<Remote<never>, "value">;

/**
 * Starts loading at once, unless a value is there already (`isThere`). `load` must give up when its signal aborts; `take` gets
 * the value unless a later load has begun.
 */
export function createLoading<T>(
  load: (abort: AbortSignal) => Promise<T>,
  take: (value: T) => void,
  isThere = false,
): Loading {
  const [failure, setFailure] = createSignal<RequestError | null>(null);
  const [busy, setBusy] = createSignal(false);
  let current: AbortController | null = null;

  async function reload(): Promise<void> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    setBusy(true);
    try {
      const next = await load(mine.signal);
      if (current === mine) {
        batch(() => {
          setFailure(null);
          setBusy(false);
          take(next);
        });
      }
    } catch (error) {
      if (current === mine) {
        batch(() => {
          setFailure(RequestError.of(error));
          setBusy(false);
        });
      }
    }
  }

  onCleanup(() => {
    current?.abort();
    current = null;
  });
  if (!isThere) {
    void reload();
  }
  return { failure, busy, reload };
}

/** A value that only REST gives. `kept`: an answer that is still good, in place of the first load. */
export function createRemote<T>(load: (abort: AbortSignal) => Promise<T>, kept: T | null = null): Remote<T> {
  const [value, setValue] = createSignal<T | null>(kept);
  const take = (next: T): void => {
    setValue(() => next);
  };
  const loading = createLoading(load, take, kept !== null);
  return { value, ...loading };
}
