import { applyD1Migrations, evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, it } from "vitest";
import { StoredStream } from "../../testing/stage/stored-stream.ts";
import type { TopicMessage } from "./topic-log.ts";

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  // A topic that nobody has switched stands on the exchange of the setting.
  await env.DB.exec("insert into setting values ('active_exchange', 'KRX')");
});

let topics = 0;

function newTopic(): ReturnType<typeof env.TOPIC.getByName> {
  topics += 1;
  return env.TOPIC.getByName(`test-${topics}`);
}

function message(n: number, exchange: TopicMessage["exchange"] = "KRX"): TopicMessage {
  return { id: `m${n}`, exchange, body: `{"n":${n}}` };
}

describe("Topic", () => {
  it("[TP1] numbers the messages of an epoch from 1 without a gap", async ({ expect }) => {
    const topic = newTopic();
    const stream = new StoredStream(topic);
    expect(await stream.position()).toBeNull();
    const places = [
      await topic.publish(message(1)),
      await topic.publish(message(2)),
      await topic.publish(message(3)),
    ];
    expect(places.map((place) => place?.seq)).toEqual([1, 2, 3]);
    expect(new Set(places.map((place) => place?.epoch)).size).toBe(1);
    expect(await stream.position()).toEqual(places[2]);
  });

  it("[TP2] answers a message published twice with its first place", async ({ expect }) => {
    const topic = newTopic();
    const stream = new StoredStream(topic);
    const first = await topic.publish(message(1));
    await topic.publish(message(2));
    expect(await topic.publish(message(1))).toEqual(first);
    expect(await stream.since(0)).toHaveLength(2);
  });

  it("[TP3] gives exactly the messages after a position, or none when one is gone", async ({ expect }) => {
    const topic = newTopic();
    const stream = new StoredStream(topic);
    for (let n = 1; n <= 260; n++) {
      await topic.publish(message(n));
    }
    const held = await stream.since(4);
    expect(held?.map(({ seq }) => seq)).toEqual(Array.from({ length: 256 }, (_, k) => k + 5));
    expect(held?.at(-1)).toEqual({ seq: 260, id: "m260", body: '{"n":260}' });
    expect(await stream.since(3)).toBeNull();
    expect(await stream.since(260)).toEqual([]);
    expect(await stream.since(261)).toBeNull();
  });

  it("[TP4] begins an epoch of another exchange by a switch only, and drops what comes late", async ({
    expect,
  }) => {
    const topic = newTopic();
    const stream = new StoredStream(topic);
    const demo = await topic.publish(message(1, "DEMO"));
    const krx = await topic.beginSwitch({ exchange: "KRX", generation: 0 }, null);
    expect(krx.epoch).not.toBe(demo?.epoch);
    expect(await topic.publish(message(2, "DEMO"))).toBeNull();
    expect(await topic.publish(message(3, "KRX"))).toEqual({ epoch: krx.epoch, seq: 1 });
    expect((await stream.since(0))?.map(({ id }) => id)).toEqual(["m3"]);
  });

  it("[TP5] goes on where it was after an eviction", async ({ expect }) => {
    const topic = newTopic();
    const before = await topic.publish(message(1));
    await evictDurableObject(topic);
    expect(await topic.publish(message(1))).toEqual(before);
    expect(await topic.publish(message(2))).toEqual({ epoch: before?.epoch, seq: 2 });
  });
});
