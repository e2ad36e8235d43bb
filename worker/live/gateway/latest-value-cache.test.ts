/** What a gateway knows of latest values: what is advertised to the feed, which epoch is the present one, and which socket gets what. */
import { describe, it, vi } from "vitest";
import type { Fragment } from "../../app/ports/live.ts";
import { FakeGatewayDeps, fragment, PRICE } from "../../testing/stage/fake-gateway-deps.ts";
import { LatestValueCache } from "./latest-value-cache.ts";

/** One listener of a price, and the feed has answered once. */
async function advertised(
  current: readonly Fragment[],
): Promise<{ deps: FakeGatewayDeps; latest: LatestValueCache }> {
  const deps = new FakeGatewayDeps();
  const latest = new LatestValueCache(deps);
  deps.wantedNow.add(PRICE);
  latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
  deps.wants.call(0).resolve(current);
  await deps.settle();
  return { deps, latest };
}

describe("LatestValueCache", () => {
  it("[WS4e] answers with the current value, and with the newer one when a delivery overtook it", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE).add("scan");
    latest.ask([
      { session: "a", ask: 1, topic: PRICE, since: null },
      { session: "a", ask: 2, topic: "scan", since: null },
    ]);
    latest.take([fragment(9, PRICE)]);
    deps.wants.call(0).resolve([fragment(8, PRICE)]);
    await deps.settle();
    latest.ask([{ session: "b", ask: 1, topic: PRICE, since: null }]);
    expect(deps.received).toEqual({
      a: [
        [
          [1, 9, "9"],
          [2, 0],
        ],
      ],
      b: [[[1, 9, "9"]]],
    });
    expect(deps.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE, "scan"]]);
  });

  it("[WS5] takes a value only when it is newer than the one it has", async ({ expect }) => {
    const { latest } = await advertised([fragment(1, PRICE)]);
    const taken = [2, 3, 3, 1, 4].map((seq) => latest.take([fragment(seq, PRICE)]).length);
    expect(taken).toEqual([1, 1, 0, 0, 1]);
    expect(latest.take([fragment(9, "scan")])).toEqual([]);
  });

  it("[WS5] asks the feed when a value comes in another epoch: a feed born anew is followed, a late value dropped", async ({
    expect,
  }) => {
    const { deps, latest } = await advertised([fragment(5, PRICE)]);
    expect(latest.take([fragment(1, PRICE, "f")])).toEqual([]);
    expect(latest.take([fragment(2, PRICE, "f")])).toEqual([]);
    deps.wants.call(1).resolve([fragment(1, PRICE, "f")]);
    await deps.settle();
    expect(deps.passed.at(-1)?.at(-1)).toEqual(fragment(2, PRICE, "f"));
    const before = deps.passed.length;
    expect(latest.take([fragment(6, PRICE)])).toEqual([]);
    deps.wants.call(2).resolve([fragment(2, PRICE, "f")]);
    await deps.settle();
    expect(deps.passed).toHaveLength(before);
    expect(latest.take([fragment(3, PRICE, "f")])).toHaveLength(1);
  });

  it("[WS5] asks again when the feed may have been born anew after it answered", async ({ expect }) => {
    const { deps, latest } = await advertised([fragment(5, PRICE)]);
    deps.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    latest.take([fragment(1, PRICE, "f")]);
    deps.wants.call(1).resolve([fragment(5, PRICE)]);
    await deps.settle();
    deps.wants.call(2).resolve([fragment(1, PRICE, "f")]);
    await deps.settle();
    expect(deps.passed.at(-1)).toEqual([fragment(1, PRICE, "f")]);
  });

  it("[WS4e] hands on to all listeners what one listener's question brought to light", async ({ expect }) => {
    const { deps, latest } = await advertised([fragment(5, PRICE)]);
    deps.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    deps.wants.call(1).resolve([fragment(6, PRICE), fragment(1, "scan")]);
    await deps.settle();
    expect(deps.passed.at(-1)).toEqual([fragment(6, PRICE), fragment(1, "scan")]);
  });

  it("[WS4e] advertises to the feed again a topic that the call on its way leaves out", async ({
    expect,
  }) => {
    const { deps, latest } = await advertised([fragment(5, PRICE)]);
    deps.wantedNow.delete(PRICE);
    deps.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "c", ask: 1, topic: PRICE, since: null }]);
    deps.wants.call(1).resolve([fragment(1, "scan")]);
    await deps.settle();
    deps.wants.call(2).resolve([fragment(1, "scan"), fragment(6, PRICE)]);
    await deps.settle();
    expect(deps.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE], ["scan"], ["scan", PRICE]]);
    expect(deps.received["c"]).toEqual([[[1, 6, "6"]]]);
  });

  it("[WS6c] rejects when the feed of the market that became active could not be asked", async ({
    expect,
  }) => {
    const { deps, latest } = await advertised([fragment(5, PRICE)]);
    const renewed = latest.renew();
    deps.wants.call(1).reject(new Error("away"));
    await expect(renewed).rejects.toMatchObject({ name: "NeighbourError", retryable: true });
  });

  it("[WS6c] hands on nothing that a market sends which was left, and everything of one that is active again", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.take([fragment(5, PRICE, "left")]);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    const renewed = latest.renew();
    await deps.settle();
    // The answer to the question of before, then the one to the question after the switch.
    deps.wants.call(0).resolve([fragment(6, PRICE, "left")]);
    await deps.settle();
    expect(latest.take([fragment(7, PRICE, "left")])).toEqual([]);
    for (const { resolve } of deps.wants.calls.slice(1)) {
      resolve([fragment(1, PRICE, "new")]);
    }
    expect([...(await renewed).values()]).toEqual([fragment(1, PRICE, "new")]);
    await deps.settle();
    expect(deps.received).toEqual({ a: [[[1, 1, "1"]]] });
    expect(latest.take([fragment(8, PRICE, "left"), fragment(2, PRICE, "new")])).toEqual([
      fragment(2, PRICE, "new"),
    ]);
    // The first value of a market that comes before the switch to it is not void.
    latest.take([fragment(1, PRICE, "third")]);
    const again = latest.renew();
    deps.wants.calls.at(-1)?.resolve([fragment(1, PRICE, "third")]);
    expect([...(await again).values()]).toEqual([fragment(1, PRICE, "third")]);
  });

  it("[WS4e] has one call on its way after a renewal too, whenever the answer to the call of before comes", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    const renewed = latest.renew();
    deps.wants.call(0).resolve([fragment(6, PRICE, "left")]);
    await deps.settle();
    deps.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    await deps.settle();
    expect(deps.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE], [PRICE]]);
    deps.wants.call(1).resolve([fragment(1, PRICE, "new")]);
    await deps.settle();
    expect(deps.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE], [PRICE], [PRICE, "scan"]]);
    deps.wants.call(2).resolve([fragment(1, PRICE, "new")]);
    expect([...(await renewed).values()]).toEqual([fragment(1, PRICE, "new")]);
    await deps.settle();
    expect(deps.received).toEqual({ a: [[[1, 1, "1"]]], b: [[[1, 0]]] });
  });

  it("[WS6c] is renewed although the call of before fails meanwhile, and logs that failure", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    const renewed = latest.renew();
    deps.wants.call(1).resolve([fragment(1, PRICE, "new")]);
    deps.wants.call(0).reject(new Error("away"));
    expect([...(await renewed).values()]).toEqual([fragment(1, PRICE, "new")]);
    await deps.settle();
    expect([deps.received, deps.watched]).toEqual([{ a: [[[1, 1, "1"]]] }, []]);
    expect(deps.lines).toEqual([["warn", "feed_not_asked", { topics: 1, error: "away" }]]);
  });

  it("[WS4e] has one call on its way, and advertises to the feed again what came or went during it", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    deps.wantedNow.add("feed");
    latest.ask([{ session: "a", ask: 2, topic: "feed", since: null }]);
    deps.wantedNow.delete(PRICE);
    latest.leave([PRICE]);
    deps.wants.call(0).resolve([fragment(1, PRICE)]);
    await deps.settle();
    deps.wants.call(1).resolve([fragment(1, "feed")]);
    await deps.settle();
    expect(deps.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE], ["feed"]]);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 3, topic: PRICE, since: null }]);
    deps.wants.call(2).reject(new Error("away"));
    await deps.settle();
    expect(deps.received["a"]?.slice(1)).toEqual([[[2, 1, "1"]], "failed"]);
    expect(deps.lines).toEqual([["warn", "feed_not_asked", { topics: 2, error: "away" }]]);
  });

  it("[WS16a] advertises four times at once and then once in 250 ms, whatever comes and goes", async ({
    expect,
  }) => {
    vi.useFakeTimers();
    try {
      const deps = new FakeGatewayDeps();
      const latest = new LatestValueCache(deps);
      deps.want = (topics) => {
        deps.wants.calls.push({ asked: topics, resolve: () => undefined, reject: () => undefined });
        return Promise.resolve([]);
      };
      const comeAndGo = async (): Promise<void> => {
        deps.wantedNow.add(PRICE);
        latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
        await deps.settle();
        deps.wantedNow.delete(PRICE);
        latest.leave([PRICE]);
        await deps.settle();
      };
      for (let n = 0; n < 100; n++) {
        await comeAndGo();
      }
      expect(deps.wants.calls).toHaveLength(4);
      for (let n = 0; n < 100; n++) {
        deps.at += 10;
        await vi.advanceTimersByTimeAsync(10);
        await comeAndGo();
      }
      expect(deps.wants.calls).toHaveLength(8);
      deps.at += 250;
      await vi.advanceTimersByTimeAsync(250);
      expect(deps.wants.calls.at(-1)?.asked).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("[WS4e] advertises again to a feed that may have forgotten, with the next listener after a minute", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const latest = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    deps.wants.call(0).resolve([fragment(50, PRICE)]);
    await deps.settle();
    deps.at += 60_001;
    latest.ask([{ session: "b", ask: 1, topic: PRICE, since: null }]);
    deps.wants.call(1).resolve([fragment(2, PRICE, "f")]);
    await deps.settle();
    expect(deps.received["b"]).toEqual([[[1, 2, "2"]]]);
  });
});

