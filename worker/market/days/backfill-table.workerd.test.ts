import { describe, it } from "vitest";
import { beginBackfill } from "../../app/jobs/days/backfill-state.ts";
import { assert } from "../../core/assert.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { originFactsOf } from "../../core/bars/origin.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { inStore, rowOn } from "../../testing/stage/book-store.ts";
import { BackfillTable } from "./backfill-table.ts";

describe("dates of a backfill", () => {
  it("[MD12] go into the bars together with the state, or not at all", async ({ expect }) => {
    await inStore((bars, storage) => {
      const failing = { on: true };
      const table = new BackfillTable({
        storage,
        now: () => 17,
        book: {
          addHistory: (...rows) => bars.addHistory(...rows),
          addIndices: (rows) => {
            if (failing.on) {
              throw new Error("The disk is full");
            }
            return bars.addIndices(rows);
          },
        },
      });
      const state = beginBackfill(Date.parse("2026-09-15T12:00:00+09:00"));
      assert(state !== null, "The calendar knows the day");
      for (const day of [dayOf("2026-09-14"), dayOf("2026-09-11")]) {
        const columns = columnsOf([rowOn(day)]);
        table.put(state, { rows: [{ ticker: "005930", columns }], indices: [{ code: "KOSPI", columns }] });
      }
      const source = { id: "krx", closeKind: "last", final: false } as const;
      const done = { ...state, status: "done", sessions: 2 } as const;
      expect(() => {
        table.fold(done, source, null);
      }).toThrow("The disk is full");
      expect([bars.summary().rows, table.gathered(), table.state()]).toEqual([0, 2, state]);
      failing.on = false;
      table.fold(done, source, null);
      expect([bars.summary().rows, table.gathered(), table.state()]).toEqual([2, 0, done]);
      expect(bars.indexSeries("KOSPI")?.close.length).toBe(2);
      const origin = bars.series("005930")?.origin ?? [];
      expect(Array.from(origin, (code, n) => originFactsOf(code, n === 0 ? 0 : dayOf("2026-09-14")))).toEqual(
        [
          { close: "regular", final: false },
          { close: "last", final: false },
        ],
      );
      expect([...bars.origins().values()].map(({ source: own, close }) => `${own} ${close}`)).toEqual([
        "krx regular",
        "krx last",
      ]);
    });
  });
});
