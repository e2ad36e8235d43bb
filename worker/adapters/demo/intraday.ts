/** A share or an index at a moment of its session: what a tick of the demo shows. */
import { type PriceGrid, tickAt, tickDown } from "../../core/bars/tick-size.ts";
import { KNOTS, type SessionPath } from "./session-path.ts";

/** A share inside a session, in won. */
export interface Quote {
  readonly price: number;
  /** Traded since the session began. */
  readonly volume: number;
  readonly open: number;
  /** Highest and lowest price shown so far. */
  readonly high: number;
  readonly low: number;
  /** `null` where there is no order book: an index, the ask at the upper limit, the bid at the lower. */
  readonly bid: number | null;
  readonly ask: number | null;
}

/** The entry of the path that holds at `fraction` of the session; `fraction` outside [0, 1] counts as its end. */
function knotAt(path: SessionPath, fraction: number): number {
  return fraction >= 1 ? KNOTS : Math.max(0, Math.min(KNOTS - 1, Math.floor(fraction * KNOTS + path.phase)));
}

/** At 0 the price is the open, at 1 everything is the session's row; in between it changes at knots only. */
export function quoteAt(path: SessionPath, fraction: number): Quote {
  const knot = knotAt(path, fraction);
  const price = path.price[knot]!;
  const book =
    path.limits === null ? { bid: null, ask: null } : bookAt(path.limits, price, path.grid, knot % 2 === 0);
  const soFar = { volume: path.volume[knot]!, high: path.high[knot]!, low: path.low[knot]! };
  return { price, open: path.price[0]!, ...soFar, ...book };
}

/** The last trade met either the best bid or the best ask; the other lies a tick away. */
function bookAt(
  limits: { readonly upper: number; readonly lower: number },
  price: number,
  grid: PriceGrid,
  bought: boolean,
): Pick<Quote, "bid" | "ask"> {
  const under = tickDown(price - 0.5, grid);
  const over = price + tickAt(price, grid);
  // At the upper limit nobody sells, at the lower nobody buys.
  if (price >= limits.upper) {
    return { bid: price, ask: null };
  }
  if (price <= limits.lower) {
    return { bid: null, ask: price };
  }
  return bought ? { bid: under >= limits.lower ? under : null, ask: price } : { bid: price, ask: over };
}
