/** What a browser keeps for this page between visits, behind two functions that survive a storage that refuses. */

/** The part of `localStorage` that is used. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** `null` where storage throws, as in a private window: expected, the choice still holds for this visit. */
export function readShelf(shelf: Shelf, key: string): string | null {
  try {
    return shelf.getItem(key);
  } catch {
    return null;
  }
}

/** Whether it is kept: a storage that is full or forbidden refuses. */
export function writeShelf(shelf: Shelf, key: string, value: string): boolean {
  try {
    shelf.setItem(key, value);
    return true;
  } catch {
    // Expected as in `readShelf`.
    return false;
  }
}

/** The value of a text of JSON; `null` for any other text, which anybody can have put there. */
export function readJson(shelf: Shelf, key: string): unknown {
  try {
    return JSON.parse(readShelf(shelf, key) ?? "null");
  } catch {
    return null;
  }
}
