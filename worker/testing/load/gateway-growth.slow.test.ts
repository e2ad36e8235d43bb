/** What one client costs a gateway grows with what it asks, and no faster, however many sockets it has. */
import { describe, it } from "vitest";
import { gatewayCosts, OPERATIONS } from "./gateway-growth.ts";

/** Work of the whole gateway (a call to the feed for several sockets at once) is shared out, so that a socket's share may fall. */
const MAX_GROWTH = 1.5;

describe("a client with many sockets of 512 topics", () => {
  it("[WS16] costs a socket the same with 100 sockets as with 10, whatever it does", async ({ expect }) => {
    const few = await gatewayCosts(10);
    const many = await gatewayCosts(100);
    for (const operation of OPERATIONS) {
      const growth = many[operation] / few[operation];
      expect(growth, `${operation}: ${few[operation]} to ${many[operation]}`).toBeLessThan(MAX_GROWTH);
    }
  });
});
