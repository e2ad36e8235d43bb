import { describe, it } from "vitest";
import { columnsOf, rowAt } from "../../core/bars/columns.ts";
import { closesByDay, closing, history, inStore, rowOn, rowsFrom } from "../../testing/stage/book-store.ts";
import { MAX_OPEN_DAYS } from "./bar-store.ts";

const A = "D00001";
const B = "D00002";

describe("addHistory", () => {
  it("[BK3] keeps rows that were sent twice once, and the revision", async ({ expect }) => {
    await inStore((store) => {
      const chunk = [history(A, rowsFrom(1, 3)), history(B, rowsFrom(2, 3))];
      expect(store.revision()).toBe(0);
      expect(store.addHistory(chunk, null)).toEqual({ added: 5, replaced: 0, unchanged: 0 });
      expect(store.revision()).toBe(1);
      expect(store.addHistory(chunk, null)).toEqual({ added: 0, replaced: 0, unchanged: 5 });
      expect(store.revision()).toBe(1);
      expect(store.summary()).toEqual({
        tickers: 2,
        rows: 5,
        sessions: 3,
        firstDay: 1,
        lastDay: 3,
        openDays: 0,
      });
    });
  });

  it("[BK5] lets the newer file correct", async ({ expect }) => {
    await inStore((store) => {
      store.addHistory([history(A, rowsFrom(1, 3))], null);
      const answer = store.addHistory([history(A, [rowOn(2, 70), rowOn(3)])], null);
      expect(answer).toEqual({ added: 0, replaced: 1, unchanged: 1 });
      expect(closesByDay(store.series(A))).toEqual({ 1: 100, 2: 70, 3: 100 });
      expect(store.revision()).toBe(2);
      expect(store.sessionCounts()).toEqual([1, 2, 3].map((day) => ({ day, rows: 1 })));
    });
  });

  it("[BK6] folds the open days when it reaches them, and corrects them", async ({ expect }) => {
    await inStore((store) => {
      store.addHistory([history(A, rowsFrom(1, 3))], null);
      store.closeDay(closing(4, [A, B]), null);
      store.closeDay(closing(5, [A, B]), null);
      expect(store.addHistory([history(A, rowsFrom(3, 4, 70))], null)).toEqual({
        added: 0,
        replaced: 2,
        unchanged: 0,
      });
      expect(store.summary().openDays).toBe(0);
      expect(closesByDay(store.series(A))).toEqual({ 1: 100, 2: 100, 3: 70, 4: 70, 5: 100 });
      expect(closesByDay(store.series(B))).toEqual({ 4: 100, 5: 100 });
    });
  });

  it("[BK6] leaves the open days open when it ends before them", async ({ expect }) => {
    await inStore((store) => {
      store.closeDay(closing(9, [A]), null);
      store.addHistory([history(A, rowsFrom(1, 8))], null);
      expect(store.summary()).toMatchObject({ rows: 9, openDays: 1 });
      expect(store.series(A)).toEqual(columnsOf(rowsFrom(1, 9)));
    });
  });

  it("[BK10] refuses what is no chunk, and stores nothing of it", async ({ expect }) => {
    await inStore((store) => {
      const good = history(A, rowsFrom(1, 2));
      const short = { ...good.columns, close: good.columns.close.subarray(1) };
      expect(() => store.addHistory([good, good], null)).toThrow("twice in one chunk");
      expect(() => store.addHistory([good, history(B, [rowOn(2), rowOn(2)])], null)).toThrow("do not rise");
      expect(() => store.addHistory([good, history(B, [rowOn(1.5)])], null)).toThrow("not a count of days");
      expect(() => store.addHistory([good, { ticker: B, columns: short }], null)).toThrow(
        "another number of close",
      );
      expect(store.summary().tickers).toBe(0);
    });
  });
});

