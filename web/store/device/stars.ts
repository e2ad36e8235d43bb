/** The shares that a reader has starred on this device, by ticker: the grammars of the exchanges share none (TK1). */
import { type Accessor, createSignal } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import { readJson, type Shelf, writeShelf } from "./shelf.ts";

const KEY = "vcp.stars";

/** As many as are kept. A star more is refused, and none is lost. */
export const MAX_STARS = 1_000;

export interface Stars {
  readonly all: Accessor<ReadonlySet<string>>;
  /** Reactive. */
  has(ticker: string): boolean;
  /** Whether it could: one more than {@link MAX_STARS} is refused. */
  toggle(ticker: string): boolean;
}

function parse(stored: unknown): ReadonlySet<string> {
  const texts: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const tickers = texts.filter(
    (text): text is string => typeof text === "string" && exchangeOf(text) !== null,
  );
  return new Set(tickers.slice(0, MAX_STARS));
}

/** `onOther` runs what it is given when another tab has written a key, until the page ends. */
export function createStars(shelf: Shelf, onOther: (run: (key: string | null) => void) => void): Stars {
  const [all, setAll] = createSignal(parse(readJson(shelf, KEY)));
  let isKept = true;
  onOther((key) => {
    if (key === KEY) {
      setAll(parse(readJson(shelf, KEY)));
    }
  });
  return {
    all,
    has: (ticker) => all().has(ticker),
    toggle: (ticker) => {
      // From the storage and not from this tab's memory: another tab may have starred meanwhile.
      const next = new Set(isKept ? parse(readJson(shelf, KEY)) : all());
      if (!next.delete(ticker)) {
        if (next.size >= MAX_STARS) {
          return false;
        }
        next.add(ticker);
      }
      isKept = writeShelf(shelf, KEY, JSON.stringify([...next]));
      setAll(next);
      return true;
    },
  };
}
