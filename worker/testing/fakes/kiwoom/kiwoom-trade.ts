/** A trade as a test states it, and the figures by which the vendor's socket and its other answers name one. */
import type { IndexCode } from "../../../core/instrument/instrument.ts";
import { clockOf, signedChange, signedPrice, signOf } from "./kiwoom-answers.ts";

/** A trade with the session's figures so far; an index in points. */
export interface KiwoomTrade {
  readonly ticker: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly price: number;
  readonly base: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** 1 before the session, 2 in it, 3 after it. */
  readonly session?: "1" | "2" | "3";
  readonly venue?: "1" | "2";
}

export type KiwoomIndex = Omit<KiwoomTrade, "ticker" | "session" | "venue"> & { readonly code: IndexCode };

/** With the sign of the day before each price; `digits` behind the point. */
export function figuresOf(trade: KiwoomTrade, digits: number): Readonly<Record<string, string>> {
  const { at, price, base, open, high, low, volume } = trade;
  const change = Number((price - base).toFixed(digits));
  const signed = (one: number): string => signedPrice(Number(one.toFixed(digits)), one - base);
  return {
    "20": clockOf(at),
    "10": signed(price),
    "11": signedChange(change),
    "12": ((100 * change) / base).toFixed(2),
    "15": "+1",
    "13": String(volume),
    "14": String(Math.floor((volume * price) / 1_000_000)),
    "16": signed(open),
    "17": signed(high),
    "18": signed(low),
    "25": signOf(change, base),
    "26": "0",
  };
}
