import { createRoot, createSignal } from "solid-js";
import { it } from "vitest";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import type { ActiveExchange } from "../../store/exchange.ts";
import type { fetchQuotes } from "../../store/realtime-prices.ts";
import { sortedIds } from "../filter/list-sort.ts";
import { createFirstPrices } from "./first-prices.ts";

const EXCHANGE: ActiveExchange = {
  active: () => "KRX",
  learn: () => undefined,
  accepts: (exchange) => exchange === "KRX",
  onSwitch: () => undefined,
  onDoubt: () => undefined,
};

/** The place of a list whose page was opened first. */
function stage(answer: (tickers: readonly string[]) => ReturnType<typeof fetchQuotes>): {
  readonly ids: () => readonly string[];
  readonly setRows: (rows: readonly SignalRow[] | null) => void;
  readonly asked: readonly (readonly string[])[];
} {
  const asked: (readonly string[])[] = [];
  const [rows, setRows] = createSignal<readonly SignalRow[] | null>(null);
  const price = createRoot(() =>
    createFirstPrices(rows, EXCHANGE, async (tickers) => {
      asked.push(tickers);
      return answer(tickers);
    }),
  );
  const ids = (): readonly string[] =>
    sortedIds(rows() ?? [], { key: "distance", isDescending: false }, price, (row) => row.name);
  return { ids, setRows: (next) => void setRows(next), asked };
}

/** Every share at its pivot but the first, which has run away from it. */
function quotesOf(
  rows: readonly SignalRow[],
  exchange: "KRX" | "DEMO",
): Awaited<ReturnType<typeof fetchQuotes>> {
  const [first] = rows;
  const prices = rows.map((row) => {
    const price = row === first ? row.pivot * 2 : row.pivot;
    const live = { price, change: 0, change_rate: 0, volume: 1, open: price, high: price, low: price };
    const quote = {
      ...live,
      ticker: row.ticker,
      stale: false,
      halted: false,
      as_of: "2025-06-17",
      timestamp: "2025-06-17T10:00:00.000+09:00",
      source: "test",
    };
    return [row.ticker, quote] as const;
  });
  return [
    {
      exchange,
      missing: [],
      generated_at: "2025-06-17T10:00:00.000+09:00",
      prices: Object.fromEntries(prices),
    },
  ];
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
  }
}

it("[UI201] a page opened first has the neighbours that its list would show, by prices and not by closes", async ({
  expect,
}) => {
  const rows = ROWS.slice(0, 4);
  const { ids, setRows, asked } = stage(async () => Promise.resolve(quotesOf(rows, "KRX")));
  expect([asked.length, ids()]).toEqual([0, []]);
  setRows(rows);
  await settle();
  expect(ids().at(-1)).toBe(rows[0]?.id);
  // A list that is written anew asks for no price again.
  setRows(rows.slice(0, 3));
  await settle();
  expect([asked.length, ids().at(-1)]).toEqual([1, rows[0]?.id]);
});

it("[UI201] without prices, or with those of another exchange, the closes stand for them", async ({
  expect,
}) => {
  const rows = ROWS.slice(0, 4);
  const closes = sortedIds(
    rows,
    { key: "distance", isDescending: false },
    () => null,
    (row) => row.name,
  );
  for (const answer of [
    async () => Promise.reject(new Error("offline")),
    async () => Promise.resolve(quotesOf(rows, "DEMO")),
  ]) {
    const { ids, setRows } = stage(answer);
    setRows(rows);
    await settle();
    expect(ids()).toEqual(closes);
  }
});
