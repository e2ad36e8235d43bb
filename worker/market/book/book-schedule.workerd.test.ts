import {
  createScheduledController,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it, vi } from "vitest";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import worker from "../../index.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshStores);

/** Far enough away that no alarm rings by itself. */
const LATER = Date.UTC(2099, 0, 1);

/** When the Cron Trigger of the evening rings, on a Friday. */
const EVENING = new Date(Date.UTC(2026, 10, 27, 9, 20));

/** The watch that comes so many minutes later. */
async function watch(minutes: number): Promise<void> {
  const scheduledTime = new Date(EVENING.getTime() + minutes * 60_000);
  await worker.scheduled(createScheduledController({ scheduledTime }), env);
}

async function rows(): Promise<readonly (readonly [kind: string, status: string, reason: string | null])[]> {
  return (await ledger().runs("KRX", 9)).map(({ kind, status, reason }) => [kind, status, reason] as const);
}

/** A ledger that lets a run go on when `open` is resolved. */
function slowLedger() {
  const open = Promise.withResolvers<null>();
  const asked = vi.fn<() => void>();
  const slow = Object.assign(ledger(), {
    openSignals: async () => {
      asked();
      await open.promise;
      return [];
    },
  });
  return { open, asked, slow };
}

describe("the clock's run", () => {
  it("[BK19] that finds the book busy is begun by the alarm, also when the process died since", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const { open, asked, slow } = slowLedger();
    let now = LATER;
    await withBook({ ledger: slow, clock: { now: () => (now += 1) } }, async (book, storage) => {
      const running = book.run(ALL);
      await eventually(() => {
        expect(asked).toHaveBeenCalled();
      });
      expect(await book.run(EVENING_REQUEST)).toMatchObject({ status: "busy" });
      open.resolve(null);
      expect(await running).toMatchObject({ status: "done" });
      expect(await storage.getAlarm()).not.toBeNull();
    });
    expect(await rows()).toEqual([["manual", "done", null]]);
    await evictDurableObject(krxBook());
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await rows()).toContainEqual(["cron", "skipped", "no_new_session: 2025-06-13"]);
    expect(await rows()).toHaveLength(2);
    // It is owed no more.
    expect(await runDurableObjectAlarm(krxBook())).toBe(false);
  });

  it("[BK19] that the ledger did not take is begun by the alarm, later after each attempt", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const failing = Object.assign(ledger(), {
      startRun: () => Promise.reject(new Error("D1 is out of reach")),
    });
    const delays = await withBook(
      { ledger: failing, clock: { now: () => LATER } },
      async (book, storage): Promise<readonly number[]> => {
        const delay = async (): Promise<number> => ((await storage.getAlarm()) ?? 0) - LATER;
        await expect(book.run(EVENING_REQUEST)).rejects.toThrow("out of reach");
        const seen = [await delay()];
        await book.alarm();
        seen.push(await delay());
        await book.alarm();
        seen.push(await delay());
        return seen;
      },
    );
    expect(delays).toEqual([2_000, 4_000, 8_000]);
    expect(await rows()).toEqual([]);
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await rows()).toEqual([["cron", "done", null]]);
    expect(await runDurableObjectAlarm(krxBook())).toBe(false);
  });

  it("[BK19] that could not close a dead run is begun by the alarm", async ({ expect }) => {
    await importMarket(krxBook());
    await runInDurableObject(krxBook(), (_, { storage }) => {
      storage.sql.exec("INSERT INTO run_lock (id, run) VALUES (0, 'krx-dead')");
    });
    const failing = Object.assign(ledger(), {
      endRun: () => Promise.reject(new Error("D1 is out of reach")),
    });
    await withBook({ ledger: failing, clock: { now: () => LATER } }, async (book, storage) => {
      await expect(book.run(EVENING_REQUEST)).rejects.toThrow("out of reach");
      expect(await storage.getAlarm()).not.toBeNull();
    });
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await rows()).toEqual([["cron", "done", null]]);
  });

  it("[BK19] comes from the Cron Trigger to the active exchange's book", async ({ expect }) => {
    await importMarket(krxBook());
    await worker.scheduled(createScheduledController({ scheduledTime: EVENING }), env);
    expect(await rows()).toEqual([["cron", "done", null]]);
  });

  it("[JB21] that never came is made up for by the watch, once", async ({ expect }) => {
    await importMarket(krxBook());
    await watch(5);
    await watch(15);
    expect(await rows()).toEqual([["cron", "done", null]]);
  });

  it("[JB21] finds the alarm set again that the platform had forgotten: the watch has asked the book", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    await krxBook().run(ALL);
    await runInDurableObject(krxBook(), async (_, { storage }) => {
      storage.sql.exec("INSERT INTO alarm_set VALUES (0)");
      await storage.deleteAlarm();
    });
    await evictDurableObject(krxBook());
    await watch(5);
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await rows()).toEqual([["manual", "done", null]]);
  });
});
