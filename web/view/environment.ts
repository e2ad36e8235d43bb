/** What a page takes from its surroundings as signals: the time, and whether a media query holds. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

/** The time now in milliseconds since the epoch, new every `everyMs`: "9 seconds ago" grows without any event. */
export function createMoment(everyMs = 1_000): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), everyMs);
  onCleanup(() => {
    clearInterval(timer);
  });
  return now;
}

/** For what CSS alone cannot change: a table becomes a list of cards, details open. */
export function createMediaMatch(query: string): Accessor<boolean> {
  const list = window.matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const update = (): void => {
    setMatches(list.matches);
  };
  list.addEventListener("change", update);
  onCleanup(() => {
    list.removeEventListener("change", update);
  });
  return matches;
}
