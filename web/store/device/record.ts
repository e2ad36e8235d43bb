/** One versioned record of what a device keeps: read by a schema, changed on what is stored now, and set aside when it cannot be read. */
import { type Accessor, createSignal } from "solid-js";
import * as v from "valibot";
import { readShelf, type Shelf, writeShelf } from "./shelf.ts";

export interface DeviceRecord<T> {
  /** Reactive; follows other tabs. */
  readonly value: Accessor<T>;
  /** Applies a change to what is stored now: another tab may have written since. */
  change(next: (now: T) => T): void;
  /** `false` once the storage has refused: what is shown lasts for the visit. */
  readonly isKept: Accessor<boolean>;
  /** Under the key stands a text that this version cannot read; a copy is kept under `<key>.aside`. */
  readonly isAside: Accessor<boolean>;
}

/** Where records are, and who is told of changes. */
export interface RecordPlace {
  readonly shelf: Shelf;
  /** Runs what it is given when another tab has written a key, until the page ends. */
  readonly onOther: (run: (key: string | null) => void) => void;
}

export interface RecordOptions<T> {
  readonly key: string;
  readonly empty: T;
  /** From the parsed JSON, with its version. */
  readonly schema: v.GenericSchema<unknown, T>;
  /** What is stored of a value. */
  readonly encode: (value: T) => object;
}

/** `undefined` for a text that the schema does not take; `null` for no text. */
function parse<T>(text: string | null, schema: v.GenericSchema<unknown, T>): T | null | undefined {
  if (text === null) {
    return null;
  }
  const found = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return found.success ? found.output : undefined;
}

export function createRecord<T>(
  { shelf, onOther }: RecordPlace,
  { key, empty, schema, encode }: RecordOptions<T>,
): DeviceRecord<T> {
  const [isKept, setKept] = createSignal(true);
  const [isAside, setAside] = createSignal(false);
  /** What stands there can neither be read nor copied: nothing is written over it. */
  let isBlocked = false;
  const load = (): T => {
    const text = readShelf(shelf, key);
    const found = parse(text, schema);
    isBlocked = false;
    if (found === undefined && text !== null) {
      // Before anything is written over it.
      isBlocked = !writeShelf(shelf, `${key}.aside`, text);
      setAside(!isBlocked);
    }
    return found ?? empty;
  };
  const [value, setValue] = createSignal<T>(load());
  onOther((changed) => {
    if (changed === key || changed === null) {
      setValue(() => load());
    }
  });
  return {
    value,
    isKept,
    isAside,
    change: (next) => {
      const now = isKept() ? load() : value();
      const changed = next(now);
      if (changed !== now) {
        setKept(!isBlocked && writeShelf(shelf, key, JSON.stringify(encode(changed))));
        setValue(() => changed);
      }
    },
  };
}
