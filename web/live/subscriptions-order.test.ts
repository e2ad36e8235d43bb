/** What the subscriptions take of a topic, and in which order: gaps, resets, late answers and epochs. */
import { describe, it } from "vitest";
import { answer, EPOCH, gate, scan } from "./subscription-messages.ts";
import { makeSubscriptions } from "./subscriptions.ts";

describe("the order of a topic", () => {
  it("[LV6] takes no gap for an answer twice: the second time it asks for the whole", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("market_gate");
    answer(subscriptions, subscriptions.flush(0));
    subscriptions.judge(gate(1));
    expect(subscriptions.judge(gate(3))).toBe("drop");
    expect(subscriptions.flush(1)).toMatchObject([{ since: { market_gate: { epoch: EPOCH, seq: 1 } } }]);
    const back = {
      type: "subscribed",
      topic: "market_gate",
      epoch: EPOCH,
      seq: 3,
      recovered: true,
      id: 2,
    } as const;
    subscriptions.onSubscribed(back);
    expect(subscriptions.judge(gate(3))).toBe("drop");
    expect(subscriptions.flush(2)).toEqual([
      { type: "subscribe", topics: ["market_gate"], id: 3, ack: true },
    ]);
  });

  it("[LV6a] takes no reset for the answer to its own subscribe", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("market_gate");
    answer(subscriptions, subscriptions.flush(0));
    subscriptions.judge(gate(1));
    subscriptions.renew("market_gate");
    expect(subscriptions.flush(1)).toMatchObject([{ id: 2 }]);
    // What the server sent before it read that subscribe.
    const there = { topic: "market_gate", epoch: "e2" };
    expect(subscriptions.onReset({ ...there, seq: 0 }, 2)).toBe("reset");
    expect([0, 1].map((seq) => subscriptions.judge({ ...gate(seq), epoch: "e2" }))).toEqual(["drop", "drop"]);
    expect(subscriptions.isCurrent("market_gate")).toBe(false);
    subscriptions.onSubscribed({ ...there, type: "subscribed", seq: 2, recovered: false, id: 2 });
    expect(subscriptions.judge({ ...gate(2), epoch: "e2", snapshot: true })).toBe("apply");
    expect(subscriptions.judge({ ...gate(3), epoch: "e2" })).toBe("apply");
    expect(subscriptions.isCurrent("market_gate")).toBe(true);
  });

  it("[LV6a] takes no late snapshot of an earlier subscribe for the answer to the later one", ({
    expect,
  }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("market_gate");
    subscriptions.flush(0);
    const there = { type: "subscribed", topic: "market_gate", epoch: EPOCH, recovered: false } as const;
    subscriptions.onSubscribed({ ...there, seq: 3, id: 1 });
    expect(subscriptions.flush(10_000)).toMatchObject([{ id: 2 }]);
    expect(subscriptions.judge({ ...gate(3), snapshot: true })).toBe("drop");
    expect(subscriptions.isCurrent("market_gate")).toBe(false);
    subscriptions.onSubscribed({ ...there, seq: 4, id: 2 });
    expect(subscriptions.judge({ ...gate(4), snapshot: true })).toBe("apply");
    expect(subscriptions.isCurrent("market_gate")).toBe(true);
  });

  it("[LV7] moves latest values forward only, and lets a new epoch begin", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("scan");
    answer(subscriptions, subscriptions.flush(0));
    const at = (epoch: string, seq: number): string => subscriptions.judge(scan(epoch, seq));
    expect([at("a", 4), at("a", 4), at("a", 3), at("a", 9)]).toEqual(["apply", "drop", "drop", "apply"]);
    expect([at("b", 1), at("a", 10), at("b", 2)]).toEqual(["apply", "drop", "apply"]);
  });

  it("[LV7a] follows a gateway that learns of an epoch later than the one before", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("scan");
    answer(subscriptions, subscriptions.flush(0));
    const at = (epoch: string, seq: number): string => subscriptions.judge(scan(epoch, seq));
    expect(at("b", 2)).toBe("apply");
    subscriptions.lost();
    answer(subscriptions, subscriptions.flush(0));
    // This gateway has not come to the epoch that the one before was in.
    expect([at("b", 1), at("a", 5), at("b", 2), at("a", 6)]).toEqual(["drop", "apply", "apply", "drop"]);
    subscriptions.lost();
    answer(subscriptions, subscriptions.flush(0));
    // That "a" was left for "b" on one socket holds for every later one.
    expect([at("a", 7), at("b", 2), at("b", 3)]).toEqual(["drop", "drop", "apply"]);
  });
});
