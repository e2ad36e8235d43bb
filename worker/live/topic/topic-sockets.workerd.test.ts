/** The hub of one stream, held against a gateway that carries the same stream, on the real objects inside workerd. */
import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, it } from "vitest";
import { encodeMarketGateUpdate, encodeSignalUpdates } from "../../protocol/messages/stream-update.ts";
import {
  AT,
  connect,
  gateway,
  closeSockets,
  openObjects,
  picture,
  placeOf,
  publish,
  publishUpTo,
  STREAM,
  subscribed,
  topic,
} from "../../testing/stage/live-objects.ts";
import { makeGate, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { SocketClient } from "../../testing/stage/socket-client.ts";
import { StoredStream } from "../../testing/stage/stored-stream.ts";

beforeEach(openObjects);
afterEach(closeSockets);

describe("Topic", () => {
  it("[WS4a] gives both paths the same stream", async ({ expect }) => {
    await publishUpTo(2);
    const own = await connect(topic(), `/ws/${STREAM}`);
    const many = await subscribed();
    await own.next(3);
    await publishUpTo(5, 3);
    const [a, b] = await Promise.all([own.next(3), many.next(3)]);
    expect(a).toEqual(b);
    const streamOf = (client: SocketClient): unknown =>
      client.messages.slice(1).filter(({ type }) => type !== "pong");
    expect(streamOf(own)).toEqual(streamOf(many));
    own.send({ type: "subscribe", topics: ["market_gate", "nope"] });
    expect(picture(await own.next(2))).toEqual(["error other_door", "error unknown_topic"]);
    await evictDurableObject(topic());
    await publish(6);
    expect(picture(await own.next(1))).toEqual(["signal_update 6 s6"]);
  });

  it("[WS4b] keeps the gate as one row, and an empty list apart from one that is not known", async ({
    expect,
  }) => {
    const gate = await connect(topic("market_gate"), "/ws/market_gate");
    expect(picture(await gate.rest())).toEqual(["connected", "subscribed 0"]);
    for (const level of [40, 60]) {
      const body = JSON.stringify(encodeMarketGateUpdate("KRX", makeGate({ level }), AT));
      await topic("market_gate").publish({ id: `g${level}`, exchange: "KRX", body });
    }
    const late = await connect(topic("market_gate"), "/ws/market_gate");
    const [, , snapshot] = await late.next(3);
    expect(snapshot).toMatchObject({
      type: "market_gate_update",
      seq: 2,
      snapshot: true,
      data: { level: 60 },
    });
    const [nothing] = encodeSignalUpdates({ upserts: [], removed: [], count: 0, runId: "r", at: AT });
    await topic().publish({ id: "empty", exchange: "KRX", body: JSON.stringify(nothing) });
    const list = await connect(topic(), `/ws/${STREAM}`);
    expect((await list.next(3))[2]).toMatchObject({ snapshot: true, data: { signals: [], count: 0 } });
  });

  it("[WS6b] begins a new epoch with a state: everyone gets reset and that state, on both paths", async ({
    expect,
  }) => {
    await publishUpTo(2);
    const all = [
      await subscribed(),
      await subscribed(gateway("weur/0")),
      await connect(topic(), `/ws/${STREAM}`),
    ];
    await all[2]?.next(3);
    const [whole] = encodeSignalUpdates({
      upserts: [{ signal: makeSignal({ id: "k1" }), createdAt: AT, updatedAt: AT, runId: "k" }],
      removed: [],
      count: 1,
      runId: "k",
      at: AT,
    });
    const begun = await topic().beginSwitch({ exchange: "DEMO", generation: 0 }, JSON.stringify(whole));
    for (const client of all) {
      const messages = await client.next(2);
      expect(picture(messages)).toEqual(["reset 0", "signal_update 0 whole k1"]);
      expect(placeOf(messages)).toEqual(begun);
    }
    await topic().publish({ id: "after", exchange: "DEMO", body: JSON.stringify(whole) });
    for (const client of all) {
      expect(picture(await client.next(1))).toEqual(["signal_update 1 k1"]);
    }
  });

  it("[WS9c] holds at most 500 signals in a snapshot, the best, and counts the rest", async ({ expect }) => {
    const signals = Array.from({ length: 520 }, (_, k) => ({
      signal: makeSignal({ id: `s${String(k).padStart(3, "0")}`, name: "가".repeat(60), score: k / 10 }),
      createdAt: AT,
      updatedAt: AT,
      runId: "r",
    }));
    const parts = encodeSignalUpdates({ upserts: signals, removed: [], count: 520, runId: "r", at: AT });
    for (const [k, part] of parts.entries()) {
      await topic().publish({ id: `p${k}`, exchange: "KRX", body: JSON.stringify(part) });
    }
    const { fragments } = await new StoredStream(topic()).start();
    const [snapshot] = fragments;
    expect(new TextEncoder().encode(snapshot?.text).length).toBeLessThanOrEqual(524_288);
    const client = await connect(topic(), `/ws/${STREAM}`);
    const [, , message] = await client.next(3);
    expect(message).toMatchObject({ data: { count: 520 } });
    const data = message?.type === "signal_update" ? message.data : null;
    expect(data?.signals.length).toBeGreaterThan(400);
    expect((data?.signals.length ?? 0) + (data?.omitted ?? 0)).toBe(520);
    expect(data?.signals[0]?.id).toBe("s519");
    await expect(async () => {
      await topic().publish({
        id: "huge",
        exchange: "KRX",
        body: JSON.stringify({ pad: "x".repeat(65_536) }),
      });
    }).rejects.toThrow("bytes");
  });
});
