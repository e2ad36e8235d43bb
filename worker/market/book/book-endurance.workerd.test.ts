/** An alarm of a book that throws more often than the platform repeats it: the book is alive again afterwards. */
import { beforeEach, describe, it, vi } from "vitest";
import type { Publisher } from "../../app/ports/live.ts";
import type { OutboxMessage } from "../../app/ports/scan-ledger.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshStores);

const clock = { now: (): number => Date.UTC(2099, 0, 1) };
const NO_TOPIC: Publisher = { publish: () => Promise.reject(new Error("away")) };
const TEN = Array.from({ length: 10 }, (_, n) => n);

/** A topic that takes everything. */
function recorder(): Publisher & { readonly got: OutboxMessage[] } {
  const got: OutboxMessage[] = [];
  const publish = (message: OutboxMessage): Promise<void> => {
    got.push(message);
    return Promise.resolve();
  };
  return { got, publish };
}

describe("an alarm of a book that throws", () => {
  it("[BK33] ten times in a row is a line each time, rings again, and then does what is due", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const topic = recorder();
    const log = new MemoryLog();
    let isAway = true;
    const publisher: Publisher = {
      publish: async (message, generation) => (isAway ? NO_TOPIC : topic).publish(message, generation),
    };
    await withBook({ publisher, log, clock }, async (book, storage) => {
      await book.run(ALL);
      const broken = vi.spyOn(storage.sql, "exec").mockImplementation(() => {
        throw new Error("disk I/O error");
      });
      for (const _ of TEN) {
        await storage.deleteAlarm();
        await book.alarm();
        expect(await storage.getAlarm()).toBeGreaterThan(clock.now());
      }
      broken.mockRestore();
      expect(log.lines.filter(({ event }) => event === "alarm_failed")).toHaveLength(10);
      isAway = false;
      await book.alarm();
      expect(topic.got.length).toBeGreaterThan(0);
      expect((await ledger().outboxAge("KRX")).waiting).toBe(0);
    });
  });

  it("[BK33] until the platform has forgotten it is set again by the next birth, and only then", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    await withBook({ publisher: NO_TOPIC, clock }, async (book, storage) => {
      await book.run(ALL);
      await storage.deleteAlarm();
    });
    const topic = recorder();
    await withBook({ publisher: topic, clock }, async (book, storage) => {
      await eventually(async () => expect(await storage.getAlarm()).toBeGreaterThan(clock.now()));
      await book.alarm();
      expect(topic.got.length).toBeGreaterThan(0);
      expect(await storage.getAlarm()).toBeNull();
    });
    await withBook({ publisher: topic, clock }, async (book, storage) => {
      book.summary();
      expect(await storage.getAlarm()).toBeNull();
    });
  });
});