describe("closeDay", () => {
  it("[BK3] keeps a day that was closed twice once", async ({ expect }) => {
    await inStore((store) => {
      store.closeDay(closing(1, [A, B]), null);
      expect(store.closeDay(closing(1, [A, B]), null)).toEqual({ added: 0, replaced: 0, unchanged: 2 });
      expect(store.revision()).toBe(1);
      expect(store.sessionCounts()).toEqual([{ day: 1, rows: 2 }]);
    });
  });

  it("[BK6] takes a day in several parts, and corrections of it", async ({ expect }) => {
    await inStore((store) => {
      store.addHistory([history(A, rowsFrom(1, 2))], null);
      store.closeDay(closing(3, [A]), null);
      const answer = store.closeDay([...closing(3, [B]), ...closing(3, [A], 70)], null);
      expect(answer).toEqual({ added: 1, replaced: 1, unchanged: 0 });
      expect(closesByDay(store.series(A))).toEqual({ 1: 100, 2: 100, 3: 70 });
      expect(closesByDay(store.series(B))).toEqual({ 3: 100 });
      expect(store.summary()).toMatchObject({ tickers: 2, rows: 4, openDays: 1 });
    });
  });

  it("[BK6] puts a day that is not newer than the folded rows into them", async ({ expect }) => {
    await inStore((store) => {
      store.addHistory([history(A, rowsFrom(1, 5))], null);
      expect(store.closeDay(closing(5, [A, B], 70), null)).toEqual({ added: 1, replaced: 1, unchanged: 0 });
      expect(store.summary()).toMatchObject({ tickers: 2, rows: 6, openDays: 0 });
      expect(closesByDay(store.series(B))).toEqual({ 5: 70 });
    });
  });

  it("[BK7] folds all open days at the 21st", async ({ expect }) => {
    await inStore((store) => {
      store.addHistory([history(A, rowsFrom(1, 5))], null);
      for (let day = 6; day < 6 + MAX_OPEN_DAYS; day++) {
        store.closeDay(closing(day, [A, B]), null);
      }
      expect(store.summary().openDays).toBe(20);
      const before = [...store.listings()];
      store.closeDay(closing(26, [B]), null);
      expect(store.summary()).toEqual({
        tickers: 2,
        rows: 46,
        sessions: 26,
        firstDay: 1,
        lastDay: 26,
        openDays: 0,
      });
      expect(store.revision()).toBe(22);
      expect(store.series(A)).toEqual(before[0]?.columns);
      expect(store.series(B)).toEqual(columnsOf(rowsFrom(6, 26)));
    });
  });

  it("[BK10] refuses rows of two days and more than one row a ticker", async ({ expect }) => {
    await inStore((store) => {
      expect(() => store.closeDay([...closing(1, [A]), ...closing(2, [B])], null)).toThrow("closed day");
      expect(() => store.closeDay([history(A, rowsFrom(1, 2))], null)).toThrow("closed day");
      expect(store.summary().rows).toBe(0);
    });
  });
});

describe("the import mark", () => {
  it("[BK4] moves with every chunk, also with one that brings nothing new, and ends with null", async ({
    expect,
  }) => {
    await inStore((store) => {
      const chunk = [history(A, rowsFrom(1, 2))];
      expect(store.importPosition("x")).toBe(0);
      store.addHistory(chunk, { id: "x", next: 1 });
      store.addHistory(chunk, { id: "x", next: 2 });
      store.closeDay([], { id: "y", next: 7 });
      expect([store.importPosition("x"), store.importPosition("y")]).toEqual([2, 7]);
      store.closeDay(closing(3, [A]), { id: "x", next: null });
      expect([store.importPosition("x"), store.importPosition("y")]).toEqual([0, 7]);
    });
  });

  it("[BK31] is remembered of the newest 64 imports that were broken off", async ({ expect }) => {
    await inStore((store, storage) => {
      for (let n = 0; n < 100; n++) {
        store.addHistory([], { id: `import-${n}`, next: 1 });
        store.addHistory([], { id: "long", next: n + 1 });
      }
      expect(storage.sql.exec("SELECT count(*) AS n FROM import_mark").one()).toEqual({ n: 64 });
      expect(store.importPosition("import-99")).toBe(1);
      expect(store.importPosition("import-30")).toBe(0);
    });
  });
});

describe("listings", () => {
  it("[BK8] come in ticker order, those of the open days among those of the folded rows", async ({
    expect,
  }) => {
    await inStore((store) => {
      const tickers = ["D00005", "D00001", "D00003"];
      store.addHistory(
        tickers.map((ticker) => history(ticker, rowsFrom(1, 2))),
        null,
      );
      store.closeDay(closing(3, ["D00009", "D00003", "D00000", "D00002"]), null);
      store.closeDay(closing(4, ["D00002"]), null);
      const listed = [...store.listings()];
      expect(listed.map(({ ticker, columns }) => [ticker, [...columns.day].join(" ")])).toEqual([
        ["D00000", "3"],
        ["D00001", "1 2"],
        ["D00002", "3 4"],
        ["D00003", "1 2 3"],
        ["D00005", "1 2"],
        ["D00009", "3"],
      ]);
      expect(listed.map(({ ticker }) => store.series(ticker))).toEqual(listed.map(({ columns }) => columns));
    });
  });

  it("[BK8a] have the names of all tickers with rows, and none of a ticker that has left", async ({
    expect,
  }) => {
    await inStore((store) => {
      expect(store.tickers()).toEqual([]);
      store.addHistory([history(A, rowsFrom(1, 2)), history(B, rowsFrom(2, 2))], null);
      store.closeDay(closing(3, ["D00003", B]), null);
      store.closeDay(closing(4, ["D00003"]), null);
      expect(store.tickers()).toEqual([A, B, "D00003"]);
      expect(store.tickers()).toEqual(Array.from(store.listings(), ({ ticker }) => ticker));
    });
    await inStore((store) => {
      store.addHistory([history(A, rowsFrom(1, 1)), history(B, rowsFrom(2, 2))], null);
      for (let day = 3; day <= 2 + MAX_OPEN_DAYS + 1; day++) {
        store.closeDay(closing(day, [B]), null);
      }
      expect(store.tickers()).toEqual([B]);
    }, 2);
  });

  it("[BK8] are empty for an empty book", async ({ expect }) => {
    await inStore((store) => {
      expect([...store.listings()]).toEqual([]);
      expect(store.series(A)).toBeNull();
      const nothing = { tickers: 0, rows: 0, sessions: 0, firstDay: null, lastDay: null, openDays: 0 };
      expect(store.summary()).toEqual(nothing);
    });
  });
});

