/** A renewal that failed or was lost with its process, on the storage and the sockets of a real object. */
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
  it.for([
    ["alarm", "same life"],
    ["alarm", "born anew"],
    ["switch", "same life"],
    ["switch", "born anew"],
  ] as const)(
    "[TP7] begins the latest values anew after a renewal that failed, learnt by %s: %s",
    async ([by, life], { expect }) => {
      let [at, active]: [number, Exchange] = [Date.now(), "KRX"];
      let isDown = false;
      const want = (): Promise<readonly Fragment[]> =>
        isDown
          ? Promise.reject(new Error("away"))
          : Promise.resolve(active === "KRX" ? [priceFragment("000010", 3)] : []);
      await runInDurableObject(gateway("apac-ne/3"), async (_, ctx) => {
        const born = (): SocketGateway =>
          new SocketGateway(
            ctx,
            {},
            {
              clock: { now: () => at },
              log: { write: () => undefined },
              settings: {
                lastSwitch: () => Promise.resolve({ exchange: active, generation: active === "KRX" ? 1 : 2 }),
              },
              build: "test",
              feed: () => ({ want, tickers: () => Promise.resolve(null) }),
              topic: () => ({ subscribe: () => Promise.reject(new Error("No stream is asked here")) }),
            },
          );
        const own = born();
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
        if (by === "alarm") {
          await own.alarm();
        } else {
          await expect(own.followSwitch()).rejects.toThrow("The feed could not be asked");
        }
        expect(await ctx.storage.getAlarm()).toBeLessThanOrEqual(at + 5_000);
        isDown = false;
        at += 5_000;
        await (life === "same life" ? own : born()).alarm();
        expect(picture(await client.next(1))).toEqual(["reset 0"]);
        client.close();
      });
    },
  );
});
