/** What the alarm of a gateway does after a failure, on the storage and the sockets of a real object, with neighbours of the test's own. */
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
  it("[WS6d] begins the latest values anew later where the new market's feed was out of reach at first", async ({
    expect,
  }) => {
    const lines: string[] = [];
    const market: SeenMarket = { at: Date.now(), active: "KRX", isDown: false };
    await runInDurableObject(gateway("apac-ne/3"), async (_, ctx) => {
      const own = gatewayOver(ctx, market, (level, event) => lines.push(`${level} ${event}`));
      const { client, first } = await watchedPrice(own);
      expect(first).toEqual(["connected", "subscribed 3", "price_update 3"]);
      market.at += TEN_MINUTES;
      const [socket] = ctx.getWebSockets();
      assert(socket, "The object holds the socket");
      own.webSocketMessage(socket, '{"type":"ack","bytes":0}');
      [market.active, market.isDown] = ["DEMO", true];
      await own.alarm();
      expect(lines).toEqual(["warn feed_not_asked", "warn values_not_renewed"]);
      expect(await ctx.storage.getAlarm()).toBeLessThanOrEqual(market.at + 5_000);
      market.isDown = false;
      await own.alarm();
      expect(picture(await client.next(1))).toEqual(["reset 0"]);
      client.close();
    });
  });
});
