import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, it } from "vitest";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { ALL, freshStores, importMarket, krxBook } from "../../testing/stage/krx-book.ts";

beforeEach(freshStores);

/** The first 60 rows of every ticker at `factor` times their closes. */
function rebased(listings: readonly TickerColumns[], factor: number): readonly TickerColumns[] {
  const scaled = (field: Float64Array): Float64Array => field.slice(0, 60).map((x) => x * factor);
  return listings.map(({ ticker, columns }) => ({
    ticker,
    columns: {
      ...columns,
      day: columns.day.slice(0, 60),
      volume: columns.volume.slice(0, 60),
      open: scaled(columns.open),
      high: scaled(columns.high),
      low: scaled(columns.low),
      close: scaled(columns.close),
    },
  }));
}

describe("a book whose past an import moved by one factor", () => {
  it("[BK40] [DY5] is not scanned, over a death too, until the true rows come back", async ({ expect }) => {
    const book = krxBook();
    const bars = [...(await importMarket(book)).listings()];
    await book.addHistory(rebased(bars, 0.5), null);
    await evictDurableObject(book);
    expect(await krxBook().run(ALL)).toMatchObject({
      status: "skipped",
      reason: { kind: "rebased_history", tickers: bars.length, days: 60, factor: 0.5 },
    });
    await krxBook().addHistory(bars, null);
    expect(await krxBook().run(ALL)).toMatchObject({ status: "done" });
  });

  it("[BK40] is scanned when the owner accepts it, and then by the clock as well", async ({ expect }) => {
    const book = krxBook();
    const bars = [...(await importMarket(book)).listings()];
    await book.addHistory(rebased(bars, 0.5), null);
    expect(await book.run({ ...ALL, accept: ["jump"] })).toMatchObject({ status: "skipped" });
    const done = await book.run({ ...ALL, accept: ["rebased_history"] });
    expect(done).toMatchObject({ status: "done", run: { request: { accept: ["rebased_history"] } } });
    expect(await book.run(ALL)).toMatchObject({ status: "done" });
  });
});
