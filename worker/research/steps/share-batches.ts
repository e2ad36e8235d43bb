/** Shares of a step in batches, so that neither the bars in memory nor the time between two moments grow with the market. */
import type { Listing } from "../../core/scan/scan.ts";
import { withoutNotice } from "../walk-forward.ts";
import type { SteppedMarket } from "./study-store.ts";

/** Rows of bars that are in memory at once, of 80 bytes each. */
const BATCH_ROWS = 60_000;

type Grained = Pick<SteppedMarket, "grain" | "sessions">;

/** How many shares have so many rows at most, or a part of them by the grain; one at least. */
export function sharesOf(rows: number, { grain = 1, sessions }: Grained): number {
  return Math.max(1, Math.floor(rows / grain / Math.max(1, sessions.length)));
}

interface Pace {
  readonly from: number;
  readonly to: number;
  /** Rows after which a moment is over. */
  readonly rows: number;
}

/** Shows each share with its place; a moment is over after so many rows. */
export function* eachShare(
  x: Grained & Pick<SteppedMarket, "listings">,
  { from, to, rows }: Pace,
  show: (listing: Listing, share: number) => void,
): Generator<void> {
  const [batch, moment] = [sharesOf(BATCH_ROWS, x), sharesOf(rows, x)];
  for (let first = from; first < to; first += batch) {
    for (const [i, listing] of [...x.listings(first, Math.min(to, first + batch))].entries()) {
      show(withoutNotice(listing), first + i);
      if ((first + i + 1) % moment === 0) {
        yield;
      }
    }
  }
}
