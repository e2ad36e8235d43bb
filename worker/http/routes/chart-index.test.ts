/** The index beside a share's chart: its own market's, by day. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Market } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { ChartBody } from "../../protocol/rest/chart.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const LAST = dayOf("2025-05-16");

/** Closes by days before the last session. */
function closes(...rows: readonly (readonly [back: number, close: number])[]): ReturnType<typeof columnsOf> {
  const rest = { volume: 100, value: null, shares: null, base: null };
  return columnsOf(
    rows.map(([back, close]) => ({
      day: tradingDayOf(LAST - back),
      open: close,
      high: close,
      low: close,
      close,
      ...rest,
    })),
  );
}

/** D00001 of KOSPI, D00004 of KONEX, D00003 that no master names. */
function ports(): MemoryPorts {
  const made = makeMemoryPorts();
  const of = (ticker: string, market: Market) => ({ ticker: tickerOf(ticker), name: ticker, market });
  const rest = { kind: "common", notice: null, industry: null, listedOn: null, nameEn: null } as const;
  made.instruments.lists.DEMO = [of("D00001", "KOSPI"), of("D00004", "KONEX")].map((share) => ({
    ...share,
    ...rest,
    listedShares: null,
  }));
  const { columns, indices } = made.books.DEMO;
  columns.set("D00001", closes([4, 49_000], [3, 50_000], [1, 50_500], [0, 51_000]));
  columns.set("D00003", closes([1, 50_000], [0, 51_000]));
  columns.set("D00004", closes([1, 50_000], [0, 51_000]));
  indices.set("KOSPI", closes([5, 2_480], [3, 2_500], [2, 2_510], [0, 2_520]));
  indices.set("KOSDAQ", closes([1, 700], [0, 710]));
  return made;
}

describe("the index beside a chart", () => {
  it("[RT15] is the share's own, on each of its days, and no other", async ({ expect }) => {
    const made = ports();
    const app = makeApp(made);
    const indexOf = async (ticker: string): Promise<ChartBody["index"]> =>
      v.parse(ChartBody, (await ask(app, `/api/kr/stocks/${ticker}/chart`)).json).index;
    expect(await indexOf("D00001")).toEqual({ code: "KOSPI", closes: [null, 2_500, null, 2_520] });
    // A market that no master names, one without an index, an index without rows.
    expect(await indexOf("D00003")).toBeNull();
    expect(await indexOf("D00004")).toBeNull();
    made.books.DEMO.indices.clear();
    expect(await indexOf("D00001")).toBeNull();
  });
});
