/** KW11: a record of the vendor's socket as a tick, or as the state of the market. A record that cannot be read is none. */
import { indexOfKey, type LiveKey, type Tick, type TickPhase } from "../../../app/ports/live-upstream.ts";
import { midnightOf, type TradingDay, tradingDayAt } from "../../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../../core/instrument/instrument.ts";
import { agreedChange, baseOf, krxTickerIn, parseSigned, parseSize } from "../fields.ts";
import type { RealRecord } from "./messages.ts";
import type { GroupName } from "./registrations.ts";

/** Trades of a share, an index, the state of the market and its volatility interruptions, by the vendor's name of each. */
const TYPES = { trade: "0B", index: "0J", state: "0s", interruption: "1h" } as const;

/** What is registered in each group. */
export const KINDS: Readonly<Record<GroupName, string>> = {
  "1": TYPES.trade,
  "2": TYPES.index,
  "3": TYPES.state,
  "4": TYPES.interruption,
};

const INDEX_ITEMS: Readonly<Record<IndexCode, string>> = { KOSPI: "001", KOSDAQ: "101" };

/** How a key is registered. */
export function itemOf(key: LiveKey): string {
  const code = indexOfKey(key);
  return code === null ? key : INDEX_ITEMS[code];
}

function indexNamed(item: string): IndexCode | null {
  return indexOfKey(Object.entries(INDEX_ITEMS).find(([, one]) => one === item)?.[0] ?? "");
}

/** Values of a record, by the vendor's numbers of them. */
const AT = "20";
const PRICE = "10";
const CHANGE = "11";
const SIGN = "25";
const VOLUME = "13";
const OPEN = "16";
const HIGH = "17";
const LOW = "18";
const ASK = "27";
const BID = "28";
/** 1 before the session, 2 in it, 3 after it. */
const SESSION = "290";
/** 2: Nextrade. */
const VENUE = "9081";
const MARKET_STATE = "215";
/** Of an interruption: its share, when it began, at which price, and 1 where it begins, 2 where it ends. */
const CODE = "9001";
const BEGAN_AT = "1223";
const AT_PRICE = "1221";
const KIND = "9068";

const CLOCK = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/;
/** So far a vendor's clock may be ahead of this one's. A time beyond that is of a session before. */
const AHEAD_MS = 60_000;

/** `093001` of the day of `now`, in milliseconds since the epoch; `null` for no time, and for one that has not come. */
function instantOf(text: string | undefined, now: number): number | null {
  const [, hours, minutes, seconds] = CLOCK.exec(text?.trim() ?? "") ?? [];
  const at =
    hours === undefined
      ? Number.NaN
      : midnightOf(tradingDayAt(now)) +
        (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return at <= now + AHEAD_MS ? at : null;
}

/** What a share and an index have in common; `null` where prices contradict each other, or something is no number. */
function figuresOf(
  values: RealRecord["values"],
  now: number,
): Pick<Tick, "day" | "at" | "price" | "open" | "high" | "low" | "volume" | "base"> | null {
  const number = (name: string): number | null => parseSize(values[name] ?? "");
  const at = instantOf(values[AT], now);
  const [price, open, high, low, volume] = [PRICE, OPEN, HIGH, LOW, VOLUME].map(number);
  if (at === null || !price || !open || !high || !low || volume === null || volume === undefined) {
    return null;
  }
  const isOne = low <= price && price <= high && low <= open && open <= high;
  if (!isOne || !Number.isInteger(volume)) {
    return null;
  }
  const change = agreedChange(parseSigned(values[CHANGE] ?? ""), values[SIGN]?.trim() ?? null);
  const day: TradingDay = tradingDayAt(now);
  return { day, at, price, open, high, low, volume, base: baseOf(price, change) };
}

function offerOf(text = ""): number | null {
  const price = parseSize(text);
  return price !== null && price > 0 ? price : null;
}

/** States of the market after which nothing that is traded is of the session: its end, and what the vendor runs after it. */
const OVER: ReadonlySet<string> = new Set(["8", "9", "a", "b", "c", "d"]);

function phaseOf(session: string | undefined, state: string | null): TickPhase {
  const mark = session?.trim();
  if (mark === "2") {
    return state !== null && OVER.has(state) ? "after" : "session";
  }
  return mark === "3" ? "after" : "other";
}

/** `state`: of the market, as the vendor last stated it. */
function readTrade({ item, values }: RealRecord, state: string | null, now: number): Tick | null {
  const key = krxTickerIn(item);
  const figures = figuresOf(values, now);
  if (key === null || figures === null || values[VENUE]?.trim() === "2") {
    return null;
  }
  return {
    key,
    ...figures,
    phase: phaseOf(values[SESSION], state),
    isHalted: false,
    bid: offerOf(values[BID]),
    ask: offerOf(values[ASK]),
  };
}

/** An index has no mark of the session: its time and the state of the market show whether it is of it. */
function readIndex({ item, values }: RealRecord, state: string | null, now: number): Tick | null {
  const key = indexNamed(item);
  const figures = figuresOf(values, now);
  return key === null || figures === null
    ? null
    : { key, ...figures, phase: phaseOf("2", state), isHalted: false, bid: null, ask: null };
}

/** KW28: an interruption that begins, as an indicative price: from then on orders are gathered, and nobody pays one. */
function readInterruption({ item, values }: RealRecord, now: number): Tick | null {
  const key = krxTickerIn((values[CODE] ?? item).trim());
  const at = instantOf(values[BEGAN_AT], now);
  const price = parseSize(values[AT_PRICE] ?? "");
  const volume = parseSize(values[VOLUME] ?? "");
  if (key === null || at === null || !price || values[KIND]?.trim() !== "1") {
    return null;
  }
  const prices = { price, open: price, high: price, low: price };
  const isCount = volume !== null && Number.isInteger(volume);
  const rest = { base: null, bid: null, ask: null, volume: isCount ? volume : 0 };
  return { key, day: tradingDayAt(now), at, phase: "auction", isHalted: false, ...prices, ...rest };
}

/** `now` in milliseconds since the epoch. `null`: a record of a kind that was not registered, or one that cannot be read. */
export function readTick(record: RealRecord, state: string | null, now: number): Tick | null {
  switch (record.type) {
    case TYPES.trade:
      return readTrade(record, state, now);
    case TYPES.index:
      return readIndex(record, state, now);
    case TYPES.interruption:
      return readInterruption(record, now);
    default:
      return null;
  }
}

/** The state of the market: 0 before the opening, 3 open, 2 before the close, 4 closed, 8 the session's end; `null` for no state. */
export function readMarketState({ type, values }: RealRecord): string | null {
  const state = values[MARKET_STATE]?.trim() ?? "";
  return type === TYPES.state && /^[0-9A-Za-z]$/.test(state) ? state : null;
}

/** What a record states. `isOfMarket`: it came without its share being registered, as all of its kind do. */
export type ReadRecord =
  | { readonly tick: Tick | null; readonly isOfMarket: boolean }
  | { readonly state: string };

/** As {@link readTick}. An interruption that ends is no tick, for the trade that ends it states the same. */
export function readRecord(record: RealRecord, state: string | null, now: number): ReadRecord | null {
  const next = readMarketState(record);
  if (next !== null) {
    return { state: next };
  }
  const isOfMarket = record.type === TYPES.interruption;
  const tick = readTick(record, state, now);
  const isEnd = isOfMarket && record.values[KIND]?.trim() === "2";
  return tick === null && !isEnd ? null : { tick, isOfMarket };
}
