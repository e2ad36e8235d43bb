/** A key that is followed once what belongs to it has come. */
import { type Accessor, createComputed, createSignal, on, onCleanup, untrack } from "solid-js";

/** After that the place of what is coming is shown instead. */
const MOST_MS = 400;

/** `ask`: `null` where nothing has to be waited for; ends early when its signal aborts, and never rejects. */
export function createHeldKey(
  key: Accessor<string | null>,
  ask: (key: string, abort: AbortSignal) => Promise<unknown> | null,
): Accessor<string | null> {
  const [shown, setShown] = createSignal(untrack(key));
  createComputed(
    on(
      key,
      (next) => {
        const abort = new AbortController();
        const coming = next === null || untrack(shown) === null ? null : ask(next, abort.signal);
        if (coming === null) {
          setShown(next);
          return;
        }
        const show = (): void => {
          if (!abort.signal.aborted) {
            setShown(next);
          }
        };
        const timer = setTimeout(show, MOST_MS);
        void coming.then(show);
        onCleanup(() => {
          clearTimeout(timer);
          abort.abort();
        });
      },
      { defer: true },
    ),
  );
  return shown;
}