describe("two renewals at once", () => {
  it("[TP8] of which one overtakes the other end with the failure of the later one", async ({ expect }) => {
    const deps = new FakeGatewayDeps();
    const cache = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    const first = cache.renew().then(
      (values) => `values: ${values.size}`,
      () => "rejected",
    );
    const second = cache.renew().then(
      (values) => `values: ${values.size}`,
      () => "rejected",
    );
    deps.wants.call(0).resolve([fragment(1, PRICE, "old")]);
    await deps.settle();
    const early = await Promise.race([first, Promise.resolve("still waits")]);
    deps.wants.call(1).reject(new Error("away"));
    await deps.settle();
    expect([early, await second]).toEqual(["still waits", "rejected"]);
  });

  it("[TP8] of which one overtakes the other end with the values of the later one", async ({ expect }) => {
    const deps = new FakeGatewayDeps();
    const cache = new LatestValueCache(deps);
    deps.wantedNow.add(PRICE);
    const renewals = [cache.renew(), cache.renew()];
    deps.wants.call(0).resolve([]);
    await deps.settle();
    deps.wants.call(1).resolve([fragment(1, PRICE, "new")]);
    for (const values of await Promise.all(renewals)) {
      expect(Array.from(values.values(), ({ epoch }) => epoch)).toEqual(["new"]);
    }
  });
});
