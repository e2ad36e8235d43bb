/** The hub with many topics as a client meets it, on the real objects inside workerd. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, it } from "vitest";
import { logFailure } from "../../app/ports/log.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { FailureLog } from "../../platform/logs.ts";
import { decodeAttachment } from "../session/attachment.ts";
import type { Session } from "../session/session.ts";
import {
  connect,
  gateway,
  closeSockets,
  openObjects,
  picture,
  placeOf,
  priceFragment,
  publish,
  publishUpTo,
  STREAM,
  subscribed,
  topic,
} from "../../testing/stage/live-objects.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(openObjects);
afterEach(closeSockets);

describe("Gateway", () => {
  it("[WS2][WS4] sends connected first, then answers with the current state, then every change in order", async ({
    expect,
  }) => {
    await publishUpTo(4);
    const client = await connect(gateway());
    const [hello] = await client.next(1);
    expect(hello).toMatchObject({
      type: "connected",
      protocol: 1,
      exchange: "KRX",
      tick_ms: 250,
      max_topics: 512,
    });
    client.send({ type: "subscribe", topic: STREAM, id: "q1", ack: true });
    const start = await client.next(2);
    expect(picture(start)).toEqual(["subscribed 4", "signal_update 4 whole s4,s3,s2"]);
    expect(start[0]).toMatchObject({ topic: STREAM, recovered: false, id: "q1" });
    await publishUpTo(6, 5);
    expect(picture(await client.next(2))).toEqual(["signal_update 5 s5", "signal_update 6 s6"]);
  });

  it("[WS2] subscribes at once by the address, and unsubscribes", async ({ expect }) => {
    await publish(1);
    const client = await connect(gateway(), `/ws?subscribe=${STREAM},nope,price:00001a`);
    const messages = await client.next(5);
    expect(picture(messages).slice(0, 2)).toEqual(["connected", "error unknown_topic"]);
    expect(picture(messages).toSorted()).toEqual([
      "connected",
      "error unknown_topic",
      "signal_update 1 whole s1",
      "subscribed 0",
      "subscribed 1",
    ]);
    client.send({ type: "unsubscribe", topics: [STREAM] });
    expect(await client.next(1)).toEqual([{ type: "unsubscribed", topic: STREAM }]);
    await publish(2);
    expect(await client.rest()).toEqual([]);
  });

  it("[WS6] resumes inside the ring with exactly what was missed, and beyond it with reset and snapshot", async ({
    expect,
  }) => {
    const first = await subscribed();
    const place = placeOf(first.messages);
    await publishUpTo(3);
    const inside = await connect(gateway());
    inside.send({ type: "subscribe", topic: STREAM, since: { [STREAM]: { ...place, seq: 1 } } });
    const recovered = (await inside.next(4)).slice(1);
    expect(picture(recovered)).toEqual(["subscribed 3", "signal_update 2 s2", "signal_update 3 s3"]);
    expect(recovered[0]).toMatchObject({ recovered: true });
    for (const since of [
      { epoch: "of another time", seq: 1 },
      { ...place, seq: 99 },
    ]) {
      const client = await connect(gateway());
      client.send({ type: "subscribe", topic: STREAM, since: { [STREAM]: since } });
      const start = (await client.next(4)).slice(1);
      expect(picture(start)).toEqual(["subscribed 3", "reset 3", "signal_update 3 whole s3,s2,s1"]);
      expect(start[0]).toMatchObject({ recovered: false });
    }
  });

  it("[WS3] answers bad input with an error and lives; binary and oversize close; nobody else is affected", async ({
    expect,
  }) => {
    await publish(1);
    const witness = await subscribed();
    const client = await connect(gateway());
    for (const bad of [
      "{",
      '{"type":"dance"}',
      '{"type":"subscribe"}',
      '{"type":"subscribe","topic":"price:nope"}',
    ]) {
      client.send(bad);
    }
    expect(picture(await client.next(5))).toEqual([
      "connected",
      "error bad_json",
      "error unknown_type",
      "error bad_message",
      "error unknown_topic",
    ]);
    const binary = await connect(gateway());
    binary.sendBinary(new Uint8Array([1, 2]));
    expect((await binary.end()).code).toBe(1003);
    const big = await connect(gateway());
    big.send(" ".repeat(16_385));
    expect((await big.end()).code).toBe(1009);
    client.send({ type: "subscribe", topic: STREAM });
    expect(picture(await client.next(2))).toEqual(["subscribed 1", "signal_update 1 whole s1"]);
    await publish(2);
    expect(picture(await witness.next(1))).toEqual(["signal_update 2 s2"]);
    expect(client.closed).toBeNull();
  });

  it("[WS12] reaches every socket after the gateway and the topic slept, and answers as before", async ({
    expect,
  }) => {
    const [one, two] = [await subscribed(), await subscribed(gateway("apac-ne/1"))];
    const both = async (): Promise<readonly (readonly string[])[]> => [
      picture(await one.next(1)),
      picture(await two.next(1)),
    ];
    await publish(1);
    expect(await both()).toEqual([["signal_update 1 s1"], ["signal_update 1 s1"]]);
    await evictDurableObject(gateway());
    await publish(2);
    expect(await both()).toEqual([["signal_update 2 s2"], ["signal_update 2 s2"]]);
    await evictDurableObject(topic());
    await evictDurableObject(gateway("apac-ne/1"));
    await publish(3);
    expect(await both()).toEqual([["signal_update 3 s3"], ["signal_update 3 s3"]]);
  });

  it("[WS12b] answers the second message of a socket as if it had not slept after the first", async ({
    expect,
  }) => {
    await publishUpTo(2);
    const client = await subscribed();
    const place = placeOf(client.messages);
    await evictDurableObject(gateway());
    client.send({ type: "subscribe", topic: "market_gate", id: 1 });
    expect(await client.next(1)).toMatchObject([{ type: "subscribed", topic: "market_gate", id: 1 }]);
    await evictDurableObject(gateway());
    await evictDurableObject(topic());
    client.send({ type: "subscribe", topic: STREAM, since: { [STREAM]: { ...place, seq: 1 } } });
    expect(picture(await client.next(2))).toEqual(["subscribed 2", "signal_update 2 s2"]);
    await evictDurableObject(gateway());
    client.send({ type: "unsubscribe", topic: STREAM });
    expect(picture(await client.next(1))).toEqual(["unsubscribed"]);
    await publish(3);
    expect(await client.rest()).toEqual([]);
    expect(await gateway().stats()).toMatchObject({ subscriptions: { market_gate: 1 } });
  });

  it("[WS12d] has counted in the attachment what it sent and received, once it is quiet", async ({
    expect,
  }) => {
    const client = await connect(gateway(), "/ws?subscribe=price:000010");
    await client.next(2);
    client.send({ type: "ack", bytes: 0 });
    const kept = async (): Promise<Session | null> =>
      runInDurableObject(gateway(), (_, ctx) =>
        decodeAttachment(ctx.getWebSockets()[0]?.deserializeAttachment()),
      );
    const before = await kept();
    await gateway().deliver({ fragments: [priceFragment("000010", 1)] });
    await client.next(1);
    client.send({ type: "ack", bytes: 300 });
    await eventually(async () => {
      expect((await kept())?.counts.sent).toBe(
        (before?.counts.sent ?? 0) + priceFragment("000010", 1).text.length,
      );
      expect(await kept()).toMatchObject({ reads: "acking", acked: 300 });
    });
  });

  it("[WS1b] sends nothing twice to a socket that came within the tick, and leaves none of its group out", async ({
    expect,
  }) => {
    const first = await connect(gateway(), "/ws?subscribe=price:000010,price:000020");
    await first.next(3);
    first.send({ type: "ack", bytes: 0 });
    const deliver = (seq: number): Promise<boolean> =>
      gateway().deliver({ fragments: [priceFragment("000010", seq), priceFragment("000020", seq)] });
    await deliver(1);
    await first.next(2);
    // The tick has begun: this waits for its end.
    await deliver(2);
    const second = await connect(gateway());
    second.send({ type: "subscribe", topics: ["price:000020", "price:000010"], ack: true });
    const answered = picture(await second.next(5)).slice(1);
    expect(answered.toSorted()).toEqual(["price_update 2", "price_update 2", "subscribed 2", "subscribed 2"]);
    expect(picture(await first.next(2))).toEqual(["price_update 2", "price_update 2"]);
    await deliver(3);
    const both = [picture(await first.next(2)), picture(await second.next(2))];
    expect(both).toEqual([
      ["price_update 3", "price_update 3"],
      ["price_update 3", "price_update 3"],
    ]);
  });

  it("[WS1] sends the latest values of a tick as one frame, each topic once", async ({ expect }) => {
    const client = await connect(gateway(), "/ws?subscribe=price:000010,price:000020");
    await client.next(3);
    client.send({ type: "ack", bytes: 0 });
    for (const seq of [1, 2, 3]) {
      const fragments = ["000010", "000020", "000030"].map((ticker) => priceFragment(ticker, seq));
      expect(await gateway().deliver({ fragments })).toBe(true);
    }
    expect(picture(await client.next(2))).toEqual(["price_update 3", "price_update 3"]);
    expect(client.frames.at(-1)).toHaveLength(2);
    expect(await gateway().deliver({ fragments: [priceFragment("000030", 4)] })).toBe(false);
  });

  it("[WS14] counts its sockets and their topics, and forgets both when they go", async ({ expect }) => {
    const client = await connect(gateway(), `/ws?subscribe=${STREAM},price:000010`);
    await client.next(3);
    const other = await subscribed();
    expect(await gateway().stats()).toMatchObject({
      connections: 2,
      subscriptions: { [STREAM]: 2, "price:000010": 1 },
    });
    client.close();
    await eventually(async () => {
      expect(await gateway().stats()).toMatchObject({ connections: 1, subscriptions: { [STREAM]: 1 } });
    });
    other.close();
    await eventually(async () => {
      expect(await gateway().stats()).toMatchObject({ connections: 0, subscriptions: {} });
    });
    // The Topic learns from its next delivery that nobody is left.
    await publish(1);
    await eventually(async () => {
      expect(await topic().stats()).toMatchObject({ gateways: 0 });
    });
  });

  it("[TP6] knows the last failure of each neighbour after an eviction, and so does a topic", async ({
    expect,
  }) => {
    for (const stub of [gateway(), topic()]) {
      await runInDurableObject(stub, (_, { storage: { sql } }) => {
        const log = new FailureLog(sql, { write: () => undefined }, () => 7);
        const cause = new NeighbourError("away", { neighbour: "MarketFeed", retryable: true });
        logFailure(log, "feed_not_asked", cause);
      });
      await evictDurableObject(stub);
      expect(await stub.stats()).toMatchObject({
        failures: [{ neighbour: "MarketFeed", at: 7, event: "feed_not_asked", detail: "away" }],
      });
    }
  });

  it("[WS3f] answers a client that closes, with its own code, also after a sleep", async ({ expect }) => {
    const [first, second] = [await subscribed(), await subscribed()];
    first.close();
    expect((await first.end()).code).toBe(1000);
    await evictDurableObject(gateway());
    second.close();
    expect((await second.end()).code).toBe(1000);
  });

  it("[WS3d] wakes by an alarm to close a socket that subscribed to nothing, and sets none otherwise", async ({
    expect,
  }) => {
    await (await connect(gateway(), `/ws?subscribe=${STREAM}`)).next(2);
    const alarm = (): Promise<number | null> =>
      runInDurableObject(gateway(), (_, { storage }) => storage.getAlarm());
    expect(await alarm()).toBeNull();
    const idle = await connect(gateway());
    await idle.next(1);
    expect(await alarm()).toBeGreaterThan(Date.now() + 25_000);
    expect(await runDurableObjectAlarm(gateway())).toBe(true);
    expect(idle.closed).toBeNull();
    expect(await alarm()).not.toBeNull();
  });
});
