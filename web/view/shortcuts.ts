/** Single keys that act, as long as the reader lets them (WCAG 2.1.4) and is not writing. */
import { onCleanup } from "solid-js";

/** Keys, alone or as a sequence (`g d`), and what each does. */
export type Keys = Readonly<Record<string, () => void>>;

/** How long a first key such as `g` waits for its second. */
const SEQUENCE_MS = 1_500;

const WRITING = "input, textarea, select, [contenteditable]";

/** `keys`: `p`, or two in a row as `g d`. Keys with Ctrl, Alt or Meta are the browser's. Ends with its owner. */
export function createShortcuts(keys: Keys, isOn: () => boolean): void {
  const firsts = new Set(Object.keys(keys).flatMap((key) => (key.includes(" ") ? key.split(" ")[0] : [])));
  let first: { readonly key: string; readonly at: number } | null = null;

  function onKey(event: KeyboardEvent): void {
    const { target } = event;
    const isWriting = target instanceof Element && target.closest(WRITING) !== null;
    const isModal = document.querySelector("dialog[open]") !== null;
    if (!isOn() || isWriting || isModal || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const isSecond = first !== null && event.timeStamp - first.at < SEQUENCE_MS;
    const name = isSecond && first !== null ? `${first.key} ${event.key}` : event.key;
    first = !isSecond && firsts.has(event.key) ? { key: event.key, at: event.timeStamp } : null;
    const act = keys[name];
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  }
  document.addEventListener("keydown", onKey);
  onCleanup(() => {
    document.removeEventListener("keydown", onKey);
  });
}
