/** The gateway's side of a subscription to a stream: one call for many, deliveries that overtake, silence. */
import { describe, it, vi } from "vitest";
import { seqOf } from "../../app/ports/live.ts";
import { FakeGatewayDeps, fragment, startAt, STREAM } from "../../testing/stage/fake-gateway-deps.ts";
import { StreamSubscriber } from "./stream-subscriber.ts";

describe("StreamSubscriber", () => {
  it("[WS4c] asks once for many sockets at the same place, and once for each other place", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const calls = new StreamSubscriber(deps);
    const since = { epoch: "e", seq: seqOf(4) };
    calls.ask({ session: "a", ask: 1, topic: STREAM, since });
    calls.ask({ session: "b", ask: 7, topic: STREAM, since: { ...since } });
    calls.ask({ session: "c", ask: 1, topic: STREAM, since: null });
    await deps.settle();
    expect(deps.subscribes.calls.map(({ asked }) => asked)).toEqual([since, null]);
    deps.subscribes.call(0).resolve(startAt(5));
    deps.subscribes.call(1).reject(new Error("away"));
    await deps.settle();
    expect(deps.received).toEqual({ a: [[[1, 5, "5"]]], b: [[[7, 5, "5"]]], c: ["failed"] });
    calls.ask({ session: "d", ask: 1, topic: STREAM, since: null });
    await deps.settle();
    expect(deps.subscribes.calls).toHaveLength(3);
    expect(deps.lines).toEqual([["warn", "topic_not_asked", { topic: STREAM, error: "away" }]]);
  });

  it("[WS4c] keeps no answer that a message overtook, though nobody here wanted it: the Topic has struck us off", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const calls = new StreamSubscriber(deps);
    calls.ask({ session: "gone", ask: 1, topic: STREAM, since: null });
    calls.forget([STREAM]);
    deps.subscribes.call(0).resolve(startAt(5));
    await deps.settle();
    calls.ask({ session: "late", ask: 1, topic: STREAM, since: null });
    expect(deps.subscribes.calls).toHaveLength(2);
  });

  it("[WS4c] lets nobody join a call that a message overtook when nobody here wanted it", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const calls = new StreamSubscriber(deps);
    calls.ask({ session: "gone", ask: 1, topic: STREAM, since: null });
    calls.forget([STREAM]);
    deps.wantedNow.add(STREAM);
    calls.ask({ session: "late", ask: 1, topic: STREAM, since: null });
    calls.ask({ session: "later", ask: 1, topic: STREAM, since: null });
    await deps.settle();
    expect(deps.subscribes.calls).toHaveLength(2);
    deps.subscribes.call(0).resolve(startAt(5));
    await deps.settle();
    calls.take([fragment(7)]);
    deps.subscribes.call(1).resolve(startAt(6));
    await deps.settle();
    expect(deps.received).toEqual({
      gone: [[[1, 5, "5"]]],
      late: [[[1, 6, "6"]], [7]],
      later: [[[1, 6, "6"]], [7]],
    });
  });

  it("[WS4c] keeps a delivery that overtakes the answer, also for a socket that joined the call after it", async ({
    expect,
  }) => {
    const deps = new FakeGatewayDeps();
    const calls = new StreamSubscriber(deps);
    calls.ask({ session: "a", ask: 1, topic: STREAM, since: null });
    calls.take([fragment(6), fragment(9, "market_gate")]);
    calls.ask({ session: "b", ask: 1, topic: STREAM, since: null });
    calls.take([fragment(7)]);
    await deps.settle();
    deps.subscribes.call(0).resolve(startAt(5));
    await deps.settle();
    expect(deps.received).toEqual({ a: [[[1, 5, "5"]], [6, 7]], b: [[[1, 5, "5"]], [6, 7]] });
    calls.take([fragment(8)]);
    expect(deps.received["a"]).toHaveLength(2);
  });

  it("[WS4d] waits ten seconds for a Topic, then lets the sockets ask anew", async ({ expect }) => {
    vi.useFakeTimers();
    try {
      const deps = new FakeGatewayDeps();
      const calls = new StreamSubscriber(deps);
      calls.ask({ session: "a", ask: 1, topic: STREAM, since: null });
      await vi.advanceTimersByTimeAsync(9_999);
      expect(deps.received).toEqual({});
      await vi.advanceTimersByTimeAsync(1);
      expect(deps.received).toEqual({ a: ["failed"] });
      calls.ask({ session: "a", ask: 2, topic: STREAM, since: null });
      deps.subscribes.call(0).resolve(startAt(4));
      await vi.advanceTimersByTimeAsync(0);
      expect(deps.received).toEqual({ a: ["failed"] });
      deps.subscribes.call(1).resolve(startAt(5));
      await vi.advanceTimersByTimeAsync(0);
      expect(deps.received).toEqual({ a: ["failed", [[2, 5, "5"]]] });
    } finally {
      vi.useRealTimers();
    }
  });
});
