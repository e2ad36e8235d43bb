/** The shares of a step one at a time, so that neither the bars in memory nor the time between two moments grow with the market. */
import type { Listing } from "../../core/scan/scan.ts";
import { withoutNotice } from "../walk-forward.ts";
import type { SteppedMarket } from "./study-store.ts";

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
  const moment = sharesOf(rows, x);
  let share = from;
  // Not held in a list: what a share needs can be given back before the next one is read.
  for (const listing of x.listings(from, to)) {
    show(withoutNotice(listing), share);
    share += 1;
    if (share % moment === 0) {
      yield;
    }
  }
}
