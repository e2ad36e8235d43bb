import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { Subscribe, Unsubscribe } from "../../worker/protocol/messages/client-message.ts";
import { answer, EPOCH, gate } from "./subscription-messages.ts";
import { makeSubscriptions } from "./subscriptions.ts";

function names(
  messages: readonly (Subscribe | Unsubscribe)[],
  type: "subscribe" | "unsubscribe",
): readonly string[] {
  return messages.flatMap((message) => (message.type === type ? (message.topics ?? []) : []));
}

describe("subscriptions", () => {
  it("[LV5] asks once for many listeners and gives up 5 s after the last", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("price:005930");
    subscriptions.want("price:005930");
    const asked = subscriptions.flush(0);
    expect(asked).toEqual([{ type: "subscribe", topics: ["price:005930"], id: 1, ack: true }]);
    answer(subscriptions, asked);
    subscriptions.release("price:005930", 1_000);
    expect(subscriptions.flush(9_000)).toEqual([]);
    subscriptions.release("price:005930", 10_000);
    expect(subscriptions.flush(14_999)).toEqual([]);
    expect(subscriptions.nextFlushAt()).toBe(15_000);
    expect(subscriptions.flush(15_000)).toEqual([{ type: "unsubscribe", topics: ["price:005930"] }]);
    expect([subscriptions.flush(99_000), subscriptions.nextFlushAt()]).toEqual([[], null]);
  });

  it("[LV5] sends nothing when a listener comes back in time", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("price:005930");
    answer(subscriptions, subscriptions.flush(0));
    subscriptions.release("price:005930", 0);
    subscriptions.want("price:005930");
    expect(subscriptions.flush(60_000)).toEqual([]);
  });

  it("[LV5] holds exactly what is referenced, whoever comes and goes", ({ expect }) => {
    const topics = ["signal:vcp", "market_gate", "price:005930", "price:000660", "index:KOSPI"];
    const move = fc.record({
      topic: fc.constantFrom(...topics),
      wants: fc.boolean(),
      after: fc.nat(4_000),
      isLost: fc.nat(20).map((n) => n === 0),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 120 }), (moves) => {
        const subscriptions = makeSubscriptions();
        const references = new Map<string, number>();
        const server = new Set<string>();
        let at = 0;
        const flush = (): void => {
          const messages = subscriptions.flush(at);
          names(messages, "unsubscribe").forEach((topic) => {
            expect(server.delete(topic)).toBe(true);
          });
          names(messages, "subscribe").forEach((topic) => server.add(topic));
          answer(subscriptions, messages);
        };
        for (const { topic, wants, after, isLost } of moves) {
          const count = references.get(topic) ?? 0;
          if (wants) {
            subscriptions.want(topic);
          } else {
            subscriptions.release(topic, at);
          }
          references.set(topic, Math.max(0, count + (wants ? 1 : -1)));
          at += after;
          if (isLost) {
            server.clear();
            subscriptions.lost();
          }
          flush();
        }
        at += 5_000;
        flush();
        const wanted = [...references].filter(([, count]) => count > 0).map(([topic]) => topic);
        expect([...server].toSorted()).toEqual(wanted.toSorted());
        expect(subscriptions.size).toBe(wanted.length);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it("[LV5] asks again after a loss, streams from their position", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("market_gate");
    subscriptions.want("feed");
    answer(subscriptions, subscriptions.flush(0));
    expect([subscriptions.judge(gate(1)), subscriptions.judge(gate(2))]).toEqual(["apply", "apply"]);
    subscriptions.lost();
    expect(subscriptions.settled()).toBeNull();
    expect(subscriptions.flush(0)).toEqual([
      {
        type: "subscribe",
        topics: ["market_gate", "feed"],
        id: 2,
        ack: true,
        since: { market_gate: { epoch: EPOCH, seq: 2 } },
      },
    ]);
    const back = { type: "subscribed", epoch: EPOCH, seq: 5, id: 2 } as const;
    subscriptions.onSubscribed({ ...back, topic: "market_gate", recovered: true });
    subscriptions.onSubscribed({ ...back, topic: "feed", recovered: false });
    expect(subscriptions.settled()).toEqual({ messages: 3, reset: false });
  });

  it("[LV5] repeats a subscribe without an answer and one that was out of reach, not one that is refused", ({
    expect,
  }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("scan");
    subscriptions.flush(0);
    expect(subscriptions.flush(9_999)).toEqual([]);
    expect(names(subscriptions.flush(10_000), "subscribe")).toEqual(["scan"]);
    subscriptions.onError({ type: "error", code: "unavailable", message: "", topic: "scan", id: 1 }, 10_500);
    expect(names(subscriptions.flush(20_000), "subscribe")).toEqual(["scan"]);
    subscriptions.onError({ type: "error", code: "unavailable", message: "", topic: "scan", id: 3 }, 21_000);
    expect(names(subscriptions.flush(30_999), "subscribe")).toEqual([]);
    expect(names(subscriptions.flush(31_000), "subscribe")).toEqual(["scan"]);
    subscriptions.onError({ type: "error", code: "topic_limit", message: "", topic: "scan", id: 4 }, 32_000);
    expect([subscriptions.flush(99_000), subscriptions.settled()]).toEqual([
      [],
      { messages: 0, reset: false },
    ]);
  });

  it("[LV5] takes the answer to its latest subscribe only", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("market_gate");
    subscriptions.flush(0);
    subscriptions.flush(10_000);
    const subscribed = {
      type: "subscribed",
      topic: "market_gate",
      epoch: EPOCH,
      seq: 0,
      recovered: false,
    } as const;
    subscriptions.onSubscribed({ ...subscribed, id: 1 });
    expect(subscriptions.isCurrent("market_gate")).toBe(false);
    subscriptions.onError(
      { type: "error", code: "unknown_topic", message: "", topic: "market_gate", id: 1 },
      10_000,
    );
    subscriptions.onSubscribed({ ...subscribed, id: 2 });
    expect(subscriptions.isCurrent("market_gate")).toBe(true);
  });

  it("[LV5] splits what one message may not name", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    const tickers = Array.from({ length: 300 }, (_, i) => `price:${String(i).padStart(6, "0")}`);
    tickers.forEach((topic) => subscriptions.want(topic));
    const messages = subscriptions.flush(0);
    expect(messages.map(({ topics }) => topics?.length)).toEqual([256, 44]);
    expect(names(messages, "subscribe")).toEqual(tickers);
  });

  it("[LV5] gives a late listener the value there is, and the whole of a stream again", ({ expect }) => {
    const subscriptions = makeSubscriptions();
    subscriptions.want("feed");
    subscriptions.want("market_gate");
    answer(subscriptions, subscriptions.flush(0));
    const data = {
      exchange: "KRX",
      state: "live",
      source: "demo",
      clock: null,
      session: "open",
      tickers: 3,
    } as const;
    const timestamp = "2025-06-13T09:00:00.000+09:00";
    const value = { type: "feed_update", topic: "feed", epoch: EPOCH, seq: 1, data, timestamp } as const;
    subscriptions.judge(value);
    expect(subscriptions.want("feed")).toBe(value);
    subscriptions.judge(gate(1));
    expect(subscriptions.want("market_gate")).toBeNull();
    expect(subscriptions.flush(1)).toEqual([
      { type: "subscribe", topics: ["market_gate"], id: 2, ack: true },
    ]);
  });
});
