/** The prices of one company of the simulated exchange, session by session, on the price grid and within the daily limit. */
import { TWO_CLOSES_SINCE } from "../../../core/bars/origin.ts";
import { tickAbove, tickAt, tickDown, tickUp } from "../../../core/bars/tick-size.ts";
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import { makeNormal, makeRandom } from "../../chance/random.ts";
import { type CompanyEvent, isHalted, isListed } from "./company-events.ts";
import type { Company } from "./listing.ts";

/** In won and shares; 32 bits hold every price and volume of a session, and a market of years fits in memory. */
const FIELDS = [
  "base",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "lastClose",
  "lastHigh",
  "lastLow",
  "afterVolume",
] as const;

/**
 * One number a session in each. `close`: of the auction at 15:30. `last...`: after the after-market, equal to the regular ones
 * before 2026-09-14. A halted session has its close alone, a session without a row only zeros.
 */
export type Walk = Readonly<Record<(typeof FIELDS)[number], Uint32Array>>;

const LIMIT = 0.3;
/** Below this a price would sink to nothing within a long walk. */
const LOWEST = 300;

interface Chance {
  readonly uniform: () => number;
  readonly normal: () => number;
}

/** The base price of a session, from the close before and what happened. */
function baseOf(before: number, events: readonly CompanyEvent[], session: number): number {
  return events.reduce((base, event) => {
    if (event.at !== session) {
      return base;
    }
    switch (event.kind) {
      case "split": {
        return tickUp((base / event.shares) * event.auction, "krx");
      }
      case "bonus": {
        return tickUp(base / 2, "krx");
      }
      case "ex_rights": {
        return tickUp(base * event.factor, "krx");
      }
      case "listing": {
        return event.offer;
      }
      case "halt":
      case "delisting":
      case "rename":
      case "recode":
      case "notice": {
        return base;
      }
    }
  }, before);
}

/** A price within the limit of the day, on the grid. */
function within(price: number, base: number): number {
  const [low, high] = [tickUp(base * (1 - LIMIT), "krx"), tickDown(base * (1 + LIMIT), "krx")];
  return Math.min(high, Math.max(low, tickDown(price, "krx")));
}

function trade(walk: Walk, k: number, base: number, first: boolean, { uniform, normal }: Chance): void {
  const drift = base < LOWEST ? 0.03 : 0.0002;
  const change = first ? 0.9 + 0.4 * uniform() : drift + 0.022 * normal();
  const close = first ? tickDown(base * (1 + change), "krx") : within(base * (1 + change), base);
  const open = first
    ? tickDown(base * 1.6, "krx")
    : within(base * (1 + 0.3 * change + 0.006 * normal()), base);
  const [top, bottom] = [Math.max(open, close), Math.min(open, close)];
  const spread = 0.001 + 0.012 * uniform();
  walk.base[k] = base;
  walk.open[k] = open;
  walk.close[k] = close;
  walk.high[k] = first ? tickUp(top * 1.05, "krx") : Math.max(top, within(top * (1 + spread), base));
  walk.low[k] = first
    ? tickDown(bottom * 0.97, "krx")
    : Math.min(bottom, within(bottom * (1 - spread), base));
  walk.volume[k] = Math.round(40_000 * Math.exp(1.1 * normal()) * (1 + 20 * Math.abs(change))) + 1;
}

/** Every share that traded leaves its close by a tick at least, so that a source of the wrong kind never goes unnoticed. */
function tradeAfter(walk: Walk, k: number, drift: number, { uniform, normal }: Chance): void {
  const [close = 0, base = 0, high = 0, low = 0] = [walk.close[k], walk.base[k], walk.high[k], walk.low[k]];
  const moved = within(close * (1 + drift * normal()), Math.max(base, close / (1 + LIMIT)));
  const away = close < high ? tickAbove(close, "krx") : tickDown(close - tickAt(close - 1, "krx"), "krx");
  const last = moved === close ? away : moved;
  walk.lastClose[k] = last;
  walk.lastHigh[k] = Math.max(high, last);
  walk.lastLow[k] = Math.min(low, last);
  walk.afterVolume[k] = Math.round((walk.volume[k] ?? 0) * (0.02 + 0.1 * uniform())) + 1;
}

/** `drift`: standard deviation of the last price over the close. Equal arguments give equal walks. */
export function walkCompany(
  company: Company,
  events: readonly CompanyEvent[],
  sessions: readonly TradingDay[],
  { seed, drift }: { readonly seed: number; readonly drift: number },
): Walk {
  const uniform = makeRandom(seed * 7_919 + company.index);
  const chance: Chance = { uniform, normal: makeNormal(uniform) };
  const column = (): Uint32Array => new Uint32Array(sessions.length);
  const walk: Walk = {
    base: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    lastClose: column(),
    lastHigh: column(),
    lastLow: column(),
    afterVolume: column(),
  };
  let close: number = tickDown(company.price, "krx");
  for (const [k, day] of sessions.entries()) {
    if (!isListed(events, k)) {
      continue;
    }
    const base = baseOf(close, events, k);
    if (company.isSuspended || isHalted(events, k)) {
      walk.base[k] = base;
      walk.close[k] = base;
      walk.lastClose[k] = base;
      // What happens during a halt moves the price that is carried.
      close = base;
      continue;
    }
    const first = events.some((event) => event.kind === "listing" && event.at === k);
    trade(walk, k, base, first, chance);
    close = walk.close[k] ?? close;
    walk.lastClose[k] = close;
    walk.lastHigh[k] = walk.high[k] ?? 0;
    walk.lastLow[k] = walk.low[k] ?? 0;
    if (day >= TWO_CLOSES_SINCE) {
      tradeAfter(walk, k, drift, chance);
    }
  }
  return walk;
}
