/** The markets that lives are replayed on: real KRX bars beside the repository, and the demo's own year. */
import { demoSource } from "../../adapters/demo/demo-source.ts";
import type { LiveSession } from "../../app/ports/simulated-market.ts";
import { loadRows } from "../../cli/files/read-rows.ts";
import { loadIndices, loadInstruments } from "../../cli/scan/load-market.ts";
import { assert } from "../../core/assert.ts";
import { isBar } from "../../core/bars/bar.ts";
import { type Columns, rowAt, rowsUntil } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { makeRandom } from "../chance/random.ts";
import { type ReplayMarket, type ReplayTick, rowsByDay } from "./replay-market.ts";

/** Later than any row: files of the past are read whole. */
const EVER = tradingDayOf(30_000);

/**
 * Real bars. Notices and kinds are known as of the file's day only: `notices: false` leaves the notices out, which
 * were not in force on the days that are replayed.
 */
export async function krxMarket(folder: string, notices: boolean): Promise<ReplayMarket> {
  const bars = await loadRows({
    paths: [`${folder}/bars.csv.gz`],
    kind: "bars",
    keyOf: (key) => key,
    today: EVER,
  });
  const series = new Map(bars.series.map(({ key, columns }) => [key, columns]));
  const byTicker = await loadInstruments([`${folder}/instruments.csv`]);
  const indices = await loadIndices([`${folder}/indices.csv`], EVER);
  const rows = rowsByDay(series);
  const indexDays = Object.values(indices).flatMap((columns) => [...columns.day]);
  return {
    exchange: "KRX",
    instruments: Array.from(byTicker.values(), (one) => (notices ? one : { ...one, notice: null })),
    series,
    indices,
    rows,
    sessions: sessionsOf(rows, indexDays),
    ticks: (ticker, day) => fourPrices(series.get(ticker), day, parseInt(ticker, 36) + day),
  };
}

/** Open, the two extremes in the order that chance gives, close: all that a daily bar has of its ticks. */
function fourPrices(columns: Columns | undefined, day: TradingDay, seed: number): readonly ReplayTick[] {
  const at = columns === undefined ? -1 : rowsUntil(columns, day) - 1;
  if (columns === undefined || columns.day[at] !== day) {
    return [];
  }
  const row = rowAt(columns, at);
  if (!isBar(row)) {
    return [];
  }
  const random = makeRandom(seed);
  const between = random() < 0.5 ? [row.high, row.low] : [row.low, row.high];
  return [row.open, ...between, row.close].map((price, i) => ({
    elapsed: (i + 0.5) / 4,
    price,
    volume: ((i + 0.5) / 4) * row.volume,
    base: row.base,
  }));
}

export interface DemoYear {
  readonly seed: number;
  readonly shares: number;
  readonly history: number;
  /** Sessions after the history. */
  readonly sessions: number;
  /** Moments of a session at which prices are shown. */
  readonly ticks: number;
}

/** The demo as its feed would play it: its past, then its sessions with the prices that they show. */
export function demoMarket({ seed, shares, history, sessions, ticks }: DemoYear): ReplayMarket {
  const market = demoSource(seed, history, shares);
  const parts = new Map<string, Columns[]>();
  const indexParts = new Map<IndexCode, Columns[]>();
  const past = market.history();
  let block = past.next();
  for (; !block.done; block = past.next()) {
    block.value.forEach(({ ticker, columns }) => push(parts, ticker, columns));
  }
  block.value.indices.forEach(({ code, columns }) => push(indexParts, code, columns));
  const played = new Map<TradingDay, LiveSession>();
  for (let state = block.value.state, n = 0; n < sessions; n++) {
    const session = market.after(state);
    session.rows().forEach(({ ticker, columns }) => push(parts, ticker, columns));
    session.indexRows().forEach(({ code, columns }) => push(indexParts, code, columns));
    played.set(session.day, session);
    state = session.end();
  }
  const series = new Map(Array.from(parts, ([ticker, blocks]) => [ticker, joined(blocks)]));
  const rows = rowsByDay(series);
  return {
    exchange: "DEMO",
    instruments: market.instruments,
    series,
    indices: Object.fromEntries(Array.from(indexParts, ([code, blocks]) => [code, joined(blocks)])),
    rows,
    sessions: sessionsOf(rows, []),
    ticks: (ticker, day) =>
      Array.from({ length: ticks }, (_, n) => n / ticks).flatMap((elapsed) => {
        const quote = played.get(day)?.quote(ticker, elapsed) ?? null;
        return quote === null
          ? []
          : [{ elapsed, price: quote.price, volume: quote.volume, base: quote.previous }];
      }),
  };
}

function push<K>(parts: Map<K, Columns[]>, key: K, columns: Columns): void {
  const blocks = parts.get(key) ?? [];
  blocks.push(columns);
  parts.set(key, blocks);
}

/** Blocks of rows that follow one another, as one series. */
function joined(blocks: readonly Columns[]): Columns {
  const [first] = blocks;
  assert(first !== undefined, "A series has rows");
  const required = (field: "day" | "open" | "high" | "low" | "close" | "volume"): Float64Array =>
    Float64Array.from(blocks.flatMap((block) => [...block[field]]));
  const optional = (field: "value" | "shares" | "base" | "origin"): Float64Array | null =>
    blocks.every((block) => block[field] === null)
      ? null
      : Float64Array.from(blocks.flatMap((block) => [...(block[field] ?? block.day.map(() => Number.NaN))]));
  return {
    day: required("day"),
    open: required("open"),
    high: required("high"),
    low: required("low"),
    close: required("close"),
    volume: required("volume"),
    value: optional("value"),
    shares: optional("shares"),
    base: optional("base"),
    origin: optional("origin"),
  };
}
