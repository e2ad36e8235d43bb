import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, it } from "vitest";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import {
  ALL,
  freshStores,
  importMarket,
  holdLedger,
  krxBook,
  ledger,
  lockHolder,
  withBook,
} from "../../testing/stage/krx-book.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { eventually } from "../../testing/eventually.ts";

const DEAD = makeRun({ id: "krx-dead", exchange: "KRX", status: "running", asOf: null });

/** What a process leaves that ended in the middle of a run: the row, the lock and the alarm. */
async function dieInTheMiddle(): Promise<void> {
  await ledger().startRun(DEAD);
  await runInDurableObject(krxBook(), async (_, { storage }) => {
    storage.sql.exec("INSERT INTO run_lock (id, run) VALUES (0, ?)", DEAD.id);
    await storage.setAlarm(Date.now() + 60_000);
  });
  await evictDurableObject(krxBook());
}

beforeEach(freshStores);

describe("the lock", () => {
  it("[BK13] lets one run in and names it to the others", async ({ expect }) => {
    const book = krxBook();
    await importMarket(book);
    const outcomes = await Promise.all([book.run(ALL), book.run(ALL), book.run({ ...ALL, kind: "cron" })]);
    const [done, ...rest] = outcomes.filter(({ status }) => status === "done");
    expect(rest).toEqual([]);
    const runId = done?.status === "done" ? done.run.id : null;
    expect(outcomes.filter(({ status }) => status === "busy")).toEqual([
      { status: "busy", runId },
      { status: "busy", runId },
    ]);
    expect(await ledger().runs("KRX", 9)).toHaveLength(1);
    expect(await book.run(ALL)).toMatchObject({ status: "done" });
  });

  it("[BK13] names the living run to progress, and its alarm leaves it alone", async ({ expect }) => {
    await importMarket(krxBook());
    const open = Promise.withResolvers<null>();
    const real = ledger();
    const slow: RunLedger = Object.assign(ledger(), {
      openSignals: async (exchange: "KRX" | "DEMO") => {
        await open.promise;
        return real.openSignals(exchange);
      },
    });
    await withBook({ ledger: slow }, async (book, storage) => {
      const running = book.run(ALL);
      const progress = await book.progress();
      expect(progress).toMatchObject({ stage: "reading", total: 13 });
      await storage.deleteAlarm();
      await book.alarm();
      expect(await storage.getAlarm()).not.toBeNull();
      expect(await book.run(ALL)).toEqual({ status: "busy", runId: progress.runId });
      open.resolve(null);
      expect(await running).toMatchObject({ status: "done", run: { id: progress.runId } });
    });
    expect(await real.runs("KRX", 9)).toMatchObject([{ status: "done" }]);
  });

  it.for(["progress", "alarm", "run"] as const)(
    "[BK13] is freed of a dead run by %s, and the run is closed as interrupted",
    async (way, { expect }) => {
      await importMarket(krxBook());
      await dieInTheMiddle();
      expect(await lockHolder()).toBe(DEAD.id);
      if (way === "progress") {
        expect(await krxBook().progress()).toMatchObject({ runId: null, stage: "idle" });
      } else if (way === "alarm") {
        expect(await runDurableObjectAlarm(krxBook())).toBe(true);
      } else {
        expect(await krxBook().run(ALL)).toMatchObject({ status: "done" });
      }
      expect(await lockHolder()).toBeNull();
      expect(await ledger().run(DEAD.id)).toMatchObject({ status: "failed", reason: "interrupted" });
    },
  );

  it("[BK13] keeps the end of a run that had saved before its process died", async ({ expect }) => {
    await importMarket(krxBook());
    // The save came through; the process died before it could free the book.
    await withBook({ publisher: { publish: () => Promise.resolve() } }, async (book) => book.run(ALL));
    const [saved] = await ledger().runs("KRX", 1);
    await runInDurableObject(krxBook(), (_, { storage }) => {
      storage.sql.exec("INSERT INTO run_lock (id, run) VALUES (0, ?)", saved?.id ?? "");
    });
    await evictDurableObject(krxBook());
    await krxBook().progress();
    expect(await lockHolder()).toBeNull();
    expect(await ledger().run(saved?.id ?? "")).toEqual(saved);
  });

  it("[BK13] is given back when the run could not even begin", async ({ expect }) => {
    const failing: RunLedger = Object.assign(ledger(), {
      startRun: () => Promise.reject(new Error("D1 is out of reach")),
    });
    await withBook({ ledger: failing }, async (book) => {
      await expect(book.run(ALL)).rejects.toThrow("out of reach");
      expect(await book.progress()).toMatchObject({ runId: null });
    });
    expect(await lockHolder()).toBeNull();
    expect(await krxBook().run(ALL)).toMatchObject({ status: "skipped" });
  });

  it("[BK13] stays until the dead run's row could be closed", async ({ expect }) => {
    await dieInTheMiddle();
    const failing: RunLedger = Object.assign(ledger(), {
      endRun: () => Promise.reject(new Error("D1 is out of reach")),
    });
    await withBook({ ledger: failing }, async (book, storage) => {
      await book.alarm();
      expect(await storage.getAlarm()).not.toBeNull();
    });
    expect(await lockHolder()).toBe(DEAD.id);
    await runDurableObjectAlarm(krxBook());
    expect(await lockHolder()).toBeNull();
    expect(await ledger().run(DEAD.id)).toMatchObject({ status: "failed", reason: "interrupted" });
  });

  it("[BK13] of a run that has begun is not freed by a question that closed the dead run before it", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    await dieInTheMiddle();
    const slow = holdLedger();
    await withBook(
      { ledger: slow.ledger, clock: { now: () => Date.UTC(2099, 0, 1) } },
      async (book, storage) => {
        const draining = book.alarm();
        await eventually(() => {
          expect(slow.endings()).toBe(1);
        });
        const running = book.run(ALL);
        await eventually(() => {
          expect(slow.readings()).toBeGreaterThan(0);
        });
        slow.letEnd();
        await draining;
        const holder = storage.sql.exec<{ run: string }>("SELECT run FROM run_lock").toArray();
        expect(holder).toEqual([{ run: (await book.progress()).runId }]);
        slow.letRead();
        expect(await running).toMatchObject({ status: "done" });
      },
    );
  });
});
