/** What one client can make a gateway write while a neighbour is away: its subscriptions fail, as many as it sends. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { assert } from "../../core/assert.ts";
import { SocketGateway } from "./gateway.ts";
import { SocketClient } from "../../testing/stage/socket-client.ts";

const away = new NeighbourError("Topic is away", { neighbour: "Topic", retryable: true });

describe("the log of a gateway", () => {
  it("[PF6] writes few rows for many subscriptions of one client while a Topic is away", async ({
    expect,
  }) => {
    let at = Date.now();
    const written = await runInDurableObject(env.GATEWAY.getByName("apac-ne/2"), async (_, ctx) => {
      const own = new SocketGateway(
        ctx,
        {},
        {
          clock: { now: () => at },
          log: { write: () => undefined },
          settings: { lastSwitch: () => Promise.resolve({ exchange: "KRX" as const, generation: 0 }) },
          build: "test",
          feed: () => ({ want: () => Promise.resolve([]), tickers: () => Promise.resolve(null) }),
          topic: () => ({ subscribe: () => Promise.reject(away) }),
        },
      );
      const { sql } = ctx.storage;
      sql.exec("CREATE TABLE written (n INTEGER)");
      sql.exec(
        "CREATE TRIGGER counting AFTER INSERT ON last_failure BEGIN INSERT INTO written VALUES (1); END",
      );
      const { webSocket } = await own.fetch(
        new Request("http://radar.example/ws", { headers: { Upgrade: "websocket" } }),
      );
      assert(webSocket, "The gateway takes sockets");
      const client = new SocketClient(webSocket);
      await client.next(1);
      const [socket] = ctx.getWebSockets();
      assert(socket, "The object holds the socket");
      const topics = ["signal:vcp", "market_gate"];
      for (let n = 0; n < 25; n++) {
        at += 1;
        const since = Object.fromEntries(topics.map((topic) => [topic, { epoch: `${n}`, seq: 1 }]));
        own.webSocketMessage(socket, JSON.stringify({ type: "subscribe", topics, since }));
      }
      await client.next(50);
      client.close();
      return sql.exec<{ n: number }>("SELECT count(*) AS n FROM written").one().n;
    });
    expect(written).toBeLessThanOrEqual(2);
  });
});
