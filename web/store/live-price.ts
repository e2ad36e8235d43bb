/** A price as cells show it, from REST or from a tick, always with its time and its source. */
import type { PriceUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { PriceQuote } from "../../worker/protocol/rest/quote.ts";

/** Decides between REST and ticks: a late answer of REST must not set a cell back. */
export interface NewestPrices {
  tick(price: LivePrice): void;
  /** Whether a price of REST may be shown; then it is the newest. */
  admit(price: LivePrice): boolean;
  hasTicked(ticker: string): boolean;
  forget(ticker: string): void;
  clear(): void;
}

/** The newest live value of each symbol, which no older one may replace on the page. */
export function makeNewestPrices(): NewestPrices {
  const newest = new Map<string, LivePrice>();
  const ticked = new Set<string>();
  return {
    tick: (price) => {
      ticked.add(price.ticker);
      newest.set(price.ticker, price);
    },
    admit: (price) => {
      const before = newest.get(price.ticker);
      if (before !== undefined && !mayReplace(before, price)) {
        return false;
      }
      // A close stays replaceable by every later one.
      if (price.at !== null) {
        newest.set(price.ticker, price);
      }
      return true;
    },
    hasTicked: (ticker) => ticked.has(ticker),
    forget: (ticker) => {
      ticked.delete(ticker);
      newest.delete(ticker);
    },
    clear: () => {
      ticked.clear();
      newest.clear();
    },
  };
}

/** Changes are against the previous close, `change_rate` in per cent. */
export interface LivePrice extends Readonly<PriceUpdate["data"]> {
  readonly ticker: string;
  /** The instant of a live value; `null` for a stored close. */
  readonly at: string | null;
  /** The session, `2025-06-17`. */
  readonly as_of: string;
  readonly source: string;
}

/** A tick's session is the day of its own time. */
export function priceOfTick({ ticker, data, timestamp, source }: PriceUpdate): LivePrice {
  return { ...data, ticker, at: timestamp, as_of: timestamp.slice(0, "2025-06-17".length), source };
}

/** A quote of REST; one without a time is a stored close. */
export function priceOfQuote(quote: PriceQuote): LivePrice {
  const {
    ticker,
    price,
    change,
    change_rate,
    volume,
    open,
    high,
    low,
    stale,
    as_of,
    timestamp: at,
    source,
  } = quote;
  const way = {
    halted: quote.halted,
    vi: quote.vi === true,
    ...(quote.via === undefined ? {} : { via: quote.via }),
  };
  const book = { bid_price: null, ask_price: null, session: null };
  return {
    ticker,
    price,
    change,
    change_rate,
    volume,
    open,
    high,
    low,
    stale,
    ...way,
    ...book,
    at,
    as_of,
    source,
  };
}

/** Whether what REST gives may take the place of a live value: a close of its session or a later one, a live value no older. */
export function mayReplace(
  live: Pick<LivePrice, "at" | "as_of">,
  next: Pick<LivePrice, "at" | "as_of">,
): boolean {
  return live.at === null || next.at === null ? next.as_of >= live.as_of : next.at >= live.at;
}
