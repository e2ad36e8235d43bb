/** A database that answers every statement with an error for a minute: every failure is named, nothing is lost, and all catches up by itself. */
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import * as v from "valibot";
import { beforeEach, describe, it } from "vitest";
import { scheduledScan } from "../app/jobs/scheduled-scan.ts";
import { D1ScanLedger } from "../adapters/d1/scan-ledger.ts";
import type { Publisher } from "../app/ports/live.ts";
import type { ScanRun, ScanSave } from "../app/ports/scan-ledger.ts";
import { composeBook, composeFeed, composeGateway, composeHttp, composeScheduledScan } from "../compose.ts";
import { assert } from "../core/assert.ts";
import { makeApp } from "../http/app.ts";
import { SocketGateway } from "../live/gateway/gateway.ts";
import { Problem } from "../protocol/rest/problem.ts";
import { API } from "./memory/documented-api.ts";
import { MemoryLog } from "./memory/memory-log.ts";
import { ask, asOwner } from "./stage/ask.ts";
import { DatabaseOutage } from "./stage/database-outage.ts";
import { doneRuns, freshDemo, onStage } from "./stage/demo-stage.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "./stage/krx-book.ts";
import { SocketClient } from "./stage/socket-client.ts";

const NOW = Date.UTC(2099, 0, 1);
const FROM_D1 = { neighbour: "D1", retryable: true };

/** A topic that knows a message by its id, as the real one. */
function topic(): Publisher & { readonly ids: Set<string> } {
  const ids = new Set<string>();
  const publish = (message: { readonly id: string }): Promise<void> => {
    ids.add(message.id);
    return Promise.resolve();
  };
  return { ids, publish };
}

describe("a scan while the database is away", () => {
  beforeEach(freshStores);

  it("[JB22] is refused by name, leaves no run that goes on, and the next one is whole", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const outage = new DatabaseOutage();
    const log = new MemoryLog();
    const publisher = topic();
    let now = NOW;
    const ports = { ...composeBook(outage.env), log, publisher, clock: { now: () => now } };
    await withBook(ports, async (book, storage) => {
      outage.isDown = true;
      for (const _ of Array.from({ length: 6 })) {
        await expect(book.run(ALL)).rejects.toMatchObject(FROM_D1);
        await book.alarm();
        expect(await storage.getAlarm()).toBeGreaterThan(now);
        now += 10_000;
      }
      expect(book.failures()).toMatchObject([{ neighbour: "D1" }]);
      outage.isDown = false;
      await book.alarm();
      expect((await ledger().runs("KRX", 100)).filter(({ status }) => status === "running")).toEqual([]);
      expect(await book.run(ALL)).toMatchObject({ status: "done" });
      expect(publisher.ids.size).toBeGreaterThan(1);
      expect((await ledger().outboxAge("KRX")).waiting).toBe(0);
    });
    expect(outage.refused).toBeGreaterThan(10);
  });

  it("[JB22] that loses it at its beginning is closed when it is back", async ({ expect }) => {
    await importMarket(krxBook());
    const outage = new DatabaseOutage();
    const real = new D1ScanLedger(outage.env.DB);
    const losing = Object.assign(new D1ScanLedger(outage.env.DB), {
      startRun: async (run: ScanRun) => {
        outage.isDown = true;
        await real.startRun(run);
      },
    });
    const log = new MemoryLog();
    const ports = { ...composeBook(outage.env), ledger: losing, log, clock: { now: () => NOW } };
    await withBook(ports, async (book, storage) => {
      await expect(book.run(ALL)).rejects.toMatchObject(FROM_D1);
      expect(log.lines.map(({ event }) => event)).toContain("run_not_closed");
      expect(await storage.getAlarm()).toBeGreaterThan(NOW);
      outage.isDown = false;
      await book.alarm();
    });
    expect((await ledger().runs("KRX", 9)).filter(({ status }) => status === "running")).toEqual([]);
  });

  it("[JB22] that loses it before its save saves nothing, and is closed when it is back", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const outage = new DatabaseOutage();
    const real = new D1ScanLedger(outage.env.DB);
    const losing = Object.assign(new D1ScanLedger(outage.env.DB), {
      save: async (save: ScanSave) => {
        outage.isDown = true;
        await real.save(save);
      },
    });
    const ports = {
      ...composeBook(outage.env),
      ledger: losing,
      clock: { now: () => NOW },
      publisher: topic(),
    };
    await withBook(ports, async (book) => {
      await expect(book.run(ALL)).rejects.toMatchObject(FROM_D1);
      await book.alarm();
      outage.isDown = false;
      await book.alarm();
    });
    expect(await ledger().runs("KRX", 9)).toMatchObject([
      { status: "failed", saved: 0, reason: "interrupted" },
    ]);
    expect((await ledger().outboxAge("KRX")).waiting).toBe(0);
  });

  it("[JB22] that has saved is published when it is back, each message once", async ({ expect }) => {
    await importMarket(krxBook());
    const outage = new DatabaseOutage();
    const publisher = topic();
    let isFirst = true;
    const losing: Publisher = {
      publish: async (message, generation) => {
        await publisher.publish(message, generation);
        // The first message is published, and its mark is lost.
        outage.isDown = isFirst;
        isFirst = false;
      },
    };
    const ports = { ...composeBook(outage.env), publisher: losing, clock: { now: () => NOW } };
    await withBook(ports, async (book, storage) => {
      expect(await book.run(ALL)).toMatchObject({ status: "done" });
      expect(publisher.ids.size).toBe(1);
      outage.isDown = true;
      await book.alarm();
      expect(await storage.getAlarm()).toBeGreaterThan(NOW);
      outage.isDown = false;
      const { waiting } = await ledger().outboxAge("KRX");
      await book.alarm();
      expect(publisher.ids.size).toBe(waiting);
      expect((await ledger().outboxAge("KRX")).waiting).toBe(0);
    });
  });

  it("[JB22] of the clock is tried again for a minute and a half", async ({ expect }) => {
    await importMarket(krxBook());
    const outage = new DatabaseOutage();
    const log = new MemoryLog();
    let waited = 0;
    outage.isDown = true;
    await scheduledScan({
      ...composeScheduledScan(outage.env),
      log,
      wait: (ms) => {
        waited += ms;
        outage.isDown = waited < 60_000;
        return Promise.resolve();
      },
    });
    expect(log.lines.map(({ event }) => event)).toEqual([
      "scheduled_scan_failed",
      "scheduled_scan_failed",
      "scheduled_scan_failed",
      "scheduled_scan_ended",
    ]);
    expect(await ledger().runs("KRX", 9)).toMatchObject([{ kind: "cron", status: "done" }]);
  });
});

