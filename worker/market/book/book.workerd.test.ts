import { evictDurableObject } from "cloudflare:test";
import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { closing, history, newBook, rowOn, rowsFrom } from "../../testing/stage/book-store.ts";

describe("Book", () => {
  it("[BK11] loses nothing when it is evicted between any two calls", async ({ expect }) => {
    const book = newBook();
    await book.addHistory([history("D00001", rowsFrom(1, 5))], { id: "x", next: 1 });
    await evictDurableObject(book);
    await book.closeDay(closing(6, ["D00001", "D00002"]), { id: "x", next: 2 });
    await evictDurableObject(book);
    await book.addIndices([{ code: "KOSPI", columns: columnsOf([rowOn(6, 2_500)]) }]);
    await evictDurableObject(book);
    expect(await book.importPosition("x")).toBe(2);
    expect(await book.tickers()).toEqual(["D00001", "D00002"]);
    expect(await book.series("D00001")).toEqual(columnsOf(rowsFrom(1, 6)));
    expect(await book.indexSeries("KOSPI")).toEqual(columnsOf([rowOn(6, 2_500)]));
    expect(await book.indexCloses()).toMatchObject([{ code: "KOSPI", close: 2_500, previous: null }]);
    const summary = { tickers: 2, rows: 7, sessions: 6, firstDay: 1, lastDay: 6, openDays: 1 };
    expect(await book.summary()).toEqual(summary);
    expect(await book.closeDay(closing(6, ["D00001", "D00002"]), null)).toMatchObject({ unchanged: 2 });
  });
});
