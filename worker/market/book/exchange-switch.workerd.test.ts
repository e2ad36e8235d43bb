/** A switch that dies at any of its steps: what the alarm of the next life of the book makes of it, on real storage. */
import { applyD1Migrations, reset, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { allGateways } from "../../adapters/durable/gateway-place.ts";
import { followSwitch } from "../../adapters/durable/switch-followers.ts";
import { D1Settings } from "../../adapters/d1/settings.ts";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";
import { makeMessage, makeSave } from "../../app/ports/scan-ledger.contract.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";

const NOW = Date.UTC(2099, 0, 1);
const settings = (): D1Settings => new D1Settings(env.DB);

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

const never = (): Promise<never> => new Promise(() => undefined);

/** A clock and a list of the calls to follow. */
function stage() {
  const at = { now: NOW };
  const followed: string[] = [];
  return {
    at,
    followed,
    clock: { now: () => at.now },
    followSwitch: (exchange: string): Promise<void> => {
      followed.push(exchange);
      return Promise.resolve();
    },
  };
}

/** What the streams and the gateways stand on. */
async function standing(): Promise<ReadonlySet<string>> {
  const topics = STREAMS.map(async (stream) => env.TOPIC.getByName(stream).stats());
  const gateways = allGateways().map(async (name) => env.GATEWAY.getByName(name).stats());
  const all = await Promise.all([...topics, ...gateways]);
  return new Set(all.map(({ applied }) => `${applied?.exchange ?? ""} ${applied?.generation ?? ""}`));
}

describe("a switch of the exchange", () => {
  it("[BK32] is recorded, followed and done with", async ({ expect }) => {
    const recorded = await krxBook().activate();
    expect(recorded).toEqual({ exchange: "KRX", generation: 1 });
    expect(await settings().lastSwitch()).toEqual(recorded);
    expect(await standing()).toEqual(new Set(["KRX 1"]));
    await runInDurableObject(krxBook(), (_, { storage }) => {
      expect(storage.sql.exec("SELECT * FROM switch_under_way").toArray()).toEqual([]);
    });
  });

  it("[BK32] that dies after it is recorded is followed by the next alarm", async ({ expect }) => {
    await withBook({ ...stage(), followSwitch: never }, async (book, storage) => {
      void book.activate();
      await expect.poll(async () => (await settings().lastSwitch()).generation).toBe(1);
      expect(await storage.getAlarm()).toBe(NOW + 2_000);
    });
    const next = stage();
    next.at.now += 2_000;
    await withBook(next, async (book, storage) => {
      await storage.deleteAlarm();
      await book.alarm();
      expect(next.followed).toEqual(["KRX"]);
      // What the dead process sent may still be recorded.
      expect(await storage.getAlarm()).toBe(next.at.now + 2_000);
      next.at.now += 8_000;
      await book.alarm();
      await book.alarm();
      expect(next.followed).toEqual(["KRX", "KRX"]);
    });
  });

  it("[BK32] that dies between two topics ends with all of them on it, and every gateway", async ({
    expect,
  }) => {
    await krxBook().activate();
    const half = async (): Promise<void> => {
      await env.TOPIC.getByName("signal:vcp").followSwitch();
      await never();
    };
    await withBook({ followSwitch: half }, async (book) => {
      void book.activate();
      await expect.poll(async () => (await standing()).size).toBe(2);
    });
    await withBook({ followSwitch: async (exchange) => followSwitch(env, exchange) }, async (book) =>
      book.alarm(),
    );
    expect(await standing()).toEqual(new Set(["KRX 2"]));
  });

  it("[BK32] that dies before it is recorded leaves an alarm that ends by itself", async ({ expect }) => {
    const dead = { lastSwitch: never, activeExchange: never, setActiveExchange: never, chooseFirst: never };
    await withBook({ ...stage(), settings: dead }, async (book, storage) => {
      void book.activate();
      await expect.poll(async () => storage.getAlarm()).toBe(NOW + 2_000);
    });
    expect((await settings().lastSwitch()).generation).toBe(0);
    const next = stage();
    next.at.now += 10_000;
    await withBook(next, async (book, storage) => {
      await book.alarm();
      await book.alarm();
      expect(next.followed).toEqual(["KRX"]);
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  it("[BK32] keeps its alarm while messages are published, and goes on after one who cannot follow", async ({
    expect,
  }) => {
    const away = () => Promise.reject(new Error("a topic is away"));
    await withBook({ ...stage(), followSwitch: away }, async (book, storage) => {
      await expect(book.activate()).rejects.toThrow("a topic is away");
      await ledger().save(
        makeSave({
          run: makeRun({ id: "k", exchange: "KRX" }),
          signals: [],
          events: [],
          outbox: [makeMessage({ id: "m", exchange: "KRX", topic: "market_gate" })],
        }),
      );
      await book.alarm();
      expect(await ledger().outboxAge("KRX")).toEqual({ waiting: 0, oldest: null });
      expect(await storage.getAlarm()).toBe(NOW + 2_000);
    });
  });

  it("[BK32] asks ever later while one cannot follow, and is done with when it has", async ({ expect }) => {
    const next = stage();
    const isAway = { topic: true };
    const follow = () => (isAway.topic ? Promise.reject(new Error("a topic is away")) : Promise.resolve());
    await withBook({ ...next, followSwitch: follow }, async (book, storage) => {
      await expect(book.activate()).rejects.toThrow("a topic is away");
      const waits: number[] = [];
      for (let ring = 0; ring < 9; ring++) {
        await storage.deleteAlarm();
        await book.alarm();
        const wait = ((await storage.getAlarm()) ?? 0) - next.at.now;
        waits.push(wait / 1_000);
        next.at.now += wait;
      }
      expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300]);
      isAway.topic = false;
      await book.alarm();
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  it("[BK32] of two that overlap the later recorded wins, whichever is followed last", async ({ expect }) => {
    const order: ExchangeSwitch[] = [];
    const slow = Promise.withResolvers<void>();
    const first = withBook(
      {
        followSwitch: async (exchange) => {
          await slow.promise;
          await followSwitch(env, exchange);
        },
      },
      async (book) => order.push(await book.activate()),
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    order.push(await env.MARKET_BOOK.getByName("DEMO").activate());
    slow.resolve();
    await first;
    const last = order.find(({ generation }) => generation === 2);
    expect(new Set(order.map(({ generation }) => generation))).toEqual(new Set([1, 2]));
    expect(await standing()).toEqual(new Set([`${last?.exchange} 2`]));
  });

  it("[BK32] is completed by the alarm that the platform keeps", async ({ expect }) => {
    await krxBook().activate();
    await settings().setActiveExchange("KRX");
    await runInDurableObject(krxBook(), async (_, { storage }) => {
      storage.sql.exec("INSERT INTO switch_under_way VALUES (1, ?)", Date.now());
      await storage.setAlarm(Date.now() + 60_000);
    });
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await standing()).toEqual(new Set(["KRX 2"]));
  });
});
