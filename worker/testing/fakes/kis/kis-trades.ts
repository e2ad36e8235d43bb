/** Records of the socket of KIS as the vendor writes them: fields in its order, of a width that it changes. */
import type { IndexCode } from "../../../core/instrument/instrument.ts";
import { KST_OFFSET_MS } from "../../../core/calendar/trading-day.ts";
import { signOf } from "./kis-answers.ts";

/** A trade with the session's figures so far. */
export interface FakeTrade {
  readonly ticker: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly price: number;
  readonly base: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** `0` in the session; A to D: nobody has paid the price. */
  readonly hour?: "0" | "A" | "B" | "C" | "D";
  /** 1 before, 2 regular, 3 after, 5 at the close. */
  readonly market?: "1" | "2" | "3" | "5";
  /** Of 46 fields: what stands for the class of the market. */
  readonly state?: string;
  readonly halted?: boolean;
}

/** An index in points. */
export interface FakeIndex extends Omit<FakeTrade, "ticker" | "hour" | "market" | "state" | "halted"> {
  readonly code: IndexCode;
  /** Shares above, at and below their close before; 0 of each without it. */
  readonly counts?: { readonly up: number; readonly flat: number; readonly down: number };
}

const clockOf = (at: number): string =>
  new Date(at + KST_OFFSET_MS).toISOString().slice(11, 19).replaceAll(":", "");
const dateOf = (at: number): string =>
  new Date(at + KST_OFFSET_MS).toISOString().slice(0, 10).replaceAll("-", "");

/** `width`: 46 until 2026-09-14, 47 from then on, more in a future that a client has to stand. */
export function tradeRecord(trade: FakeTrade, width: number): readonly string[] {
  const { ticker, at, price, base, open, high, low, volume, hour = "0", market = "2" } = trade;
  const state = trade.state ?? (market === "2" ? "20" : market === "3" ? "30" : "10");
  const fields = Array.from({ length: width }, () => "0");
  const set: Readonly<Record<number, string>> = {
    0: ticker,
    1: clockOf(at),
    2: String(price),
    3: signOf(price - base, base),
    4: String(price - base),
    5: ((100 * (price - base)) / base).toFixed(2),
    7: String(open),
    8: String(high),
    9: String(low),
    10: String(price),
    11: String(price),
    12: "1",
    13: String(volume),
    14: String(volume * price),
    21: "1",
    33: dateOf(at),
    34: state,
    35: trade.halted === true ? "Y" : "N",
    43: hour,
    45: "0",
    46: market,
  };
  return fields.map((field, n) => set[n] ?? field);
}

/** 30 fields. */
export function indexRecord({
  code,
  at,
  price,
  base,
  open,
  high,
  low,
  volume,
  counts,
}: FakeIndex): readonly string[] {
  const fields = Array.from({ length: 30 }, () => "0");
  const set: Readonly<Record<number, string>> = {
    0: code === "KOSPI" ? "0001" : "1001",
    1: clockOf(at),
    2: price.toFixed(2),
    3: price > base ? "2" : price < base ? "5" : "3",
    4: (price - base).toFixed(2),
    5: String(volume),
    10: open.toFixed(2),
    11: high.toFixed(2),
    12: low.toFixed(2),
    ...(counts && { 23: String(counts.up), 24: String(counts.flat), 25: String(counts.down) }),
  };
  return fields.map((field, n) => set[n] ?? field);
}

/** `0|H0STCNT0|003|f0^f1^...`. */
export function frameOf(kind: string, records: readonly (readonly string[])[], encrypted = false): string {
  return [
    encrypted ? "1" : "0",
    kind,
    String(records.length).padStart(3, "0"),
    records.flat().join("^"),
  ].join("|");
}
