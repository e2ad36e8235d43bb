/**
 * A market on which trading went on after the regular close: the same rows on days since 2026-09-14, each close moved by chance
 * as the after-market moves it, beside the base prices that count from the regular closes. What is found then and not on the
 * regular closes was invented.
 */
import { adjust, factorOf } from "../../core/bars/adjust.ts";
import { isBar } from "../../core/bars/bar.ts";
import { type Columns, columnsOf, type Row, rowAt } from "../../core/bars/columns.ts";
import { hasRegularClose, originCode, TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { tickDown } from "../../core/bars/tick-size.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";

/** BR3: no ordinary session moves further. */
const LIMIT = 0.31;

export interface AfterHoursMarket {
  /** Closes of 15:30. */
  readonly regular: ReadonlyMap<string, Columns>;
  /** The same with the last prices of the after-market. */
  readonly last: ReadonlyMap<string, Columns>;
  /** Moves that no session allows: what the exchange changed, and shows in its base price. */
  readonly jumps: number;
}

const SPLITS = [0.1, 0.2, 0.5, 2, 5, 10] as const;

/** From the middle on every row is in new shares, `factor` times the price each: a split, or shares put together. */
function splitRows(rows: readonly Row[], factor: number): readonly Row[] {
  const from = rows.length >> 1;
  return rows.map((row, i) => {
    const by = i < from ? 1 : factor;
    const [open, high, low, close] = [row.open * by, row.high * by, row.low * by, row.close * by];
    return { ...row, open, high, low, close, volume: row.volume / by, shares: 1_000_000 / by };
  });
}

/** The rows with a base price: the close before, and where no session could have moved so far the price it began at. */
function withBases(rows: readonly Row[]): { readonly rows: readonly Row[]; readonly jumps: number } {
  let jumps = 0;
  const based = rows.map((row, i) => {
    const before = rows[i - 1];
    if (before === undefined) {
      return { ...row, base: null };
    }
    if (row.shares !== before.shares && row.shares !== null && before.shares !== null) {
      jumps += 1;
      return { ...row, base: (before.close * before.shares) / row.shares };
    }
    const jumped = isBar(row) && Math.abs(row.close / before.close - 1) > LIMIT;
    jumps += jumped ? 1 : 0;
    return { ...row, base: jumped ? row.open : before.close };
  });
  return { rows: based, jumps };
}

/**
 * `deviation`: of the close after hours, as a fraction. No close leaves the day's limit, and a halted share is not traded.
 * `splits` of the tickers, evenly chosen, get one with its number of listed shares, because hardly a file has any.
 */
export function afterHoursMarket(
  series: ReadonlyMap<string, Columns>,
  deviation: number,
  splits: number,
  seed: number,
): AfterHoursMarket {
  const normal = makeNormal(makeRandom(seed));
  const first = Math.min(...Array.from(series.values(), ({ day }) => day[0] ?? Number.POSITIVE_INFINITY));
  const shift = 7 * Math.ceil((TWO_CLOSES_SINCE - first) / 7);
  const [regular, last] = [new Map<string, Columns>(), new Map<string, Columns>()];
  const every = Math.floor(series.size / splits);
  let [jumps, number] = [0, 0];
  for (const [ticker, columns] of series) {
    const raw = Array.from(columns.day, (_, i): Row => {
      const row = rowAt(columns, i);
      const origin = originCode(1, { close: "regular", final: true });
      return { ...row, day: tradingDayOf(row.day + shift), origin };
    });
    const isSplit = number % every === 0 && number / every < splits;
    const factor = SPLITS[(number / every) % SPLITS.length] ?? 1;
    number += 1;
    const based = withBases(isSplit ? splitRows(raw, factor) : raw);
    jumps += based.jumps;
    regular.set(ticker, columnsOf(based.rows));
    last.set(
      ticker,
      columnsOf(
        based.rows.map((row) => {
          const [low, high] = [0.7 * (row.base ?? row.close), 1.3 * (row.base ?? row.close)];
          const moved = Math.min(high, Math.max(low, row.close * (1 + deviation * normal())));
          const close = isBar(row) ? tickDown(moved, "krx") : row.close;
          return { ...row, close, origin: originCode(1, { close: "last", final: true }) };
        }),
      ),
    );
  }
  return { regular, last, jumps };
}

/** The days of corporate actions of every ticker, as the bars show them and as the first tick of each session would. */
export interface FoundActions {
  /** `005930 20710`, in order. */
  readonly bars: readonly string[];
  readonly ticks: readonly string[];
  /** By the same keys. */
  readonly factors: ReadonlyMap<string, number>;
}

export function findActions(series: ReadonlyMap<string, Columns>): FoundActions {
  const bars: string[] = [];
  const ticks: string[] = [];
  const factors = new Map<string, number>();
  for (const [ticker, columns] of series) {
    for (const { day, factor } of adjust(columns).events) {
      bars.push(`${ticker} ${day}`);
      factors.set(`${ticker} ${day}`, factor);
    }
    for (let i = 1; i < columns.day.length; i++) {
      const before = { close: columns.close[i - 1] ?? 0, base: columns.base?.[i - 1] ?? Number.NaN };
      const base = columns.base?.[i] ?? Number.NaN;
      if (factorOf(base, { ...before, regular: hasRegularClose(columns, i - 1) }, null) !== null) {
        ticks.push(`${ticker} ${columns.day[i]}`);
      }
    }
  }
  return { bars, ticks, factors };
}
