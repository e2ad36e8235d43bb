/** The time now, looked at again and again: "9 seconds ago" grows without any event. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Milliseconds since the epoch, new every `everyMs`. */
export function createMoment(everyMs = 1_000): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), everyMs);
  onCleanup(() => {
    clearInterval(timer);
  });
  return now;
}
