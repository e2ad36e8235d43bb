/** Runs whose beginning the ledger wrote, with the answer lost on its way back. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, it } from "vitest";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import {
  ALL,
  freshStores,
  importMarket,
  krxBook,
  ledger,
  lockHolder,
  withBook,
} from "../../testing/stage/krx-book.ts";

beforeEach(freshStores);

describe("a run whose beginning was written, and the answer lost", () => {
  it.for(["cron", "manual"] as const)(
    "[BK23] leaves no row that runs for ever: %s",
    async (kind, { expect }) => {
      await importMarket(krxBook());
      const real = ledger();
      const lossy: RunLedger = Object.assign(ledger(), {
        startRun: async (...args: Parameters<RunLedger["startRun"]>) => {
          await real.startRun(...args);
          throw new Error("Network connection lost");
        },
      });
      await withBook({ ledger: lossy }, async (book) => {
        await expect(book.run(kind === "cron" ? EVENING_REQUEST : ALL)).rejects.toThrow("lost");
      });
      await runDurableObjectAlarm(krxBook());
      await krxBook().run(ALL);
      await krxBook().progress();
      const statuses = (await real.runs("KRX", 9)).map(({ status }) => status);
      expect(statuses).not.toContain("running");
    },
  );

  it("[BK23] is closed by the alarm where the ledger is out of reach at first, and its failure is a line", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const real = ledger();
    const lossy: RunLedger = Object.assign(ledger(), {
      startRun: async (...args: Parameters<RunLedger["startRun"]>) => {
        await real.startRun(...args);
        throw new Error("Network connection lost");
      },
      endRun: () => Promise.reject(new Error("D1 is away")),
    });
    const log = new MemoryLog();
    await withBook({ ledger: lossy, log }, async (book, storage) => {
      await expect(book.run(ALL)).rejects.toThrow("lost");
      expect(await storage.getAlarm()).not.toBeNull();
    });
    expect(log.lines).toMatchObject([
      { event: "run_not_closed", fields: { exchange: "KRX", error: "D1 is away" } },
    ]);
    expect(await lockHolder()).not.toBeNull();
    await runDurableObjectAlarm(krxBook());
    const runs = await real.runs("KRX", 9);
    expect(runs.map(({ status, reason }) => [status, reason])).toEqual([["failed", "interrupted"]]);
    expect(await lockHolder()).toBeNull();
  });
});
