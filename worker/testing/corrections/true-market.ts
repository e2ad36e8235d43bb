/** A small market whose shares come to their bases on different days: the rows as they truly are, session by session. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { type BaseShape, buildBase, LAST_DAY, TEXTBOOK_BASE } from "../builders/base-builder.ts";
import { makeRandom } from "../chance/random.ts";
import type { DayOfRows } from "./changing-market.ts";

export interface TrueMarket {
  /** Rows of the days up to {@link LAST_DAY}, before the first scan. */
  readonly history: readonly DayOfRows[];
  /** Rows of the sessions after it. Every second day is none, so that a wrong day fits between any two. */
  readonly sessions: readonly { readonly day: TradingDay; readonly rows: DayOfRows }[];
}

/** As short as the detector takes it, because every scan of every random life reads it. */
const SHAPE: BaseShape = { ...TEXTBOOK_BASE, quiet: 4, advance: 90, gain: 0.5 };

const LEADERS = ["900010", "900020", "900030"] as const;
/** Weak shares, which give the leaders their rank. */
const OTHERS = ["900040", "900050"] as const;

/** Its close and its volume are moved by chance; the high and the low follow. */
function next(row: Row, day: TradingDay, random: () => number): Row {
  const step = [-0.09, -0.05, -0.02, -0.01, 0, 0.01, 0.02, 0.03, 0.05, 0.08][Math.floor(random() * 10)] ?? 0;
  const close = tickDown(row.close * (1 + step), "krx");
  const spread = 0.004 + 0.02 * random();
  const volume = Math.round(row.volume * (random() < 0.3 ? 3 : 0.6 + 0.6 * random()));
  return {
    ...row,
    day,
    open: row.close,
    high: tickUp(Math.max(row.close, close) * (1 + spread), "krx"),
    low: tickDown(Math.min(row.close, close) * (1 - spread), "krx"),
    close,
    volume: Math.max(10_000, Math.min(2_000_000, volume)),
  };
}

function walk(start: number, drift: number, days: readonly TradingDay[], random: () => number): Row[] {
  let close = start;
  return days.map((day) => {
    const open = close;
    close = Math.round(close * (1 + drift + 0.01 * (random() - 0.5)));
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    return { day, open, high, low, close, volume: 250_000, value: null, shares: null, base: null };
  });
}

/** `seed` decides the sessions and where each leader stands in its base when they begin. Equal seeds give equal markets. */
export function buildTrueMarket(seed: number, sessions: number): TrueMarket {
  const random = makeRandom(seed);
  const days = Array.from({ length: sessions }, (_, i) => tradingDayOf(LAST_DAY + 3 + 2 * i));
  const series = new Map<string, Row[]>();
  LEADERS.forEach((ticker, i) => {
    // The later the base ends, the later its signal is born.
    const late = i === 0 ? 0 : Math.floor(random() * 3);
    const base = buildBase({ ...SHAPE, seed: 7 + i, high: 60_000 - 7_000 * i });
    const known = base.slice(0, base.length - late);
    const rows = onDays(known, LAST_DAY);
    const rest = base.slice(base.length - late);
    for (const [k, day] of days.entries()) {
      const last = rows.at(-1);
      assert(last, `${ticker} has rows`);
      const built = rest[k];
      rows.push(built === undefined ? next(last, day, random) : { ...built, day });
    }
    series.set(ticker, rows);
  });
  const first = series.get(LEADERS[0]) ?? [];
  const all = first.map(({ day }) => day);
  OTHERS.forEach((ticker, i) => series.set(ticker, walk(30_000 + 5_000 * i, -0.0012, all, random)));
  series.set("KOSPI", walk(250_000, 0.0006, all, random));
  series.set("KOSDAQ", walk(80_000, 0.0004, all, random));
  const byDay = Map.groupBy(
    [...series].flatMap(([key, rows]) => rows.map((row) => ({ key, row }))),
    ({ row }) => row.day,
  );
  const rowsOf = (day: TradingDay): DayOfRows =>
    new Map((byDay.get(day) ?? []).map(({ key, row }) => [key, row]));
  const before = [...byDay.keys()].filter((day) => day <= LAST_DAY).toSorted((a, b) => a - b);
  return { history: before.map(rowsOf), sessions: days.map((day) => ({ day, rows: rowsOf(day) })) };
}

/** The same rows on the days that end at `last`. */
function onDays(rows: readonly Row[], last: TradingDay): Row[] {
  const days = buildBase(SHAPE, last).map(({ day }) => day);
  return rows.map((row, i) => {
    const day = days[days.length - rows.length + i];
    assert(day !== undefined, "There is a day for every row");
    return { ...row, day };
  });
}

/** Every price of the day by a factor, as after a slip of unit. */
export function scaled(rows: DayOfRows, factor: number): DayOfRows {
  return new Map(
    [...rows].map(([key, row]) => [
      key,
      {
        ...row,
        open: row.open * factor,
        high: row.high * factor,
        low: row.low * factor,
        close: row.close * factor,
      },
    ]),
  );
}
