/** A renewal that failed or was lost with its process, on the storage and the sockets of a real object. */
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import {
  closeSockets,
  gateway,
  gatewayOver,
  openObjects,
  picture,
  type SeenMarket,
  watchedPrice,
} from "../../testing/stage/live-objects.ts";

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
      const market: SeenMarket = { at: Date.now(), active: "KRX", isDown: false };
      await runInDurableObject(gateway("apac-ne/3"), async (_, ctx) => {
        const own = gatewayOver(ctx, market);
        const { client, first } = await watchedPrice(own);
        expect(first).toEqual(["connected", "subscribed 3", "price_update 3"]);
        market.at += TEN_MINUTES;
        const [socket] = ctx.getWebSockets();
        assert(socket, "The object holds the socket");
        own.webSocketMessage(socket, '{"type":"ack","bytes":0}');
        [market.active, market.isDown] = ["DEMO", true];
        if (by === "alarm") {
          await own.alarm();
        } else {
          await expect(own.followSwitch()).rejects.toThrow("The feed could not be asked");
        }
        expect(await ctx.storage.getAlarm()).toBeLessThanOrEqual(market.at + 5_000);
        market.isDown = false;
        market.at += 5_000;
        await (life === "same life" ? own : gatewayOver(ctx, market)).alarm();
        expect(picture(await client.next(1))).toEqual(["reset 0"]);
        client.close();
      });
    },
  );
});
