/** What a page takes from its surroundings as a signal: whether a media query holds. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Where a table of ten columns has room. On a narrower screen it is a list of cards. */
export const WIDE_TABLE = "(min-width: 1040px)";

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
