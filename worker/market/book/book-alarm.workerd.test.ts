/** The alarm behind a lock: on real storage, with a ledger that the test holds up where a run and a drain meet. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, it, vi } from "vitest";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { makeBase, makeEvent, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import {
  ALL,
  freshStores,
  importMarket,
  holdLedger,
  krxBook,
  ledger,
  withBook,
} from "../../testing/stage/krx-book.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshStores);

const clock = { now: (): number => Date.UTC(2099, 0, 1) };

describe("the alarm behind a lock", () => {
  it("[BK34] stands before the moves of a price are saved: their messages come out, also when the process died behind the save", async ({
    expect,
  }) => {
    const [day, bornOn] = [tradingDayOf(LAST_DAY + 3), LAST_DAY];
    const base = makeBase({ pivot: 2, entry: 1, stop: 0.5 });
    await importMarket(krxBook());
    const real = ledger();
    await real.saveMoves({
      exchange: "KRX",
      runId: "run-1",
      at: 1,
      signals: [makeSignal({ exchange: "KRX", ticker: "005930", bornOn, appliedOn: bornOn, base })],
      events: [makeEvent({ day: bornOn })],
      outbox: [],
      alerts: [],
    });
    const saved = vi.fn<() => void>();
    const dying: RunLedger = Object.assign(ledger(), {
      saveMoves: async (...args: Parameters<RunLedger["saveMoves"]>) => {
        await real.saveMoves(...args);
        saved();
        await new Promise(() => undefined);
      },
    });
    await withBook({ ledger: dying, clock }, async (book) => {
      const price = { ticker: "005930", price: 1.5, volume: 1, base: null };
      void book.tick({ day, elapsed: 0.5, prices: [price] });
      await eventually(() => {
        expect(saved).toHaveBeenCalled();
      });
    });
    expect(await real.outboxAge("KRX")).toMatchObject({ waiting: 1 });
    await evictDurableObject(krxBook());
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await real.outboxAge("KRX")).toMatchObject({ waiting: 0 });
  });

  it("[BK21] stands when a tick's drain begins after the run", async ({ expect }) => {
    const [day, bornOn] = [tradingDayOf(LAST_DAY + 3), LAST_DAY];
    const base = makeBase({ pivot: 2, entry: 1, stop: 0.5 });
    await ledger().saveMoves({
      exchange: "KRX",
      runId: "run-1",
      at: 1,
      signals: [makeSignal({ exchange: "KRX", ticker: "005930", bornOn, appliedOn: bornOn, base })],
      events: [makeEvent({ day: bornOn })],
      outbox: [],
      alerts: [],
    });
    await importMarket(krxBook());
    const [save, read] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
    const [saving, instruments] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const slow: RunLedger = Object.assign(ledger(), {
      saveMoves: async () => {
        saving();
        await save.promise;
      },
      endedSince: async () => {
        instruments();
        await read.promise;
        return [];
      },
    });
    await withBook(
      { ledger: slow, clock, publisher: { publish: () => Promise.resolve() } },
      async (book, storage) => {
        const tick = book.tick({
          day,
          elapsed: 0.5,
          prices: [{ ticker: "005930", price: 1.5, volume: 1, base: null }],
        });
        await eventually(() => expect(saving).toHaveBeenCalled());
        const running = book.run(ALL);
        await eventually(() =>
          expect(storage.sql.exec("SELECT run FROM run_lock").toArray()).toHaveLength(1),
        );
        save.resolve(null);
        await tick;
        await eventually(() => expect(instruments).toHaveBeenCalled());
        const [held, alarm] = [
          storage.sql.exec("SELECT run FROM run_lock").toArray().length,
          await storage.getAlarm(),
        ];
        read.resolve(null);
        await running;
        expect([held, alarm]).toEqual([1, clock.now() + 2_000]);
      },
    );
  });

  it("[BK21] stands when a question closes a dead run after the next run has begun", async ({ expect }) => {
    await importMarket(krxBook());
    await ledger().startRun(makeRun({ id: "krx-dead", exchange: "KRX", status: "running", asOf: null }));
    await runInDurableObject(krxBook(), (_, { storage }) => {
      storage.sql.exec("INSERT INTO run_lock (id, run) VALUES (0, 'krx-dead')");
    });
    const slow = holdLedger();
    await withBook({ ledger: slow.ledger, clock }, async (book, storage) => {
      const asked = book.progress();
      await eventually(() => expect(slow.endings()).toBe(1));
      const running = book.run(ALL);
      await eventually(() => expect(slow.readings()).toBeGreaterThan(0));
      slow.letEnd();
      await asked;
      const [held, alarm] = [
        storage.sql.exec("SELECT run FROM run_lock").toArray().length,
        await storage.getAlarm(),
      ];
      slow.letRead();
      await running;
      expect([held, alarm]).toEqual([1, clock.now() + 2_000]);
    });
  });
});

describe("a drain that a silent topic keeps", () => {
  it("[BK22] ends after ten seconds, and the run that waits for it is done", async ({ expect }) => {
    await importMarket(krxBook());
    const away = { publish: () => Promise.reject(new Error("away")) };
    let at = clock.now();
    const ticking = { now: (): number => (at += 1) };
    await withBook({ clock: ticking, publisher: away }, async (book) => book.run(ALL));
    let asked = 0;
    const silentOnce = {
      publish: (): Promise<void> => ((asked += 1) === 1 ? new Promise(() => undefined) : Promise.resolve()),
    };
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      await withBook({ clock: ticking, publisher: silentOnce }, async (book) => {
        const draining = book.alarm();
        await eventually(() => expect(asked).toBe(1));
        const ended = book.run(ALL).then(({ status }) => status);
        await vi.advanceTimersByTimeAsync(10_000);
        await draining;
        expect(await ended).toBe("done");
      });
    } finally {
      vi.useRealTimers();
    }
  });
});
