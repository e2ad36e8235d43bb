/** A small market around one constructed base: walks without a pattern to rank against, two indices, and all of it as CSV. */
import type { Row } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { type BaseShape, buildBase, LAST_DAY, TEXTBOOK_BASE, weekdaysUntil } from "./base-builder.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";

export interface ConstructedMarket {
  /** The share with the base. */
  readonly leader: { readonly ticker: string; readonly name: string; readonly rows: readonly Row[] };
  /** Files as the import routes take them, header included. */
  readonly bars: string;
  readonly instruments: string;
  readonly indices: string;
}

interface Walk {
  readonly start: number;
  readonly drift: number;
  readonly spread: number;
  readonly volume: number;
  readonly seed: number;
}

/** A geometric walk in won; `drift` and `spread` are per bar, and what it makes in all is the drift and no luck. */
function walk(shape: Walk, days: readonly TradingDay[], grid: boolean): Row[] {
  const random = makeRandom(shape.seed);
  const normal = makeNormal(makeRandom(shape.seed + 1_000));
  const drawn = days.map(() => normal());
  const luck = drawn.reduce((sum, step) => sum + step, 0) / days.length;
  const down = (price: number): number => (grid ? tickDown(price, "krx") : Math.round(price * 100) / 100);
  const up = (price: number): number => (grid ? tickUp(price, "krx") : Math.round(price * 100) / 100);
  let close = down(shape.start);
  return days.map((day, i) => {
    const open = close;
    close = down(open * Math.exp(shape.drift + shape.spread * ((drawn[i] ?? 0) - luck)));
    return {
      day,
      open,
      high: up(Math.max(open, close) * (1 + shape.spread * 0.4 * random())),
      low: down(Math.min(open, close) * (1 - shape.spread * 0.4 * random())),
      close,
      volume: Math.round(shape.volume * (0.7 + 0.6 * random())),
      value: null,
      shares: null,
      base: null,
    };
  });
}

function lines(key: string, rows: readonly Row[]): string[] {
  return rows.map((row) =>
    [key, formatTradingDay(row.day), row.open, row.high, row.low, row.close, row.volume].join(","),
  );
}

function file(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** KRX-like codes of common shares: they end in 0. */
function tickerOf(index: number): string {
  return `9${String(index).padStart(4, "0")}0`;
}

/**
 * `others` shares that fall or drift sideways, so that the leader ranks first, and two rising indices.
 * Everything ends on `last`; equal arguments give equal files.
 */
export function buildMarket(
  shape: BaseShape = TEXTBOOK_BASE,
  others = 30,
  last: TradingDay = LAST_DAY,
): ConstructedMarket {
  const rows = buildBase(shape, last);
  const days = weekdaysUntil(last, rows.length);
  const leader = { ticker: tickerOf(1), name: "구성전자", rows };
  const bars = ["ticker,date,open,high,low,close,volume", ...lines(leader.ticker, rows)];
  const instruments = ["ticker,name,market,kind", `${leader.ticker},${leader.name},KOSPI,common`];
  for (let i = 0; i < others; i++) {
    const ticker = tickerOf(i + 2);
    const drift = -0.0012 + (0.0012 * i) / others;
    const path = walk(
      { start: 20_000 + 1_000 * i, drift, spread: 0.022, volume: 250_000, seed: 100 + i },
      days,
      true,
    );
    bars.push(...lines(ticker, path));
    instruments.push(`${ticker},이웃${i + 1},${i % 2 === 0 ? "KOSPI" : "KOSDAQ"},common`);
  }
  const index = (code: IndexCode, start: number, seed: number): string[] =>
    lines(code, walk({ start, drift: 0.0006, spread: 0.008, volume: 500_000_000, seed }, days, false));
  const indices = [
    "index,date,open,high,low,close,volume",
    ...index("KOSPI", 2_500, 11),
    ...index("KOSDAQ", 800, 12),
  ];
  return { leader, bars: file(bars), instruments: file(instruments), indices: file(indices) };
}