describe("the demo while the database is away", () => {
  beforeEach(freshDemo);

  it("[JB22] [FD21] stands still, and ends its session once when it is back", async ({ expect }) => {
    await onStage(async (stage) => {
      const outage = new DatabaseOutage();
      await stage.ready();
      const before = await doneRuns();
      const { settings, instruments } = composeFeed(outage.env);
      const feed = stage.birth({ settings, instruments });
      await feed.want("a", ["feed"]);
      await stage.live(feed, 1_000);
      outage.isDown = true;
      const until = stage.now + 60_000;
      let failed = 0;
      while (stage.now < until) {
        stage.now = (await stage.storage.getAlarm()) ?? until;
        await feed.alarm().catch(() => {
          failed += 1;
        });
      }
      expect(failed).toBeGreaterThanOrEqual(12);
      expect(await feed.failures()).toMatchObject([{ neighbour: "D1", event: "step_failed" }]);
      outage.isDown = false;
      await feed.want("a", []);
      // 59 s of the session are left: the time of the outage has not passed.
      await stage.live(feed, 50_000);
      expect([await doneRuns(), (await feed.status()).session]).toEqual([before, "open"]);
      await stage.live(feed, 15_000);
      expect([await doneRuns(), (await feed.status()).session]).toEqual([before + 1, "break"]);
    });
  });
});

describe("sockets while the database is away", () => {
  beforeEach(freshStores);

  it("[JB22] are taken in by a gateway that knows the exchange; another one names the database", async ({
    expect,
  }) => {
    const outage = new DatabaseOutage();
    const upgrade = (): Request =>
      new Request("http://radar.example/ws?subscribe=scan", { headers: { Upgrade: "websocket" } });
    await runInDurableObject(env.GATEWAY.getByName("weur/1"), async (_, ctx) => {
      const born = (): SocketGateway => new SocketGateway(ctx, {}, composeGateway(outage.env));
      outage.isDown = true;
      await expect(born().fetch(upgrade())).rejects.toMatchObject(FROM_D1);
      outage.isDown = false;
      expect((await born().fetch(upgrade())).status).toBe(101);
      outage.isDown = true;
      const { webSocket } = await born().fetch(upgrade());
      assert(webSocket, "The gateway takes sockets");
      const client = new SocketClient(webSocket);
      expect(await client.next(1)).toMatchObject([{ type: "connected", exchange: "KRX" }]);
      client.close();
    });
  });
});

describe("REST while the database is away", () => {
  beforeEach(freshStores);

  it("[JB22] names it in every answer that needs it, and answers again when it is back", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    await krxBook().run(ALL);
    const outage = new DatabaseOutage();
    const ports = { ...composeHttp(outage.env), log: new MemoryLog() };
    const app = makeApp(ports);
    const token = ports.ownerToken ?? "";
    outage.isDown = true;
    let unavailable = 0;
    for (const { method, path, owner, example } of API.filter((route) => route.path.startsWith("/api/"))) {
      const init = owner === true ? asOwner(token, method.toUpperCase()) : { method: method.toUpperCase() };
      const { status, json } = await ask(app, example.path, init);
      if (status >= 500) {
        unavailable += 1;
        const { neighbour } = v.parse(Problem, json);
        expect([path, status, neighbour]).toEqual([path, 503, "D1"]);
      }
    }
    expect(unavailable).toBeGreaterThan(10);
    const { json } = await ask(app, "/api/health");
    expect(json).toMatchObject({ neighbour: "D1", detail: "D1 does not answer." });
    outage.isDown = false;
    expect((await ask(app, "/api/health")).status).toBe(200);
    expect((await ask(app, "/api/kr/signals")).status).toBe(200);
  });
});
