/** The bars before a session with open signals: shares that wait below their trigger, and shares that broke out the evening before. */
import type { Row } from "../../core/bars/columns.ts";
import { assert } from "../../core/assert.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { buildBase, TEXTBOOK_BASE } from "../builders/base-builder.ts";
import { buildMarket } from "../builders/constructed-market.ts";
import { dayOf } from "../builders/signal-builder.ts";

/** A Tuesday with a session; the session that is lived follows it. */
const EVENING = dayOf("2026-09-15");
const BEFORE = dayOf("2026-09-14");
export const SESSION = dayOf("2026-09-16");

/** With the indices as many as one connection follows. */
const LEADERS = 32;
/** They rank below the leaders, and are looked at without a signal. */
const OTHERS = 140;

export interface LiveBars {
  readonly instruments: string;
  readonly indices: string;
  /** Until the evening before the last. */
  readonly past: string;
  /** Shares with a base. */
  readonly leaders: readonly string[];
  /** Shares without one. */
  readonly others: readonly string[];
  /** The rows of the last evening: those of `risers` close above their triggers, by ticker. */
  evening(risers: ReadonlyMap<string, number>): { readonly bars: string; readonly indices: string };
  /** The last closes, after `evening`. */
  closesAfter(risers: ReadonlyMap<string, number>): ReadonlyMap<string, number>;
}

const HEADER = "ticker,date,open,high,low,close,volume";

function line(key: string, { day, open, high, low, close, volume }: Row): string {
  return [key, formatTradingDay(day), open, high, low, close, volume].join(",");
}

interface LastLine {
  readonly key: string;
  readonly close: number;
  readonly volume: number;
}

/** The last line of each key of a file. */
function lastLines(csv: string): readonly LastLine[] {
  const last = new Map<string, LastLine>();
  for (const text of csv.trimEnd().split("\n").slice(1)) {
    const [key = "", , , , , close, volume] = text.split(",");
    last.set(key, { key, close: Number(close), volume: Number(volume) });
  }
  return Array.from(last.values());
}

/** The close of the last evening. */
function riseOf(last: LastLine, risers: ReadonlyMap<string, number>): number {
  const entry = risers.get(last.key);
  // A hundred won are on the grid of every price below 200,000 won.
  return entry === undefined ? last.close : Math.ceil((1.015 * entry) / 100) * 100;
}

export function makeLiveBars(): LiveBars {
  const market = buildMarket(TEXTBOOK_BASE, OTHERS, BEFORE);
  const leaders = Array.from({ length: LEADERS }, (_, n) => `8${String(n).padStart(4, "0")}0`);
  const bases = leaders.flatMap((ticker, n) =>
    buildBase({ ...TEXTBOOK_BASE, high: 20_000 + 2_500 * n, seed: 11 + n }, BEFORE).map((row) =>
      line(ticker, row),
    ),
  );
  const past = `${market.bars}${bases.join("\n")}\n`;
  const lasts = lastLines(past);
  const named = leaders.map(
    (ticker, n) => `${ticker},선도${n + 1},${n % 2 === 0 ? "KOSPI" : "KOSDAQ"},common`,
  );
  const others = lasts.flatMap(({ key }) =>
    leaders.includes(key) || key === market.leader.ticker ? [] : [key],
  );
  assert(others.length === OTHERS, "Each share has bars");
  const day = formatTradingDay(EVENING);
  return {
    instruments: `${market.instruments}${named.join("\n")}\n`,
    indices: market.indices,
    past,
    leaders: [market.leader.ticker, ...leaders],
    others,
    evening: (risers) => ({
      bars: `${[
        HEADER,
        ...lasts.map((last) => {
          const close = riseOf(last, risers);
          const [high, low] = [close + 100, Math.min(close, last.close) - 100];
          return [
            last.key,
            day,
            last.close,
            high,
            low,
            close,
            close === last.close ? last.volume : 4 * last.volume,
          ];
        }),
      ].join("\n")}\n`,
      indices: `index,date,open,high,low,close,volume\n${lastLines(market.indices)
        .map(({ key, close, volume }) => [key, day, close, close, close, close, volume].join(","))
        .join("\n")}\n`,
    }),
    closesAfter: (risers) => new Map(lasts.map((last) => [last.key, riseOf(last, risers)])),
  };
}
