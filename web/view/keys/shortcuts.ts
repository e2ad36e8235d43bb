/** Single keys that act, as long as the reader lets them (WCAG 2.1.4) and is not writing. */
import { onCleanup } from "solid-js";
import type { KeyName } from "./key-map.ts";
import { keyName } from "./key-name.ts";

/** Keys, alone or as a sequence (`g d`), and what each does; `false`: nothing, and the key stays the browser's. */
export type Keys = Readonly<Partial<Record<KeyName, () => unknown>>>;

type FirstOf<Name> = Name extends `${infer First} ${string}` ? First : never;

/** The keys that begin a sequence, wherever its second is bound: none of them is a key of its own. */
const FIRSTS: Readonly<Record<FirstOf<KeyName>, true>> = { g: true };

/** How long a first key such as `g` waits for its second. */
const SEQUENCE_MS = 1_500;

const WRITING = "input, textarea, select, [contenteditable]";
/** What the space bar presses or scrolls by itself. */
const PRESSED_BY_SPACE = "button, summary, .table-scroll";

function isOfTarget(target: EventTarget | null, name: string): boolean {
  return (
    target instanceof Element &&
    target.closest(name === "Space" ? `${WRITING}, ${PRESSED_BY_SPACE}` : WRITING) !== null
  );
}

/** Ends with its owner. A key behind the first of a sequence is no key of its own, in no part of the page. */
export function createShortcuts(keys: Keys, isOn: () => boolean): void {
  const acts = new Map<string, () => unknown>(Object.entries(keys));
  let first: { readonly name: string; readonly at: number } | null = null;

  function onKey(event: KeyboardEvent): void {
    const name = keyName(event);
    const isModal = document.querySelector("dialog[open]") !== null;
    if (name === null || !isOn() || isModal || isOfTarget(event.target, name)) {
      return;
    }
    const second =
      first !== null && event.timeStamp - first.at < SEQUENCE_MS ? `${first.name} ${name}` : name;
    first = second === name && Object.hasOwn(FIRSTS, name) ? { name, at: event.timeStamp } : null;
    const act = acts.get(second);
    if (act !== undefined && act() !== false) {
      event.preventDefault();
    }
  }
  document.addEventListener("keydown", onKey);
  onCleanup(() => {
    document.removeEventListener("keydown", onKey);
  });
}
