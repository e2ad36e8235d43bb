/** The gateway's side of a subscription: one call for many, deliveries that overtake, goodbyes. Also for latest values. */
import { describe, it, vi } from "vitest";
import type { FeedPort, Fragment, Position, StreamStart, TopicPort } from "../app/ports/live.ts";
import { assert } from "../core/assert.ts";
import { ReceivedValues } from "./received-values.ts";
import type { RoomEvent } from "./room-event.ts";
import { StreamCalls } from "./stream-calls.ts";

const STREAM = "signal:vcp";
const PRICE = "price:D00001";

function fragment(seq: number, topic = STREAM, epoch = "e"): Fragment {
  return { topic, epoch, seq, text: `${seq}` };
}

function startAt(seq: number): StreamStart {
  return { epoch: "e", seq, recovered: false, reset: false, fragments: [fragment(seq)] };
}

/** A neighbour that answers when the test says so. */
class Held<T> {
  readonly calls: {
    readonly asked: unknown;
    readonly resolve: (value: T) => void;
    readonly reject: (why: Error) => void;
  }[] = [];

  take(asked: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      this.calls.push({ asked, resolve, reject });
    });
  }

  call(index: number): Held<T>["calls"][number] {
    const call = this.calls[index];
    assert(call, `There was no call ${index}`);
    return call;
  }
}

/** A gateway as these classes see it; remembers what each session was told. */
class FakeHouse {
  readonly gateway = "apac-ne/0";
  readonly told: Record<string, unknown[]> = {};
  readonly work: Promise<void>[] = [];
  readonly wantedNow = new Set<string>();
  readonly subscribes = new Held<StreamStart>();
  readonly wants = new Held<readonly Fragment[]>();
  at = 1_000_000;

  now = (): number => this.at;
  isWanted = (topic: string): boolean => this.wantedNow.has(topic);
  wanted = (): readonly string[] => Array.from(this.wantedNow);
  topic = (): TopicPort => ({
    subscribe: (_: string, since: Position | null) => this.subscribes.take(since),
  });
  feed: FeedPort = {
    want: (_, topics) => this.wants.take(topics),
    status: () => Promise.reject(new Error("not asked here")),
  };

  run = (work: Promise<void>): void => {
    this.work.push(work);
  };

  tell = (session: string, event: RoomEvent): void => {
    const short =
      event.kind === "answered"
        ? event.answers.map(({ ask, seq, fragments }) => [ask, seq, ...fragments.map(({ text }) => text)])
        : event.kind;
    (this.told[session] ??= []).push(short);
  };

  readonly watched: number[] = [];
  watch = (at: number): void => {
    this.watched.push(at);
  };

  readonly passed: (readonly Fragment[])[] = [];
  pass = (fragments: readonly Fragment[]): void => {
    if (fragments.length > 0) {
      this.passed.push(fragments);
    }
  };

  push = (session: string, fragments: readonly Fragment[]): void => {
    (this.told[session] ??= []).push(fragments.map(({ seq }) => seq));
  };

  async settle(): Promise<void> {
    for (let k = 0; k < 20; k++) {
      await Promise.resolve();
    }
  }
}

/** One listener of a price, and the feed has answered once. */
async function told(current: readonly Fragment[]): Promise<{ house: FakeHouse; latest: ReceivedValues }> {
  const house = new FakeHouse();
  const latest = new ReceivedValues(house);
  house.wantedNow.add(PRICE);
  latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
  house.wants.call(0).resolve(current);
  await house.settle();
  return { house, latest };
}

