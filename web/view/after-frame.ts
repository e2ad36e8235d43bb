/** What a press sets going and its own frame need not wait for: the press is painted first. */

/** Milliseconds after which it is done all the same: a hidden page paints no frame. */
const MOST_MS = 100;

/** Runs once, in the task after the next frame. The returned function takes it back. */
export function afterFrame(run: () => void): () => void {
  let timer = setTimeout(() => {
    // A frame that comes late finds it done.
    cancelAnimationFrame(frame);
    run();
  }, MOST_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