describe("indices", () => {
  it("[BK12] are merged like shares and counted as neither tickers nor sessions", async ({ expect }) => {
    await inStore((store) => {
      const kospi = { code: "KOSPI", columns: columnsOf([rowOn(1, 2_500), rowOn(2, 2_510)]) } as const;
      const kosdaq = { code: "KOSDAQ", columns: columnsOf([rowOn(2, 800)]) } as const;
      expect(store.addIndices([kospi, kosdaq])).toEqual({ added: 3, replaced: 0, unchanged: 0 });
      expect(store.addIndices([kospi])).toEqual({ added: 0, replaced: 0, unchanged: 2 });
      expect(store.revision()).toBe(1);
      expect(store.indexSeries("KOSPI")).toEqual(kospi.columns);
      expect(store.summary()).toMatchObject({ tickers: 0, sessions: 0 });
      expect(store.indexCloses()).toEqual([
        { code: "KOSPI", day: 2, close: 2_510, previous: 2_500, volume: 10 },
        { code: "KOSDAQ", day: 2, close: 800, previous: null, volume: 10 },
      ]);
    });
  });

  it("[BK12a] are shown up to the last session of the shares, with what the newer file holds kept", async ({
    expect,
  }) => {
    await inStore((store) => {
      const rows = [rowOn(1, 2_500), rowOn(2, 2_510), rowOn(4, 2_600)];
      store.addIndices([{ code: "KOSPI", columns: columnsOf(rows) }]);
      const shown = (): readonly unknown[] => store.indexCloses().map(({ day, close }) => [day, close]);
      expect(shown()).toEqual([[4, 2_600]]);
      store.addHistory([{ ticker: "000010", columns: columnsOf([rowOn(1, 100), rowOn(3, 100)]) }], null);
      expect(shown()).toEqual([[2, 2_510]]);
      expect(store.indexSeries("KOSPI")?.day.length).toBe(3);
      store.closeDay([{ ticker: "000010", columns: columnsOf([rowOn(4, 100)]) }], null);
      expect(shown()).toEqual([[4, 2_600]]);
    });
  });
});

describe("a column that the source does not have", () => {
  const full = { ...rowOn(5), value: 7, shares: 8, base: 9 };

  it("[CO1a] keeps the values of a folded day and of an open one", async ({ expect }) => {
    await inStore((store) => {
      const ABSENT = ["value", "shares", "base"] as const;
      store.addHistory([history(A, rowsFrom(1, 4))], null);
      for (const fold of [false, true]) {
        store.closeDay([history(A, [full]), history(B, [full])], null);
        if (fold) {
          store.addHistory(
            [history(A, rowsFrom(5, 5))].map((own) => ({ ...own, absent: ABSENT })),
            null,
          );
        }
        const partial = [{ ...history(A, [{ ...rowOn(5, 70) }]), absent: ABSENT }];
        expect(store.closeDay(partial, null)).toMatchObject({ added: 0, replaced: 1 });
        expect(rowAt(store.series(A) ?? columnsOf([]), 4)).toMatchObject({
          close: 70,
          value: 7,
          shares: 8,
          base: 9,
        });
        expect(store.closeDay(partial, null)).toMatchObject({ replaced: 0, unchanged: 1 });
        // A column that is there and empty is a value.
        expect(store.closeDay([history(A, [rowOn(5, 70)])], null)).toMatchObject({ replaced: 1 });
        expect(rowAt(store.series(A) ?? columnsOf([]), 4)).toMatchObject({ value: null, base: null });
      }
      expect(store.summary().openDays).toBe(0);
    });
  });
});
