/** The latest values over REST while a feed is there: its values first, the closes for the rest, and without it. */
import * as fc from "fast-check";
import * as v from "valibot";
import { describe, it, vi } from "vitest";
import type { LatestQuotes } from "../../app/ports/live.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { IndicesBody, type IndexQuote, type PriceQuote, PricesBody } from "../../protocol/rest/quote.ts";
import { type Answer, ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeApp } from "../app.ts";

const LAST = dayOf("2025-05-16");
const LIVE = {
  as_of: "2025-05-19",
  timestamp: "2025-05-19T10:12:30.250+09:00",
  stale: false,
  source: "demo",
};
const TICKERS = ["D00001", "D00002", "D00003", "D00004", "D00005", "D00006"] as const;
const PATH = `/api/kr/realtime-prices?tickers=${TICKERS.join(",")}`;

function priceOf(ticker: string, price: number): PriceQuote {
  const numbers = { price, change: -100, change_rate: -0.2, volume: 7, open: price, high: price, low: price };
  return { ticker, ...numbers, halted: false, ...LIVE };
}

function indexOf(code: IndexQuote["code"], index: number): IndexQuote {
  return { code, index, change: 1.5, change_rate: 0.06, volume: 9, ...LIVE };
}

type Latest = (tickers: readonly string[], codes: readonly string[]) => Promise<LatestQuotes>;

/** An app whose book knows closes of `stored` and of both indices, and whose feed answers with `latest`. */
function setUp(stored: readonly string[], latest: Latest) {
  const asked: (readonly string[])[] = [];
  const refuse = (): Promise<never> => Promise.reject(new Error("A reader asks for nothing but values"));
  const ports = makeMemoryPorts({
    feed: () => ({
      want: refuse,
      tickers: refuse,
      status: refuse,
      failures: refuse,
      command: refuse,
      followSwitch: refuse,
      applied: refuse,
      latest: (tickers, codes) => {
        asked.push([...tickers, ...codes]);
        return latest(tickers, codes);
      },
    }),
  });
  const day = { open: 50_000, high: 50_000, low: 50_000, volume: 1, value: null, shares: null, base: null };
  for (const ticker of stored) {
    ports.books.DEMO.columns.set(ticker, columnsOf([{ ...day, day: LAST, close: 50_000 }]));
  }
  ports.books.DEMO.closes = [
    { code: "KOSPI", day: LAST, close: 2_600, previous: 2_500, volume: 10 },
    { code: "KOSDAQ", day: tradingDayOf(LAST), close: 700, previous: 690, volume: 10 },
  ];
  const app = makeApp(ports);
  return { asked, get: async (path: string): Promise<Answer> => ask(app, path) };
}

const silent: Latest = () => new Promise(() => undefined);
const failing: Latest = () => Promise.reject(new Error("out of reach"));

describe("prices with a feed", () => {
  it("[RT14a] are the feed's where it has one, else the close, else missing; the feed is asked once", async ({
    expect,
  }) => {
    const some = fc.subarray([...TICKERS]);
    await fc.assert(
      fc.asyncProperty(some, some, fc.integer({ min: 1, max: 1e6 }), async (known, stored, price) => {
        const prices = known.map((ticker, i) => priceOf(ticker, price + i));
        const { asked, get } = setUp(stored, () => Promise.resolve({ prices, indices: [] }));
        const body = v.parse(PricesBody, (await get(PATH)).json);
        expect(asked).toEqual([[...TICKERS]]);
        for (const quote of prices) {
          expect(body.prices[quote.ticker]).toEqual(quote);
        }
        for (const ticker of stored.filter((one) => !known.includes(one))) {
          expect(body.prices[ticker]).toMatchObject({
            price: 50_000,
            as_of: "2025-05-16",
            timestamp: null,
            stale: false,
            source: "closes",
          });
        }
        expect(body.missing).toEqual(TICKERS.filter((one) => !known.includes(one) && !stored.includes(one)));
        expect(Object.keys(body.prices)).toEqual(TICKERS.filter((one) => !body.missing.includes(one)));
      }),
      { numRuns: 50, seed: 5 },
    );
  });

  it("[RT14a] are the indices' too, each by itself", async ({ expect }) => {
    const kosdaq = indexOf("KOSDAQ", 712.34);
    const { asked, get } = setUp([], () => Promise.resolve({ prices: [], indices: [kosdaq] }));
    const { indices } = v.parse(IndicesBody, (await get("/api/kr/indices")).json);
    expect(indices).toMatchObject([
      { code: "KOSPI", index: 2_600, timestamp: null, source: "closes" },
      kosdaq,
    ]);
    expect(asked).toEqual([["KOSPI", "KOSDAQ"]]);
  });

  it.for([
    ["fails", failing],
    ["is silent", silent],
  ] as const)("[RT14a] are closes while the feed %s", async ([, latest], { expect }) => {
    vi.useFakeTimers();
    try {
      const { get } = setUp(["D00001"], latest);
      const answers = Promise.all([get(PATH), get("/api/kr/indices")]);
      await vi.advanceTimersByTimeAsync(2_000);
      const [prices, indices] = await answers;
      expect(v.parse(PricesBody, prices.json)).toMatchObject({
        prices: { D00001: { price: 50_000, source: "closes" } },
        missing: TICKERS.slice(1),
      });
      expect(v.parse(IndicesBody, indices.json).indices.map(({ source }) => source)).toEqual([
        "closes",
        "closes",
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("[RT14b] get another ETag when one moves, and keep it while none does", async ({ expect }) => {
    let price = 51_000;
    const { get } = setUp([], (tickers) =>
      Promise.resolve({
        prices: tickers.slice(0, 1).map((ticker) => priceOf(ticker, price)),
        indices: [indexOf("KOSPI", price)],
      }),
    );
    for (const path of [PATH, "/api/kr/indices"]) {
      const [first, second] = [await get(path), await get(path)];
      price += 50;
      const third = await get(path);
      const [tag, again, moved] = [first, second, third].map(({ headers }) => headers.get("ETag"));
      expect(tag).toMatch(/^W\/"/);
      expect([again === tag, moved === tag]).toEqual([true, false]);
    }
  });
});
