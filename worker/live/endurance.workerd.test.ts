/** An alarm of a topic or a gateway that throws more often than the platform repeats it: the object is alive again afterwards. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { assert } from "../core/assert.ts";
import { MemoryLog } from "../testing/memory/memory-log.ts";
import { closeSockets, gateway, openObjects } from "../testing/stage/live-objects.ts";
import { SocketClient } from "../testing/stage/socket-client.ts";
import { SocketGateway } from "./gateway/gateway.ts";
import { TopicStream } from "./topic/topic.ts";
import { eventually } from "../testing/eventually.ts";

beforeEach(openObjects);
afterEach(closeSockets);

const TEN = Array.from({ length: 10 }, (_, n) => n);
const NOW = Date.UTC(2099, 0, 1);
const clock = { now: (): number => NOW };
const SETTINGS = { lastSwitch: () => Promise.resolve({ exchange: "KRX", generation: 0 } as const) };

/** The alarm ten times, each forgotten by the platform. */
async function ringTen(
  object: { alarm(): Promise<void> },
  storage: DurableObjectStorage,
  after: (rings: Promise<void>) => Promise<void>,
): Promise<void> {
  for (const _ of TEN) {
    await storage.deleteAlarm();
    await after(object.alarm());
  }
}

describe("an alarm of a topic that throws", () => {
  it("[TP14] rings again, is set by the next birth, and then reaches the gateway", async ({ expect }) => {
    await runInDurableObject(env.TOPIC.getByName("endurance"), async (_, ctx) => {
      const log = new MemoryLog();
      let isAway = true;
      const delivered: number[] = [];
      const born = (): TopicStream =>
        new TopicStream(ctx, env, {
          clock,
          log,
          settings: SETTINGS,
          build: "test",
          book: () => ({ snapshots: () => Promise.resolve([]) }),
          gateway: () => ({
            deliver: ({ fragments }) => {
              delivered.push(...(isAway ? [] : fragments.map(({ seq }) => seq)));
              return isAway ? Promise.reject(new Error("away")) : Promise.resolve(true);
            },
          }),
        });
      const topic = born();
      topic.subscribe("apac-ne/0", null);
      await topic.publish({ id: "m:1", exchange: "KRX", body: '{"type":"x"}' });
      await eventually(() => expect(log.lines).toHaveLength(1));
      const broken = vi.spyOn(ctx.storage.sql, "exec").mockImplementation(() => {
        throw new Error("disk I/O error");
      });
      await ringTen(topic, ctx.storage, async (rings) => {
        await rings;
        expect(await ctx.storage.getAlarm()).toBe(NOW + 5_000);
      });
      broken.mockRestore();
      expect(log.lines.filter(({ event }) => event === "alarm_failed")).toHaveLength(10);

      const full = vi.spyOn(ctx.storage, "setAlarm").mockRejectedValue(new Error("disk full"));
      await ringTen(topic, ctx.storage, async (rings) => expect(rings).rejects.toThrow("disk full"));
      full.mockRestore();
      expect(await ctx.storage.getAlarm()).toBeNull();
      const next = born();
      await eventually(async () => expect(await ctx.storage.getAlarm()).toBe(NOW + 5_000));
      isAway = false;
      await next.alarm();
      expect(delivered).toEqual([1]);
    });
  });
});

describe("an alarm of a gateway that throws", () => {
  it("[TP14] is set by the next birth while a socket is not settled", async ({ expect }) => {
    await runInDurableObject(gateway("apac-ne/3"), async (_, ctx) => {
      const born = (): SocketGateway =>
        new SocketGateway(
          ctx,
          {},
          {
            clock,
            log: new MemoryLog(),
            settings: SETTINGS,
            build: "test",
            feed: () => ({ want: () => Promise.resolve([]), tickers: () => Promise.resolve(null) }),
            topic: () => ({ subscribe: () => Promise.reject(new Error("No stream is asked here")) }),
          },
        );
      const own = born();
      const { webSocket } = await own.fetch(
        new Request("http://radar.example/ws", { headers: { Upgrade: "websocket" } }),
      );
      assert(webSocket, "The gateway takes sockets");
      const client = new SocketClient(webSocket);
      await client.next(1);
      const [socket] = ctx.getWebSockets();
      await eventually(() => expect(socket?.deserializeAttachment()).not.toBeNull());
      const full = vi.spyOn(ctx.storage, "setAlarm").mockRejectedValue(new Error("disk full"));
      await ringTen(own, ctx.storage, async (rings) => expect(rings).rejects.toThrow("disk full"));
      full.mockRestore();
      expect(await ctx.storage.getAlarm()).toBeNull();
      born();
      await eventually(async () => expect(await ctx.storage.getAlarm()).toBe(NOW + 5_000));
      client.close();
    });
  });
});
