/** What a gateway refuses, so that nobody makes it and the feed carry what nobody can use. */
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
});