describe("StreamCalls", () => {
  it("[WS4c] asks once for many sockets at the same place, and once for each other place", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const calls = new StreamCalls(house);
    const since = { epoch: "e", seq: 4 };
    calls.ask({ session: "a", ask: 1, topic: STREAM, since });
    calls.ask({ session: "b", ask: 7, topic: STREAM, since: { ...since } });
    calls.ask({ session: "c", ask: 1, topic: STREAM, since: null });
    await house.settle();
    expect(house.subscribes.calls.map(({ asked }) => asked)).toEqual([since, null]);
    house.subscribes.call(0).resolve(startAt(5));
    house.subscribes.call(1).reject(new Error("away"));
    await house.settle();
    expect(house.told).toEqual({ a: [[[1, 5, "5"]]], b: [[[7, 5, "5"]]], c: ["failed"] });
    calls.ask({ session: "d", ask: 1, topic: STREAM, since: null });
    await house.settle();
    expect(house.subscribes.calls).toHaveLength(3);
  });

  it("[WS4c] keeps no answer that a message overtook, though nobody here wanted it: the Topic has struck us off", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const calls = new StreamCalls(house);
    calls.ask({ session: "gone", ask: 1, topic: STREAM, since: null });
    calls.forget([STREAM]);
    house.subscribes.call(0).resolve(startAt(5));
    await house.settle();
    calls.ask({ session: "late", ask: 1, topic: STREAM, since: null });
    expect(house.subscribes.calls).toHaveLength(2);
  });

  it("[WS4c] keeps a delivery that overtakes the answer, also for a socket that joined the call after it", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const calls = new StreamCalls(house);
    calls.ask({ session: "a", ask: 1, topic: STREAM, since: null });
    calls.take([fragment(6), fragment(9, "market_gate")]);
    calls.ask({ session: "b", ask: 1, topic: STREAM, since: null });
    calls.take([fragment(7)]);
    await house.settle();
    house.subscribes.call(0).resolve(startAt(5));
    await house.settle();
    expect(house.told).toEqual({ a: [[[1, 5, "5"]], [6, 7]], b: [[[1, 5, "5"]], [6, 7]] });
    calls.take([fragment(8)]);
    expect(house.told["a"]).toHaveLength(2);
  });

  it("[WS4d] waits ten seconds for a Topic, then lets the sockets ask anew", async ({ expect }) => {
    vi.useFakeTimers();
    try {
      const house = new FakeHouse();
      const calls = new StreamCalls(house);
      calls.ask({ session: "a", ask: 1, topic: STREAM, since: null });
      await vi.advanceTimersByTimeAsync(9_999);
      expect(house.told).toEqual({});
      await vi.advanceTimersByTimeAsync(1);
      expect(house.told).toEqual({ a: ["failed"] });
      calls.ask({ session: "a", ask: 2, topic: STREAM, since: null });
      house.subscribes.call(0).resolve(startAt(4));
      await vi.advanceTimersByTimeAsync(0);
      expect(house.told).toEqual({ a: ["failed"] });
      house.subscribes.call(1).resolve(startAt(5));
      await vi.advanceTimersByTimeAsync(0);
      expect(house.told).toEqual({ a: ["failed", [[2, 5, "5"]]] });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("ReceivedValues", () => {
  it("[WS4e] answers with the current value, and with the newer one when a delivery overtook it", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const latest = new ReceivedValues(house);
    house.wantedNow.add(PRICE).add("scan");
    latest.ask([
      { session: "a", ask: 1, topic: PRICE, since: null },
      { session: "a", ask: 2, topic: "scan", since: null },
    ]);
    latest.take([fragment(9, PRICE)]);
    house.wants.call(0).resolve([fragment(8, PRICE)]);
    await house.settle();
    latest.ask([{ session: "b", ask: 1, topic: PRICE, since: null }]);
    expect(house.told).toEqual({
      a: [
        [
          [1, 9, "9"],
          [2, 0],
        ],
      ],
      b: [[[1, 9, "9"]]],
    });
    expect(house.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE, "scan"]]);
  });

  it("[WS5] takes a value only when it is newer than the one it has", async ({ expect }) => {
    const { latest } = await told([fragment(1, PRICE)]);
    const taken = [2, 3, 3, 1, 4].map((seq) => latest.take([fragment(seq, PRICE)]).length);
    expect(taken).toEqual([1, 1, 0, 0, 1]);
    expect(latest.take([fragment(9, "scan")])).toEqual([]);
  });

  it("[WS5] asks the feed when a value comes in another epoch: a feed born anew is followed, a late word dropped", async ({
    expect,
  }) => {
    const { house, latest } = await told([fragment(5, PRICE)]);
    expect(latest.take([fragment(1, PRICE, "f")])).toEqual([]);
    expect(latest.take([fragment(2, PRICE, "f")])).toEqual([]);
    house.wants.call(1).resolve([fragment(1, PRICE, "f")]);
    await house.settle();
    expect(house.passed.at(-1)?.at(-1)).toEqual(fragment(2, PRICE, "f"));
    const before = house.passed.length;
    expect(latest.take([fragment(6, PRICE)])).toEqual([]);
    house.wants.call(2).resolve([fragment(2, PRICE, "f")]);
    await house.settle();
    expect(house.passed).toHaveLength(before);
    expect(latest.take([fragment(3, PRICE, "f")])).toHaveLength(1);
  });

  it("[WS5] asks again when the feed may have been born anew after it answered", async ({ expect }) => {
    const { house, latest } = await told([fragment(5, PRICE)]);
    house.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    latest.take([fragment(1, PRICE, "f")]);
    house.wants.call(1).resolve([fragment(5, PRICE)]);
    await house.settle();
    house.wants.call(2).resolve([fragment(1, PRICE, "f")]);
    await house.settle();
    expect(house.passed.at(-1)).toEqual([fragment(1, PRICE, "f")]);
  });

  it("[WS4e] hands on to all listeners what one listener's question brought to light", async ({ expect }) => {
    const { house, latest } = await told([fragment(5, PRICE)]);
    house.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    house.wants.call(1).resolve([fragment(6, PRICE), fragment(1, "scan")]);
    await house.settle();
    expect(house.passed.at(-1)).toEqual([fragment(6, PRICE), fragment(1, "scan")]);
  });

  it("[WS4e] tells the feed again of a topic that the call on its way leaves out", async ({ expect }) => {
    const { house, latest } = await told([fragment(5, PRICE)]);
    house.wantedNow.delete(PRICE);
    house.wantedNow.add("scan");
    latest.ask([{ session: "b", ask: 1, topic: "scan", since: null }]);
    house.wantedNow.add(PRICE);
    latest.ask([{ session: "c", ask: 1, topic: PRICE, since: null }]);
    house.wants.call(1).resolve([fragment(1, "scan")]);
    await house.settle();
    house.wants.call(2).resolve([fragment(1, "scan"), fragment(6, PRICE)]);
    await house.settle();
    expect(house.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE], ["scan"], ["scan", PRICE]]);
    expect(house.told["c"]).toEqual([[[1, 6, "6"]]]);
  });

  it("[WS6c] says so when the feed of the market that became active could not be asked", async ({
    expect,
  }) => {
    const { house, latest } = await told([fragment(5, PRICE)]);
    const renewed = latest.renew();
    house.wants.call(1).reject(new Error("away"));
    await expect(renewed).rejects.toMatchObject({ name: "OutOfReach", retryable: true });
  });

  it("[WS6c] hands on nothing that a market says which was left, and everything of one that is active again", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const latest = new ReceivedValues(house);
    house.wantedNow.add(PRICE);
    latest.take([fragment(5, PRICE, "left")]);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    const renewed = latest.renew();
    await house.settle();
    // The answer to the question of before, then the one to the question after the switch.
    house.wants.call(0).resolve([fragment(6, PRICE, "left")]);
    await house.settle();
    expect(latest.take([fragment(7, PRICE, "left")])).toEqual([]);
    for (const { resolve } of house.wants.calls.slice(1)) {
      resolve([fragment(1, PRICE, "new")]);
    }
    expect([...(await renewed).values()]).toEqual([fragment(1, PRICE, "new")]);
    await house.settle();
    expect(house.told).toEqual({ a: [[[1, 1, "1"]]] });
    expect(latest.take([fragment(8, PRICE, "left"), fragment(2, PRICE, "new")])).toEqual([
      fragment(2, PRICE, "new"),
    ]);
    // Its first value is here before the news of the next switch: it is not void.
    latest.take([fragment(1, PRICE, "third")]);
    const again = latest.renew();
    house.wants.calls.at(-1)?.resolve([fragment(1, PRICE, "third")]);
    expect([...(await again).values()]).toEqual([fragment(1, PRICE, "third")]);
  });

  it("[WS4e] has one call on its way, and tells the feed again what came or went during it", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const latest = new ReceivedValues(house);
    house.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    house.wantedNow.add("feed");
    latest.ask([{ session: "a", ask: 2, topic: "feed", since: null }]);
    house.wantedNow.delete(PRICE);
    latest.leave(PRICE);
    house.wants.call(0).resolve([fragment(1, PRICE)]);
    await house.settle();
    house.wants.call(1).resolve([fragment(1, "feed")]);
    await house.settle();
    expect(house.wants.calls.map(({ asked }) => asked)).toEqual([[PRICE], ["feed"]]);
    house.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 3, topic: PRICE, since: null }]);
    house.wants.call(2).reject(new Error("away"));
    await house.settle();
    expect(house.told["a"]?.slice(1)).toEqual([[[2, 1, "1"]], "failed"]);
  });

  it("[WS4e] has a feed told again that may have forgotten, with the next listener after a minute", async ({
    expect,
  }) => {
    const house = new FakeHouse();
    const latest = new ReceivedValues(house);
    house.wantedNow.add(PRICE);
    latest.ask([{ session: "a", ask: 1, topic: PRICE, since: null }]);
    house.wants.call(0).resolve([fragment(50, PRICE)]);
    await house.settle();
    house.at += 60_001;
    latest.ask([{ session: "b", ask: 1, topic: PRICE, since: null }]);
    house.wants.call(1).resolve([fragment(2, PRICE, "f")]);
    await house.settle();
    expect(house.told["b"]).toEqual([[[1, 2, "2"]]]);
  });
});
