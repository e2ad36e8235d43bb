/** A gateway that sleeps behind its open sockets, on the real object inside workerd. */
import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, it } from "vitest";
import { PING_TEXT } from "../../protocol/messages/client-message.ts";
import { closeSockets, gateway, openObjects, subscribed } from "../../testing/stage/live-objects.ts";

beforeEach(openObjects);
afterEach(closeSockets);

/** In milliseconds; an object that the ping had woken would be at least this old. */
const PAUSE_MS = 300;

describe("a gateway that sleeps", () => {
  it("[WS12e] is not woken by a ping, which is answered all the same", async ({ expect }) => {
    const client = await subscribed();
    await evictDurableObject(gateway());
    client.send(PING_TEXT);
    expect(await client.next(1)).toEqual([{ type: "pong" }]);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const { uptimeMs, connections } = await gateway().stats();
    expect(connections).toBe(1);
    expect(uptimeMs).toBeLessThan(PAUSE_MS / 2);
  });
});
