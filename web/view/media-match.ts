/** A media query as a signal, for what CSS alone cannot change: a table becomes a list of cards, details open. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

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
