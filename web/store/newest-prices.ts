/** The newest live value of each symbol: nothing that is older takes its place on the page. */
import { type LivePrice, mayReplace } from "./live-price.ts";

export interface NewestPrices {
  tick(price: LivePrice): void;
  /** Whether what REST gives may be shown; it is then the newest. */
  admit(price: LivePrice): boolean;
  hasTicked(ticker: string): boolean;
  forget(ticker: string): void;
  clear(): void;
}

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
