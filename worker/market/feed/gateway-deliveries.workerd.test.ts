/** What a feed writes while a gateway is away: a delivery fails with every step, four a second. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { seqOf } from "../../app/ports/live.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { FailureLog } from "../../platform/logs.ts";
import { GatewayDeliveries } from "./gateway-deliveries.ts";
import { WantedTopics } from "./wanted-topics.ts";

describe("deliveries", () => {
  it("[PF6] write few rows while a gateway is away", async ({ expect }) => {
    const written = await runInDurableObject(env.MARKET_FEED.getByName("KRX"), async (_, { storage }) => {
      let at = 1;
      const log = new FailureLog(storage.sql, { write: () => undefined }, () => at);
      storage.sql.exec("CREATE TABLE written (n INTEGER)");
      storage.sql.exec(
        "CREATE TRIGGER counting AFTER INSERT ON last_failure BEGIN INSERT INTO written VALUES (1); END",
      );
      const wanted = new WantedTopics(storage);
      wanted.set("apac-ne/0", ["feed"], 1);
      const value = { topic: "feed", epoch: "e", seq: seqOf(1), text: "{}" };
      const away = new NeighbourError("Gateway failed to deliver: reset", {
        neighbour: "Gateway",
        retryable: true,
      });
      const deliveries = new GatewayDeliveries({
        wanted,
        log,
        gateway: () => ({ deliver: () => Promise.reject(away) }),
        current: () => value,
      });
      for (let step = 0; step < 240; step++) {
        at += 250;
        deliveries.send(new Map([["feed", value]]));
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM written").one().n;
    });
    // A minute of steps.
    expect(written).toBeLessThanOrEqual(2);
  });
});
