/** Which key of the map an event means, whatever the keyboard's layout: a Korean one has other letters on the same places. */

/** What is read of a `KeyboardEvent`. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "isComposing"
>;

/** Places of keys that are no letters, with and without Shift. */
const PLACES: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Slash: ["/", "?"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
};

/** The Latin key on the same place; `null` for a place without one in the map. */
function byPlace(code: string, isShifted: boolean): string | null {
  const letter = /^Key([A-Z])$/u.exec(code)?.[1];
  if (letter !== undefined) {
    return isShifted ? letter : letter.toLowerCase();
  }
  return PLACES[code]?.[isShifted ? 1 : 0] ?? null;
}

/**
 * `j`, `?`, `Space`, `Escape`; a capital letter only with Shift. A key of another script, or one that an input method keeps to
 * itself, counts by its place. `null` for what is no key of the page: with Ctrl, Alt or Meta, and while a syllable is composed.
 */
export function keyName(press: KeyPress): string | null {
  const { key } = press;
  if (press.isComposing || press.ctrlKey || press.altKey || press.metaKey) {
    return null;
  }
  if (key === " ") {
    return "Space";
  }
  if (/^[!-~]$/u.test(key)) {
    return press.shiftKey ? key : key.toLowerCase();
  }
  // A name of a key is longer than a letter of any script.
  return key.length <= 2 || key === "Process" ? byPlace(press.code, press.shiftKey) : key;
}
