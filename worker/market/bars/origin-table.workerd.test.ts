import { describe, it } from "vitest";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import {
  type Origin,
  originCode,
  originFactsOf,
  originIdOf,
  TWO_CLOSES_SINCE,
} from "../../core/bars/origin.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { inStore } from "../../testing/stage/book-store.ts";
import type { BarStore } from "./bar-store.ts";

const DAY = TWO_CLOSES_SINCE;
const LAST: Origin = { source: "file", close: "last", final: true, receivedAt: 5_000_000 };

function rowOn(day: number, origin: number | null): Row {
  const prices = {
    open: 100,
    high: 100,
    low: 100,
    close: 100,
    volume: 5,
    value: null,
    shares: null,
    base: null,
  };
  return { day: tradingDayOf(day), ...prices, ...(origin !== null && { origin }) };
}

/** One day of one ticker, from one origin. */
function close(store: BarStore, day: number, origin: Origin, ticker = "005930") {
  const columns = columnsOf([rowOn(day, originCode(1, origin))]);
  return store.closeDay([{ ticker, columns }], null, [origin]);
}

/** What is stored of a row's origin. */
function originOn(store: BarStore, day: number): Origin | undefined {
  const columns = store.series("005930");
  const code = columns?.origin?.[columns.day.indexOf(day)] ?? Number.NaN;
  return store.origins().get(originIdOf(code));
}

describe("the origins of a book", () => {
  it("[BK41] stand with each row, through a fold too, one for what came within an hour", async ({
    expect,
  }) => {
    await inStore((store) => {
      close(store, DAY, LAST);
      close(store, DAY + 1, { ...LAST, receivedAt: LAST.receivedAt + 3_600_000 });
      close(store, DAY + 2, { ...LAST, receivedAt: LAST.receivedAt + 3_600_001 });
      for (let n = 3; n < 25; n++) {
        close(store, DAY + n, { ...LAST, close: "regular" });
      }
      expect(store.summary().openDays).toBeLessThan(20);
      expect([0, 1, 2, 3].map((n) => originOn(store, DAY + n))).toEqual([
        LAST,
        LAST,
        { ...LAST, receivedAt: LAST.receivedAt + 3_600_001 },
        { ...LAST, close: "regular" },
      ]);
      expect(store.origins().size).toBe(3);
    });
  });

  it("[BK41] count as a change when they state another close or finality, and as none when only the time differs", async ({
    expect,
  }) => {
    await inStore((store) => {
      close(store, DAY, { ...LAST, final: false });
      expect(close(store, DAY, LAST)).toMatchObject({ replaced: 1, unchanged: 0 });
      const revision = store.revision();
      expect(close(store, DAY, { ...LAST, receivedAt: 9e9 })).toMatchObject({ replaced: 0, unchanged: 1 });
      expect(store.revision()).toBe(revision);
      expect(originOn(store, DAY)).toEqual(LAST);
      expect(close(store, DAY, { ...LAST, close: "regular" })).toMatchObject({ replaced: 1 });
      expect(originOn(store, DAY)?.close).toBe("regular");
    });
  });

  it("[BK41] [DY1] of rows that an older version stored are read as what was known then", async ({
    expect,
  }) => {
    await inStore((store) => {
      const columns = columnsOf([rowOn(DAY - 1, null), rowOn(DAY, null)]);
      store.addHistory([{ ticker: "005930", columns }], null);
      expect(store.series("005930")?.origin).toBeNull();
      expect(store.origins().size).toBe(0);
      const again = columnsOf([rowOn(DAY - 1, originCode(1, LAST)), rowOn(DAY, originCode(1, LAST))]);
      const answer = store.addHistory([{ ticker: "005930", columns: again }], null, [LAST]);
      expect(answer).toEqual({ added: 0, replaced: 1, unchanged: 1 });
      const stored = store.series("005930");
      expect(Array.from(stored?.origin ?? [], (code, i) => originFactsOf(code, DAY - 1 + i).close)).toEqual([
        "regular",
        "last",
      ]);
    });
  });

  it("[IG21] give each day from 2026-09-14 on the kind of its best close", async ({ expect }) => {
    await inStore((store) => {
      close(store, DAY - 1, LAST);
      close(store, DAY, LAST);
      close(store, DAY + 1, { ...LAST, close: "regular" });
      close(store, DAY + 1, LAST, "000020");
      expect([...store.closeKinds()]).toEqual([
        [DAY, "last"],
        [DAY + 1, "regular"],
      ]);
      close(store, DAY, { ...LAST, close: "regular" }, "000020");
      expect(store.closeKinds().get(DAY)).toBe("regular");
    });
  });
});
