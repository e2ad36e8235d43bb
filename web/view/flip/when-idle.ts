/** Work that may wait until the browser has nothing else to do. */

/** Milliseconds after which it is done all the same. */
const MOST_MS = 2_000;

/** The returned function takes it back. Safari has no idle callback. */
export function whenIdle(run: () => void): () => void {
  if (typeof window.requestIdleCallback === "function") {
    const handle = window.requestIdleCallback(run, { timeout: MOST_MS });
    return () => {
      window.cancelIdleCallback(handle);
    };
  }
  const timer = setTimeout(run, 200);
  return () => {
    clearTimeout(timer);
  };
}
