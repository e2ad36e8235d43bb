/** What a gateway refuses, so that nobody makes it and the feed carry what nobody can use. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { SOCKET_ADDRESS_HEADER } from "../../protocol/address-block.ts";
import { rowOn } from "../../testing/stage/book-store.ts";
import { closeSockets, connect, gateway, openObjects, picture } from "../../testing/stage/live-objects.ts";
import { openSocket, type SocketClient } from "../../testing/stage/socket-client.ts";

beforeEach(openObjects);
afterEach(closeSockets);

describe("the bounds of a gateway", () => {
  it("[WS3g] refuses prices of tickers that the book does not have, and none while the book is empty", async ({
    expect,
  }) => {
    const early = await connect(gateway("weur/0"), "/ws?subscribe=price:000099");
    expect(picture(await early.next(2))).toEqual(["connected", "subscribed 0"]);
    const rows = [{ ticker: "000010", columns: columnsOf([rowOn(1)]) }];
    await env.MARKET_BOOK.getByName("KRX").addHistory(rows, null);
    const client = await connect(gateway(), "/ws?subscribe=price:000010,price:000099");
    const answers = (await client.next(3)).slice(1);
    expect(picture(answers).toSorted()).toEqual(["error unknown_topic", "subscribed 0"]);
    client.send({ type: "subscribe", topics: ["price:000098", "price:000010", "price:D00001"] });
    expect(picture(await client.next(3)).toSorted()).toEqual([
      "error unknown_topic",
      "subscribed 0",
      "subscribed 0",
    ]);
    expect(await gateway().stats()).toMatchObject({
      subscriptions: { "price:000010": 1, "price:D00001": 1 },
    });
  });

  it("[WS13d] has at most 4,096 topics of one address", async ({ expect }) => {
    const names = Array.from({ length: 512 }, (_, n) => `price:0${String(n).padStart(5, "0")}`);
    const clients: SocketClient[] = [];
    let [taken, refused] = [0, 0];
    for (let n = 0; n < 10; n++) {
      const client = await openSocket(gateway(), "/ws", { [SOCKET_ADDRESS_HEADER]: "192.0.2.1" });
      clients.push(client);
      await client.next(1);
      for (const topics of [names.slice(0, 256), names.slice(256)]) {
        client.send({ type: "subscribe", topics, ack: true });
        const kinds = picture(await client.next(256));
        taken += kinds.filter((kind) => kind === "subscribed 0").length;
        refused += kinds.filter((kind) => kind === "error topic_limit").length;
      }
    }
    clients.forEach((client) => client.close());
    expect([taken, refused]).toEqual([4_096, 1_024]);
  });

  it("[WS13e] reads so much of one address and answers the rest with `rate`; others are read", async ({
    expect,
  }) => {
    const from = async (address: string): Promise<SocketClient> =>
      openSocket(gateway(), "/ws", { [SOCKET_ADDRESS_HEADER]: address });
    // Names that are no topics: where the message is read each is answered by itself.
    const topics = Array.from({ length: 256 }, (_, n) => `${"x".repeat(50)}${n}`);
    const units = JSON.stringify({ type: "subscribe", topics }).length;
    const clients = await Promise.all(Array.from({ length: 30 }, async () => from("192.0.2.7")));
    const first = Date.now();
    const answers = await Promise.all(
      clients.map(async (client) => {
        await client.next(1);
        client.send({ type: "subscribe", topics });
        return picture(await client.next(1))[0];
      }),
    );
    const refilled = ((Date.now() - first) / 1_000) * 32_768;
    const read = answers.filter((answer) => answer === "error unknown_topic").length;
    expect(read).toBeGreaterThanOrEqual(Math.floor(131_072 / units));
    expect(read).toBeLessThanOrEqual(Math.floor((131_072 + refilled) / units) + 1);
    expect(answers.filter((answer) => answer === "error rate").length).toBe(30 - read);
    const other = await from("192.0.2.8");
    await other.next(1);
    other.send({ type: "subscribe", topics });
    expect(new Set(picture(await other.next(256)))).toEqual(new Set(["error unknown_topic"]));
    [...clients, other].forEach((client) => client.close());
  });

  it("[WS16b] does a part in one turn of what twenty sockets ask for at once, and all of it soon after", async ({
    expect,
  }) => {
    const asking = await Promise.all(Array.from({ length: 20 }, async () => connect(gateway())));
    await Promise.all(asking.map(async (client) => client.next(1)));
    const atOnce = await runInDurableObject(gateway(), (live, state) => {
      state.getWebSockets().forEach((socket, n) => {
        const topics = Array.from(
          { length: 256 },
          (_, k) => `price:0${String(n * 256 + k).padStart(5, "0")}`,
        );
        live.webSocketMessage(socket, JSON.stringify({ type: "subscribe", topics, ack: true }));
      });
      return Object.keys(live.stats().subscriptions).length;
    });
    // The sockets themselves may have used a part of that turn.
    expect(atOnce).toBeLessThanOrEqual(9 * 256);
    const answers = await Promise.all(asking.map(async (client) => client.next(256)));
    expect(new Set(picture(answers.flat()))).toEqual(new Set(["subscribed 0"]));
    const { subscriptions } = await gateway().stats();
    expect(Object.keys(subscriptions).length).toBe(20 * 256);
  });
});
