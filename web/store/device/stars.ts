/** The shares that a reader has starred on this device, by ticker: the grammars of the exchanges share none (TK1). */
import { type Accessor, createSignal } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import { createKept, type Kept, parseText, type RecordPlace } from "./kept.ts";
import type { Shelf } from "./shelf.ts";

/** The tickers in their order, as every version has kept them. */
export const STARS_KEY = "vcp.stars";
/** When each was starred, apart from the tickers: a version without it reads and writes those alone. */
const STARRED_KEY = "vcp.starred";

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
  /** The last star was one too many. */
  readonly isFull: Accessor<boolean>;
  /** In their order, as the lists see them. */
  readonly kept: Kept<ReadonlySet<string>>;
  readonly times: Kept<StarTimes>;
}

/** When each was starred, as whoever wrote it: ISO 8601 of this version. */
export type StarTimes = Readonly<Record<string, unknown>>;

function read(text: string | null): { readonly value: ReadonlySet<string>; readonly isWhole: boolean } {
  const stored = text === null ? [] : parseText(text);
  const texts: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const tickers = texts.filter((one): one is string => typeof one === "string" && exchangeOf(one) !== null);
  return {
    value: new Set(tickers.slice(0, MAX_STARS)),
    isWhole: Array.isArray(stored) && tickers.length === texts.length && tickers.length <= MAX_STARS,
  };
}

/** `now`: ISO 8601. */
export function createStars(shelf: Shelf, onOther: RecordPlace["onOther"], now: () => string): Stars {
  const place = { shelf, onOther };
  const times = createKept<StarTimes>(place, {
    key: STARRED_KEY,
    // A version that knows more of it keeps that too.
    read: (text) => ({ value: Object(text === null ? {} : parseText(text)), isWhole: true }),
    encode: JSON.stringify,
  });
  const kept = createKept<ReadonlySet<string>>(place, {
    key: STARS_KEY,
    read,
    encode: (tickers) => JSON.stringify([...tickers]),
  });
  const [isFull, setFull] = createSignal(false);
  return {
    kept,
    times,
    isFull,
    all: kept.value,
    has: (ticker) => kept.value().has(ticker),
    toggle: (ticker) => {
      const before = kept.stored();
      const isOn = !before.has(ticker);
      if (setFull(isOn && before.size >= MAX_STARS)) {
        return false;
      }
      if (isOn) {
        const at = now();
        times.change((all) => ({ ...all, [ticker]: at }));
      }
      kept.change((tickers) => {
        const next = new Set(tickers);
        next[isOn ? "add" : "delete"](ticker);
        return next;
      });
      return true;
    },
  };
}
