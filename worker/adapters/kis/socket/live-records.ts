/** KS2: a record of the vendor's socket as a tick with the phase that its codes state. A record that cannot be read is none. */
import { indexOfKey, type ShareCounts, type Tick, type TickPhase } from "../../../app/ports/live-upstream.ts";
import { midnightOf, parseTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { IndexCode } from "../../../core/instrument/instrument.ts";
import { parseAmount } from "../../upstream/vendor-fields.ts";

/** Trades of a share, and an index, by the vendor's name of each. */
export const TRADES = "H0STCNT0";
export const INDICES = "H0UPCNT0";

/** The documented width before the vendor added the market's class as the last field (2026-09-14); a wider record has more behind it. */
const NARROWEST_TRADE = 46;
/** With everything that is read of an index; documents and samples differ in what follows. */
const NARROWEST_INDEX = 13;

const INDEX_KEYS: Readonly<Record<IndexCode, string>> = { KOSPI: "0001", KOSDAQ: "1001" };

/** How a key is registered. */
export function topicOf(key: string): { readonly trId: string; readonly trKey: string } {
  const code = indexOfKey(key);
  return code === null ? { trId: TRADES, trKey: key } : { trId: INDICES, trKey: INDEX_KEYS[code] };
}

function indexNamed(text: string | undefined): IndexCode | null {
  return indexOfKey(Object.entries(INDEX_KEYS).find(([, key]) => key === text)?.[0] ?? "");
}

const CLOCK = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/;

/** `093001` of a day, in milliseconds since the epoch; `null` for no time. */
function instantOf(day: TradingDay, text = ""): number | null {
  const [, hours, minutes, seconds] = CLOCK.exec(text) ?? [];
  return hours === undefined
    ? null
    : midnightOf(day) + (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/** Which signs of a change a code of the vendor allows: 1 limit up, 2 up, 3 flat, 4 limit down, 5 down. */
const SIGNS: Readonly<Record<string, number>> = { "1": 1, "2": 1, "3": 0, "4": -1, "5": -1 };

/** The price less its change. The number carries the sign, the code repeats it: where they differ there is none. */
function baseOf(price: number, code: string | undefined, text: string | undefined): number | null {
  const change = parseAmount(text ?? "");
  const base = change === null ? null : Math.round((price - change) * 100) / 100;
  return base === null || base <= 0 || Math.sign(change ?? 0) !== SIGNS[code ?? ""] ? null : base;
}

/** Prices of the session so far hold the last one; `null` where they do not, or one of them is no price. */
function pricesOf(
  texts: readonly (string | undefined)[],
): readonly [price: number, open: number, high: number, low: number] | null {
  const [price = null, open = null, high = null, low = null] = texts.map((text) => parseAmount(text ?? ""));
  if (price === null || open === null || high === null || low === null) {
    return null;
  }
  const isOne = low > 0 && low <= price && price <= high && low <= open && open <= high;
  return isOne ? [price, open, high, low] : null;
}

function volumeOf(text: string | undefined): number | null {
  const volume = parseAmount(text ?? "");
  return volume !== null && volume >= 0 && Number.isInteger(volume) ? volume : null;
}

function offerOf(text: string | undefined): number | null {
  const price = parseAmount(text ?? "");
  return price !== null && price > 0 ? price : null;
}

/**
 * `hour`: 0 in the session, A to D while a price is indicative. `market`: 1 before, 2 regular, 3 after, 5 at the close; a record of 46
 * fields has none, and `state` counts: 2 in the session, then 0 normal or 1 closing, where 2 is a block and 3 a basket.
 */
function phaseOf(hour: string | undefined, market: string | undefined, state: string | undefined): TickPhase {
  if (hour !== "0") {
    return hour !== undefined && /^[A-D]$/.test(hour) ? "auction" : "other";
  }
  if (market === undefined) {
    return state === "20" || state === "21" ? "session" : "other";
  }
  return market === "2" ? "session" : market === "3" ? "after" : "other";
}

/** A trade of a share; `null` when it cannot be read. */
export function readTrade(record: readonly string[]): Tick | null {
  const ticker = parseTicker("KRX", record[0] ?? "");
  const day = parseTradingDay(record[33] ?? "");
  const at = day === null ? null : instantOf(day, record[1]);
  const prices = pricesOf([record[2], record[7], record[8], record[9]]);
  const volume = volumeOf(record[13]);
  const isWide = record.length >= NARROWEST_TRADE;
  if (!isWide || ticker === null || day === null || at === null || prices === null || volume === null) {
    return null;
  }
  const [price, open, high, low] = prices;
  return {
    key: ticker,
    day,
    at,
    phase: phaseOf(record[43], record[46], record[34]),
    isHalted: record[35] === "Y",
    price,
    open,
    high,
    low,
    volume,
    base: baseOf(price, record[3], record[4]),
    bid: offerOf(record[11]),
    ask: offerOf(record[10]),
  };
}

/**
 * Behind the prices of an index: shares at their upper limit, up, flat, down, at their lower limit. Whether those at a limit count among
 * the others too is not documented; they are too few to matter. `undefined` where a record is too short, or its counts are none.
 */
function countsOf(record: readonly string[]): ShareCounts | undefined {
  const [up = null, flat = null, down = null] = record.slice(23, 26).map((text) => volumeOf(text));
  return up === null || flat === null || down === null ? undefined : { up, flat, down };
}

/** An index. Its record has no date, so it is of the day on which it arrived, and no phase: its time shows whether it is of the session. */
export function readIndex(record: readonly string[], today: TradingDay): Tick | null {
  const key = indexNamed(record[0]);
  const at = instantOf(today, record[1]);
  const prices = pricesOf([record[2], record[10], record[11], record[12]]);
  const volume = volumeOf(record[5]);
  const isWide = record.length >= NARROWEST_INDEX;
  if (!isWide || key === null || at === null || prices === null || volume === null) {
    return null;
  }
  const [price, open, high, low] = prices;
  const counts = countsOf(record);
  return {
    key,
    day: today,
    at,
    phase: "session",
    isHalted: false,
    price,
    open,
    high,
    low,
    volume,
    base: baseOf(price, record[3], record[4]),
    bid: null,
    ask: null,
    ...(counts === undefined ? {} : { counts }),
  };
}
