import { describe, it } from "vitest";
import { columnsOf, type Row } from "../../../core/bars/columns.ts";
import { closingWindow } from "../../../core/calendar/closing-window.ts";
import { type Ticker, tickerOf } from "../../../core/nominal.ts";
import { dayOf } from "../../../testing/builders/signal-builder.ts";
import { MemoryInstruments } from "../../../testing/memory/memory-ports.ts";
import type { TickerColumns } from "../../ports/market-book.ts";
import type { MarketQuote } from "../../ports/market-sources.ts";
import { fetchEvening } from "./evening-snapshot.ts";
import { CALENDAR_DAYS } from "./session-days.ts";

const YESTERDAY = dayOf("2026-09-14");
const TODAY = dayOf("2026-09-15");
const TICKERS = ["000010", "000020", "000030"];
const ROW: Row = {
  day: YESTERDAY,
  open: 1,
  high: 3,
  low: 1,
  close: 2,
  volume: 10,
  value: 20,
  shares: null,
  base: 2,
};

function quoteOf(ticker: Ticker): MarketQuote {
  return { ticker, price: 2, open: 1, high: 3, low: 1, volume: 10, value: 20, base: 2 };
}

describe("the evening's snapshot", () => {
  it("[MD20] reads the series of the market one at a time: all of them together are what an object may hold", async ({
    expect,
  }) => {
    let read = 0;
    const instruments = new MemoryInstruments();
    instruments.lists.KRX = TICKERS.map((ticker) => ({
      ticker: tickerOf(ticker),
      name: ticker,
      nameEn: null,
      market: "KOSPI",
      kind: "common",
      notice: null,
      industry: null,
      listedOn: null,
      listedShares: null,
    }));
    const asked: string[] = [];
    const answer = { status: "not_ready", retryAt: 0 } as const;
    const outcome = await fetchEvening("KRX", TODAY, {
      instruments,
      snapshot: {
        id: "kis",
        perCall: 30,
        quotes: (tickers) => {
          asked.push(...tickers);
          return Promise.resolve(answer);
        },
      },
      history: { id: "kis", index: () => Promise.resolve(answer) },
      bars: {
        rowsByDay: () => new Map([[YESTERDAY, TICKERS.length]]),
        // The series that was given last is taken back: whoever keeps it has that of another share.
        *listings() {
          const lent: { -readonly [key in keyof TickerColumns]: TickerColumns[key] } = {
            ticker: "",
            columns: columnsOf([ROW]),
          };
          for (const ticker of TICKERS) {
            read += 1;
            lent.ticker = ticker;
            yield lent;
          }
        },
        closeDay: () => ({ added: 0, replaced: 0, unchanged: 0 }),
        addIndices: () => ({ added: 0, replaced: 0, unchanged: 0 }),
        conclude: (act) => Promise.resolve(act()),
      },
      days: CALENDAR_DAYS,
    });
    expect([outcome.status, asked, read]).toEqual(["not_ready", TICKERS, 2 * TICKERS.length]);
  });

  it("[MD20] states that no master names the shares of an index, and stores nothing of a volume that nobody knows", async ({
    expect,
  }) => {
    const stored: string[] = [];
    const nothing = { added: 0, replaced: 0, unchanged: 0 };
    const at = closingWindow(TODAY)?.from ?? 0;
    const index = { row: { ...ROW, day: TODAY }, close: "regular", final: true } as const;
    const outcome = await fetchEvening("KRX", TODAY, {
      instruments: new MemoryInstruments(),
      snapshot: {
        id: "kis",
        perCall: 30,
        quotes: (tickers) => Promise.resolve({ status: "ok", at, value: tickers.map(quoteOf) }),
      },
      history: { id: "kis", index: () => Promise.resolve({ status: "ok", at, value: [index] }) },
      bars: {
        rowsByDay: () => new Map([[YESTERDAY, TICKERS.length]]),
        listings: () => TICKERS.map((ticker) => ({ ticker, columns: columnsOf([ROW]) })),
        closeDay: () => {
          stored.push("day");
          return nothing;
        },
        addIndices: () => {
          stored.push("indices");
          return nothing;
        },
        conclude: (act) => Promise.resolve(act()),
      },
      days: CALENDAR_DAYS,
    });
    expect([outcome.status, outcome.text, stored]).toEqual([
      "not_ready",
      "no master names the shares of KOSPI, whose volume is theirs",
      [],
    ]);
  });
});
