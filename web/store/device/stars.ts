/** The shares that a reader has starred on this device, by ticker: the grammars of the exchanges share none (TK1). */
import { type Accessor, createSignal } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import { readJson, type Shelf, writeShelf } from "./shelf.ts";

/** The tickers in their order, as every version has kept them. */
const KEY = "vcp.stars";
/** When each was starred, apart from the tickers: a version without it reads and writes those alone. */
export const STARRED_KEY = "vcp.starred";

/** The built-in first list, by its id: what has a star. It has no name of its own, and is never deleted. */
export const STARRED = "starred";

/** As many as are kept. A star more is refused, and none is lost. */
export const MAX_STARS = 1_000;

export interface Stars {
  readonly all: Accessor<ReadonlySet<string>>;
  /** Reactive. */
  has(ticker: string): boolean;
  /** Whether it could: one more than {@link MAX_STARS} is refused. */
  toggle(ticker: string): boolean;
  /** As stored now, in order: another tab may have starred meanwhile. */
  stored(): ReadonlySet<string>;
  /** All of them anew, in this order. Whether the storage took them. */
  put(tickers: Iterable<string>): boolean;
}

function parse(stored: unknown): ReadonlySet<string> {
  const texts: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const tickers = texts.filter(
    (text): text is string => typeof text === "string" && exchangeOf(text) !== null,
  );
  return new Set(tickers.slice(0, MAX_STARS));
}

/** `onOther` runs what it is given when another tab has written a key, or (`null`) has cleared all, until the page ends. `now`: ISO 8601. */
export function createStars(
  shelf: Shelf,
  onOther: (run: (key: string | null) => void) => void,
  now: () => string,
): Stars {
  const [all, setAll] = createSignal(parse(readJson(shelf, KEY)));
  let isKept = true;
  onOther((key) => {
    if (key === KEY || key === null) {
      setAll(parse(readJson(shelf, KEY)));
    }
  });
  const stored = (): ReadonlySet<string> => (isKept ? parse(readJson(shelf, KEY)) : all());
  const put = (tickers: Iterable<string>): boolean => {
    const next = new Set(tickers);
    isKept = writeShelf(shelf, KEY, JSON.stringify([...next]));
    setAll(next);
    return isKept;
  };
  return {
    all,
    has: (ticker) => all().has(ticker),
    toggle: (ticker) => {
      const next = new Set(stored());
      if (!next.delete(ticker)) {
        if (next.size >= MAX_STARS) {
          return false;
        }
        next.add(ticker);
        const times = readJson(shelf, STARRED_KEY);
        writeShelf(shelf, STARRED_KEY, JSON.stringify({ ...Object(times), [ticker]: now() }));
      }
      put(next);
      return true;
    },
    stored,
    put,
  };
}
