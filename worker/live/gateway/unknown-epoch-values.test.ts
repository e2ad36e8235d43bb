/** Values of an epoch that the feed has not confirmed: which of them count once it has answered. */
import { describe, it } from "vitest";
import { FakeGatewayDeps, fragment, PRICE } from "../../testing/stage/fake-gateway-deps.ts";
import { LatestValueCache } from "./latest-value-cache.ts";
import { UnknownEpochValues } from "./unknown-epoch-values.ts";

describe("values of an epoch that the feed has not confirmed", () => {
  it("[WS6f] count when the market that became active is the one that was, though they came before the answer", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    await deps.settle();
    deps.wants.call(0).resolve([fragment(3, PRICE)]);
    await deps.settle();
    // A switch to the market that is active already; its feed answers late, and sends meanwhile.
    const renewed = latest.renew();
    await deps.settle();
    expect(latest.take([fragment(5, PRICE)])).toEqual([]);
    expect(latest.take([fragment(4, PRICE)])).toEqual([]);
    deps.wants.call(1).resolve([fragment(3, PRICE)]);
    expect([...(await renewed).values()]).toEqual([fragment(5, PRICE)]);
  });

  it("[WS6f] count when the answer names no value at all, once the feed has been asked again", ({
    expect,
  }) => {
    const values = new UnknownEpochValues();
    values.leave("e");
    values.add(fragment(1));
    expect(values.settle(null, null)).toEqual({ epoch: null, fragments: [], isSettled: false });
    values.markAsked();
    expect(values.settle("e", null)).toEqual({ epoch: "e", fragments: [fragment(1)], isSettled: true });
  });

  it("[WS5] answer nobody from before: a new socket waits until the feed has stated its epoch", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    await deps.settle();
    deps.wants.call(0).resolve([fragment(3, PRICE)]);
    await deps.settle();
    latest.take([fragment(1, PRICE, "born")]);
    latest.ask([{ session: "b", ask: 1, topic: PRICE, since: null }]);
    await deps.settle();
    expect(deps.received["b"]).toBeUndefined();
    deps.wants.call(1).resolve([fragment(2, PRICE, "born")]);
    await deps.settle();
    deps.wants.calls[2]?.resolve([fragment(2, PRICE, "born")]);
    await deps.settle();
    expect(deps.received["b"]).toEqual([[[1, 2, "2"]]]);
  });

  it("[WS5] of one topic the newest counts, and none of a market that was left replaces it", ({ expect }) => {
    const values = new UnknownEpochValues();
    values.leave("left");
    values.add(fragment(2));
    values.add(fragment(1));
    values.add(fragment(9, undefined, "left"));
    expect(values.settle("e", null)).toEqual({ epoch: "e", fragments: [fragment(2)], isSettled: true });
    values.add(fragment(9, undefined, "left"));
    expect(values.settle("e", "e")).toEqual({ epoch: "e", fragments: [], isSettled: true });
    values.add(fragment(1, undefined, "born"));
    expect(values.settle("e", "e")).toEqual({ epoch: "e", fragments: [], isSettled: false });
    values.markAsked();
    expect(values.settle(null, "e")).toEqual({
      epoch: "born",
      fragments: [fragment(1, undefined, "born")],
      isSettled: true,
    });
  });
});
