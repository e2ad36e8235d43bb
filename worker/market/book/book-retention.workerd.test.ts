import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import type { PruneResult, Retention, RetentionBounds } from "../../app/ports/retention.ts";
import { dayOf, makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeMessage } from "../../app/ports/scan-ledger.contract.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { closing, history, rowsFrom } from "../../testing/stage/book-store.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";

beforeEach(freshStores);

const NOTHING = {
  messages: 0,
  actions: 0,
  runs: 0,
  gates: 0,
  signals: 0,
  events: 0,
  outcomes: 0,
  versions: 0,
};
/** Far enough away that no alarm rings by itself. */
const clock = { now: () => Date.UTC(2099, 0, 1) };

/** Of the book whose sessions are counted. */
const TICKER = "D00001";

/** Has more to delete for `steps` calls. */
class Steps implements Pick<Retention, "prune"> {
  readonly calls: RetentionBounds[] = [];
  readonly #steps: number;

  constructor(steps: number) {
    this.#steps = steps;
  }

  prune(_: unknown, bounds: RetentionBounds): Promise<PruneResult> {
    this.calls.push(bounds);
    return Promise.resolve({ deleted: NOTHING, more: this.calls.length < this.#steps });
  }
}

describe("the retention of a book's records", () => {
  it("[BK30] is one step after a run and one an alarm until nothing is left", async ({ expect }) => {
    await importMarket(krxBook());
    const retention = new Steps(3);
    await withBook({ retention, clock }, async (book, storage) => {
      await book.run(ALL);
      expect([retention.calls.length, await storage.getAlarm()]).toEqual([1, clock.now() + 2_000]);
      await book.alarm();
      expect([retention.calls.length, await storage.getAlarm()]).toEqual([2, clock.now() + 2_000]);
      await book.alarm();
      await book.alarm();
      expect([retention.calls.length, await storage.getAlarm()]).toEqual([3, null]);
    });
  });

  it("[BK30] goes on at the alarm of a book that was born again", async ({ expect }) => {
    await importMarket(krxBook());
    const before = new Steps(9);
    await withBook({ retention: before, clock }, async (book) => book.run(ALL));
    const after = new Steps(1);
    await withBook({ retention: after, clock }, async (book, storage) => {
      expect(await storage.getAlarm()).not.toBeNull();
      await book.alarm();
      expect([before.calls.length, after.calls.length, await storage.getAlarm()]).toEqual([1, 1, null]);
    });
  });

  it("[BK30] is in the way of no run: the book is free while it lasts", async ({ expect }) => {
    await importMarket(krxBook());
    const slow = Promise.withResolvers<PruneResult>();
    const begun = Promise.withResolvers<null>();
    let calls = 0;
    const retention: Pick<Retention, "prune"> = {
      prune: () => {
        calls += 1;
        begun.resolve(null);
        return calls === 1 ? slow.promise : Promise.resolve({ deleted: NOTHING, more: false });
      },
    };
    await withBook({ retention }, async (book) => {
      const first = book.run(ALL);
      await begun.promise;
      expect(await book.progress()).toMatchObject({ runId: null, stage: "idle" });
      expect(await book.run(ALL)).toMatchObject({ status: "done" });
      slow.resolve({ deleted: NOTHING, more: false });
      expect(await first).toMatchObject({ status: "done" });
    });
  });

  it("[BK30] that fails leaves a line and waits for the next run, which it does not fail", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const log = new MemoryLog();
    let failures = 1;
    let calls = 0;
    const retention: Pick<Retention, "prune"> = {
      prune: () => {
        calls += 1;
        return failures-- > 0
          ? Promise.reject(new Error("D1 is out of reach"))
          : Promise.resolve({ deleted: NOTHING, more: false });
      },
    };
    let now = clock.now();
    const rising = { now: () => (now += 1) };
    await withBook({ retention, clock: rising, log }, async (book, storage) => {
      expect(await book.run(ALL)).toMatchObject({ status: "done" });
      expect([calls, await storage.getAlarm()]).toEqual([1, null]);
      expect(log.lines.map(({ event }) => event)).toEqual(["records_not_pruned"]);
      expect(await book.run(ALL)).toMatchObject({ status: "done" });
      expect(calls).toBe(2);
    });
  });

  it("[BK30] never deletes a signal, event, outcome, run or gate of KRX, however old", async ({ expect }) => {
    await importMarket(krxBook());
    const old = dayOf("1999-01-04");
    const run = makeRun({ id: "old", exchange: "KRX", asOf: old, startedAt: 1, finishedAt: 2 });
    const signal = makeSignal({
      id: "old",
      exchange: "KRX",
      ticker: "005930",
      state: "FAILED",
      endedOn: old,
    });
    const outbox = [makeMessage({ id: "old", exchange: "KRX" })];
    await ledger().save({
      run,
      signals: [signal],
      events: [makeEvent({ signalId: "old" })],
      gate: makeGate({ day: old }),
      outbox,
      alerts: [],
    });
    await ledger().markPublished(["old"], 3);
    await env.DB.exec(
      "insert into owner_action (at, method, path, request_id) values (1, 'POST', '/', 'old')",
    );
    expect(await krxBook().run(ALL)).toMatchObject({ status: "done" });
    await evictDurableObject(krxBook());
    await runDurableObjectAlarm(krxBook());
    const count = async (what: string): Promise<unknown> =>
      env.DB.prepare(`select count(*) as n from ${what}`).first("n");
    expect(await ledger().signal("old")).not.toBeNull();
    expect(await ledger().events("old")).toHaveLength(1);
    expect((await ledger().gates("KRX", 9)).map(({ day }) => day)).toContain(old);
    expect(await ledger().run("old")).not.toBeNull();
    // What was sent and what the owner did are no part of the record.
    expect([await count("outbox where id = 'old'"), await count("owner_action")]).toEqual([0, 0]);
  });

  it.for([
    ["DEMO", 520],
    ["KRX", 541],
  ] as const)("[BK17] the book of %s holds %i of 541 sessions", async ([exchange, kept], { expect }) => {
    // Without a pause: the demo's own feed fills a book of which it is notified.
    const summary = await runInDurableObject(env.MARKET_BOOK.getByName(exchange), (instance) => {
      instance.addHistory([history(TICKER, rowsFrom(1, 520))], null);
      for (let day = 521; day <= 541; day++) {
        instance.closeDay(closing(day, [TICKER]), null);
      }
      return instance.summary();
    });
    expect(summary).toMatchObject({ sessions: kept, rows: kept, lastDay: 541 });
  });
});
