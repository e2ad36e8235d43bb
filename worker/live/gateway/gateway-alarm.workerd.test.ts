/** What the alarm of a gateway does after a failure, on the storage and the sockets of a real object, with neighbours of the test's own. */
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, it } from "vitest";
import type { Fragment } from "../../app/ports/live.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import {
  closeSockets,
  gateway,
  openObjects,
  picture,
  priceFragment,
} from "../../testing/stage/live-objects.ts";
import { SocketClient } from "../../testing/stage/socket-client.ts";
import { SocketGateway } from "./gateway.ts";

beforeEach(openObjects);
afterEach(closeSockets);

const TEN_MINUTES = 600_000;

describe("the alarm of a gateway", () => {
  it("[WS6d] begins the latest values anew later where the new market's feed was out of reach at first", async ({
    expect,
  }) => {
    const lines: string[] = [];
    let [at, active]: [number, Exchange] = [Date.now(), "KRX"];
    let isDown = false;
    const want = (): Promise<readonly Fragment[]> =>
      isDown
        ? Promise.reject(new Error("away"))
        : Promise.resolve(active === "KRX" ? [priceFragment("000010", 3)] : []);
    await runInDurableObject(gateway("apac-ne/3"), async (_, ctx) => {
      const own = new SocketGateway(
        ctx,
        {},
        {
          clock: { now: () => at },
          log: { write: (level, event) => lines.push(`${level} ${event}`) },
          settings: {
            lastSwitch: () => Promise.resolve({ exchange: active, generation: active === "KRX" ? 1 : 2 }),
          },
          build: "test",
          feed: () => ({ want, tickers: () => Promise.resolve(null) }),
          topic: () => ({ subscribe: () => Promise.reject(new Error("No stream is asked here")) }),
        },
      );
      const request = new Request("http://radar.example/ws?subscribe=price:000010", {
        headers: { Upgrade: "websocket" },
      });
      const { webSocket } = await own.fetch(request);
      assert(webSocket, "The gateway takes sockets");
      const client = new SocketClient(webSocket);
      expect(picture(await client.next(3))).toEqual(["connected", "subscribed 3", "price_update 3"]);
      at += TEN_MINUTES;
      const [socket] = ctx.getWebSockets();
      assert(socket, "The object holds the socket");
      own.webSocketMessage(socket, '{"type":"ack","bytes":0}');
      [active, isDown] = ["DEMO", true];
      await own.alarm();
      expect(lines).toEqual(["warn feed_not_asked", "warn values_not_renewed"]);
      expect(await ctx.storage.getAlarm()).toBeLessThanOrEqual(at + 5_000);
      isDown = false;
      await own.alarm();
      expect(picture(await client.next(1))).toEqual(["reset 0"]);
      client.close();
    });
  });
});
