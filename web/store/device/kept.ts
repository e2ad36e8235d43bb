/**
 * One text of the storage as a value: changed on what is stored now, because another tab may have written since. A change that
 * the storage refuses holds for the visit, on top of what other tabs write, and is written with the next one that is taken.
 */
import { type Accessor, createSignal } from "solid-js";
import { setAside } from "./set-aside.ts";
import { readShelf, type Shelf, writeShelf } from "./shelf.ts";

export interface Kept<T> {
  /** Reactive; follows other tabs. */
  readonly value: Accessor<T>;
  /** As stored this moment, with what the storage has refused on top. */
  readonly stored: () => T;
  /**
   * Whether all is stored. `next` may be called again on another value, and gives back what needs no change. What is not
   * stored before `isDue` is only held.
   */
  readonly change: (next: (now: T) => T, isDue?: () => boolean) => boolean;
  /** Writes what is held, where that is due. */
  readonly retry: () => void;
  /** `false` while something is held: what is shown lasts for the visit. */
  readonly isKept: Accessor<boolean>;
  /** Under the key stood a text that this version cannot read whole; a copy is kept. */
  readonly isAside: Accessor<boolean>;
}

/** Where texts are, and how changes of them are noticed. */
export interface RecordPlace {
  readonly shelf: Shelf;
  /** Runs what it is given when another tab has written a key, or (`null`) has cleared all, until the page ends. */
  readonly onOther: (run: (key: string | null) => void) => void;
}

export interface KeptOptions<T> {
  readonly key: string;
  /** `null` without a text. `isWhole`: nothing of the text was passed over. */
  readonly read: (text: string | null) => { readonly value: T; readonly isWhole: boolean };
  readonly encode: (value: T) => string;
}

/** Of a text of JSON; `undefined` for any other, which anybody can have put there. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Expected: the reader of the record sets it aside.
    return undefined;
  }
}

/** What is stored now; what was read before where the storage has come to refuse that. */
function readAgain(shelf: Shelf, key: string, before: string | null): string | null {
  try {
    return shelf.getItem(key);
  } catch {
    // Expected as in `readShelf`.
    return before;
  }
}

/** Reads texts of a record, and sets aside those that cannot be read whole. */
function createReading<T>(
  shelf: Shelf,
  { key, read }: KeptOptions<T>,
): {
  readonly parse: (text: string | null) => T;
  readonly isAside: Accessor<boolean>;
  /** What was read last can neither be read whole nor copied: nothing is written over it. */
  readonly isBlocked: () => boolean;
} {
  const [isAside, setIsAside] = createSignal(false);
  let isBlocked = false;
  return {
    isAside,
    isBlocked: () => isBlocked,
    parse: (text) => {
      const { value, isWhole } = read(text || null);
      isBlocked = !isWhole && !setAside(shelf, key, text ?? "");
      if (!isWhole) {
        setIsAside(!isBlocked);
      }
      return value;
    },
  };
}

export function createKept<T>({ shelf, onOther }: RecordPlace, options: KeptOptions<T>): Kept<T> {
  const { key, encode } = options;
  const { parse, isAside, isBlocked } = createReading(shelf, options);
  const [isKept, setKept] = createSignal(true);
  let held: readonly { readonly next: (now: T) => T; readonly isDue: () => boolean }[] = [];
  let text = readShelf(shelf, key);
  let now = parse(text);
  const [value, setValue] = createSignal<T>(now);
  function stored(): T {
    const found = readAgain(shelf, key, text);
    if (found !== text) {
      text = found;
      now = held.reduce((before, { next }) => next(before), parse(found));
    }
    return now;
  }
  function update(): void {
    stored();
    if (held.length > 0 && !isBlocked() && held.every(({ isDue }) => isDue())) {
      const next = encode(now);
      if (writeShelf(shelf, key, next)) {
        text = next;
        held = [];
      }
    }
    setKept(held.length === 0);
    setValue(() => now);
  }
  onOther((changed) => {
    if (changed === key || changed === null) {
      update();
    }
  });
  return {
    value,
    stored,
    isKept,
    isAside,
    retry: update,
    change: (next, isDue = () => true) => {
      const before = stored();
      now = next(before);
      if (now !== before) {
        held = [...held, { next, isDue }];
      }
      update();
      return held.length === 0;
    },
  };
}
