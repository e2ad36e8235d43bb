import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { closing, history, inStore, rowOn, rowsFrom } from "../../testing/stage/book-store.ts";
import { BarStore, MAX_OPEN_DAYS } from "./bar-store.ts";

const [A, B, GONE] = ["D00001", "D00002", "D00003"];
/** Days 31 to 51: the last of them folds. */
const LAST = 30 + MAX_OPEN_DAYS + 1;

/** 30 sessions of history, one of them the only one of a share that left, and 20 open days. */
function fill(store: BarStore): void {
  store.addHistory([history(A, rowsFrom(1, 30)), history(GONE, rowsFrom(1, 3))], null);
  store.addIndices([{ code: "KOSPI", columns: columnsOf(rowsFrom(1, LAST, 2_500)) }]);
  for (let day = 31; day < LAST; day++) {
    store.closeDay(closing(day, [A, B]), null);
  }
}

describe("a limit of sessions", () => {
  it("[BK17] is kept by the fold: series, indices, counts and tickers lose what is older", async ({
    expect,
  }) => {
    await inStore((store) => {
      fill(store);
      expect(store.summary()).toMatchObject({ tickers: 3, sessions: 50, firstDay: 1 });
      const before = store.revision();
      store.closeDay(closing(LAST, [A, B]), null);
      const first = LAST - 40 + 1;
      expect(store.summary()).toEqual({
        tickers: 2,
        rows: 40 + 21,
        sessions: 40,
        firstDay: first,
        lastDay: LAST,
        openDays: 0,
      });
      expect(store.series(A)).toEqual(columnsOf(rowsFrom(first, LAST)));
      expect(store.series(B)).toEqual(columnsOf(rowsFrom(31, LAST)));
      expect(store.series(GONE)).toBeNull();
      expect(store.indexSeries("KOSPI")).toEqual(columnsOf(rowsFrom(first, LAST, 2_500)));
      expect(store.revision()).toBe(before + 1);
    }, 40);
  });

  it("[BK17] moves the revision also when the call that folded brought nothing new", async ({ expect }) => {
    await inStore((store) => {
      fill(store);
      const before = store.revision();
      expect(store.addHistory([history(A, [rowOn(LAST - 1)])], null)).toMatchObject({ unchanged: 1 });
      expect(store.summary()).toMatchObject({ sessions: 40, openDays: 0 });
      expect(store.revision()).toBe(before + 1);
    }, 40);
  });

  it("[BK17] takes nothing from a book that holds no more than it", async ({ expect }) => {
    await inStore((store) => {
      fill(store);
      store.closeDay(closing(LAST, [A, B]), null);
      expect(store.summary()).toMatchObject({ tickers: 3, sessions: LAST, firstDay: 1 });
      expect(store.indexSeries("KOSPI")?.day[0]).toBe(1);
    }, LAST);
  });

  it("[BK17] trims with the fold or not at all", async ({ expect }) => {
    await inStore((store, storage) => {
      fill(store);
      const before = [store.summary(), store.revision(), store.series(A)];
      const failing = new BarStore(
        {
          sql: {
            exec: (query, ...bindings) => {
              if (query.startsWith("SELECT code AS key FROM index_series")) {
                throw new Error("the disk failed");
              }
              return storage.sql.exec(query, ...bindings);
            },
          },
          transactionSync: (closure) => storage.transactionSync(closure),
        },
        40,
      );
      expect(() => failing.closeDay(closing(LAST, [A, B]), null)).toThrow("the disk failed");
      expect([store.summary(), store.revision(), store.series(A)]).toEqual(before);
    }, 40);
  });
});

describe("series that are read one after the other", () => {
  it("[BK8b] are those of the tickers that were named, also when a fold comes between two of them", async ({
    expect,
  }) => {
    await inStore((store) => {
      fill(store);
      const read = store.seriesOf([A, "D00009", B, GONE])[Symbol.iterator]();
      const rows = (): unknown => {
        const { value } = read.next();
        return value && [value.ticker, value.columns.day.length];
      };
      expect(rows()).toEqual([A, 50]);
      store.closeDay(closing(LAST, [A, B]), null);
      expect(store.summary().openDays).toBe(0);
      expect(rows()).toEqual([B, 21]);
      expect(rows()).toEqual([GONE, 3]);
      expect(rows()).toBe(undefined);
    });
  });
});
