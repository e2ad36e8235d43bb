/** A bar store on real Durable Object storage, and short ways to write rows into it. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, type Columns, type Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { BarStore } from "../../market/bars/bar-store.ts";

let books = 0;

/** A book nobody else uses. */
export function newBook(): typeof env.MARKET_BOOK extends { getByName(name: string): infer Stub }
  ? Stub
  : never {
  books += 1;
  return env.MARKET_BOOK.getByName(`test-${books}`);
}

/** Runs `act` inside a new object, with a store on its empty storage. `limit`: the sessions that a fold leaves. */
export async function inStore<R>(
  act: (store: BarStore, storage: DurableObjectStorage) => R,
  limit: number | null = null,
): Promise<R> {
  return runInDurableObject(newBook(), (_, { storage }) => act(new BarStore(storage, limit), storage));
}

/** A plain row of a day; rows differ by their close. */
export function rowOn(day: number, close = 100): Row {
  const price = { open: close, high: close, low: close, close };
  return { day: tradingDayOf(day), ...price, volume: 10, value: null, shares: null, base: null };
}

export function rowsFrom(from: number, to: number, close = 100): readonly Row[] {
  return Array.from({ length: to - from + 1 }, (_, k) => rowOn(from + k, close));
}

export function history(ticker: string, rows: readonly Row[]): TickerColumns {
  return { ticker, columns: columnsOf(rows) };
}

/** The same row of a day for each of the tickers. */
export function closing(day: number, tickers: readonly string[], close = 100): readonly TickerColumns[] {
  return tickers.map((ticker) => history(ticker, [rowOn(day, close)]));
}

/** `day: close` for every row, the shortest picture of a series. */
export function closesByDay(columns: Columns | null): Readonly<Record<number, number>> {
  return Object.fromEntries(
    Array.from(columns?.day ?? [], (day, k) => [day, columns?.close[k] ?? Number.NaN]),
  );
}
