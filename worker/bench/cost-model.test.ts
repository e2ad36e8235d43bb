import { describe, it } from "vitest";
import { billOf, cost, OBJECT_REQUESTS, stormOf, USUAL } from "./cost-model.ts";

describe("the cost model", () => {
  it("[BN3] charges only what the plan does not include", ({ expect }) => {
    expect(cost(1e6, OBJECT_REQUESTS)).toBe(0);
    expect(cost(3e6, OBJECT_REQUESTS)).toBeCloseTo(0.3);
    expect(billOf({ ...USUAL, clients: 1, hz: 0, relays: null, streamMessages: 0 }).total).toBeCloseTo(5);
  });

  it("[BN3] a relay takes calls from the feed and costs something, whatever the size", ({ expect }) => {
    const direct = billOf({ ...USUAL, clients: 1_000_000, hz: 1, relays: null });
    const relayed = billOf({ ...USUAL, clients: 1_000_000, hz: 1, relays: 18 });
    expect([direct.feedCallsASecond, relayed.feedCallsASecond]).toEqual([1_000, 18]);
    expect(relayed.total).toBeGreaterThan(direct.total);
  });

  it("[BN3] a storm lasts as long as its slower part: the pauses or the gateways", ({ expect }) => {
    expect(stormOf(1_000, 1, 500, 5).seconds).toBe(5);
    expect(stormOf(2_000, 1, 200, 5).seconds).toBe(10);
  });
});
