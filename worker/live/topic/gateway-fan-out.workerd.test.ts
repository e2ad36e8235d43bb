/** What happens to a publish when a gateway is slow, silent, broken or gone. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import type { Delivery, Fragment, GatewayPort } from "../../app/ports/live.ts";
import { FanOut } from "./gateway-fan-out.ts";
import { TopicLog } from "./topic-log.ts";

let topics = 0;

function newTopic(): ReturnType<typeof env.TOPIC.getByName> {
  topics += 1;
  return env.TOPIC.getByName(`fan-out-${topics}`);
}

class Recorder implements GatewayPort {
  readonly got: Fragment[] = [];
  answer: (delivery: Delivery) => Promise<boolean> = () => Promise.resolve(true);

  async deliver(delivery: Delivery): Promise<boolean> {
    const isWanted = await this.answer(delivery);
    this.got.push(...delivery.fragments);
    return isWanted;
  }

  get seqs(): readonly number[] {
    return this.got.map(({ seq }) => seq);
  }
}

interface Bench {
  readonly log: TopicLog;
  readonly fanOut: FanOut;
  readonly lines: readonly unknown[];
  readonly gateways: Readonly<Record<"a" | "b", Recorder>>;
  readonly publish: (from: number, to: number) => void;
}

/** A stream and two gateways on the storage of a new object, both registered at its beginning. */
async function bench(
  act: (bench: Bench) => Promise<void>,
  /** A statement that contains this text fails. */
  broken: string | null = null,
): Promise<void> {
  await runInDurableObject(newTopic(), async (_, { storage }) => {
    let epochs = 0;
    const log = new TopicLog(storage.sql, "market_gate", () => `e${(epochs += 1)}`);
    const gateways = { a: new Recorder(), b: new Recorder() };
    const lines: unknown[] = [];
    const exec: SqlStorage["exec"] = (query, ...values) => {
      if (broken !== null && query.includes(broken)) {
        throw new Error("disk full");
      }
      return storage.sql.exec(query, ...values);
    };
    const fanOut = new FanOut(
      { exec },
      {
        log: { write: (...line) => lines.push(line) },
        topic: "market_gate",
        gateway: (name) => (name === "a" ? gateways.a : gateways.b),
        position: () => log.position(),
        start: (since) => log.start(since),
      },
    );
    const start = log.start(null);
    fanOut.register("a", start);
    fanOut.register("b", start);
    const publish = (from: number, to: number): void => {
      for (let n = from; n <= to; n++) {
        log.append({ id: `m${n}`, exchange: "KRX", body: `{"n":${n}}` });
      }
    };
    await act({ log, fanOut, lines, gateways, publish });
  });
}

describe("FanOut", () => {
  it("[WS8a] sends a gateway that failed everything later, once, and lets no other wait for it", async ({
    expect,
  }) => {
    await bench(async ({ fanOut, lines, gateways, publish }) => {
      gateways.a.answer = () => Promise.reject(new Error("overloaded"));
      publish(1, 2);
      await fanOut.run();
      expect([gateways.a.seqs, gateways.b.seqs]).toEqual([[], [1, 2]]);
      expect(fanOut.retryIn()).toBe(4_000);
      expect(lines).toEqual([["warn", "gateway_not_reached", { gateway: "a", error: "overloaded" }]]);
      await fanOut.run();
      expect(fanOut.retryIn()).toBe(8_000);
      gateways.a.answer = () => Promise.resolve(true);
      publish(3, 3);
      await fanOut.run();
      expect([gateways.a.seqs, gateways.b.seqs]).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
      expect(fanOut.retryIn()).toBeNull();
    });
  });

  it("[WS8a] goes on where it cannot even store that a delivery failed: no other waits, and it is tried again", async ({
    expect,
  }) => {
    await bench(async ({ fanOut, lines, gateways, publish }) => {
      gateways.a.answer = () => Promise.reject(new Error("overloaded"));
      publish(1, 1);
      await fanOut.run();
      expect([gateways.a.seqs, gateways.b.seqs, fanOut.retryIn()]).toEqual([[], [1], 2_000]);
      expect(lines).toEqual([
        ["warn", "gateway_not_reached", { gateway: "a", error: "overloaded" }],
        ["error", "gateway_failure_not_counted", { gateway: "a", error: "disk full" }],
      ]);
      gateways.a.answer = () => Promise.resolve(true);
      await fanOut.run();
      expect(gateways.a.seqs).toEqual([1]);
    }, "SET failures = failures + 1");
  });

  it("[WS8a] takes what was published during a delivery with the next one", async ({ expect }) => {
    await bench(async ({ fanOut, gateways, publish }) => {
      publish(1, 1);
      gateways.a.answer = async () => {
        gateways.a.answer = () => Promise.resolve(true);
        publish(2, 3);
        await fanOut.run();
        return true;
      };
      await fanOut.run();
      await fanOut.run();
      expect([gateways.a.seqs, gateways.b.seqs]).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
    });
  });

  it("[WS8b] forgets a gateway that wants nothing, but not one that subscribed again meanwhile", async ({
    expect,
  }) => {
    await bench(async ({ log, fanOut, gateways, publish }) => {
      gateways.b.answer = () => Promise.resolve(false);
      gateways.a.answer = () => {
        gateways.a.answer = () => Promise.resolve(true);
        fanOut.register("a", log.start(null));
        return Promise.resolve(false);
      };
      publish(1, 1);
      await fanOut.run();
      expect(fanOut.gateways()).toEqual(["a"]);
      publish(2, 2);
      await fanOut.run();
      expect(gateways.a.seqs).toEqual([1, 1, 2]);
    });
  });

  it("[WS8c] sends a gateway beyond the ring, or of an older epoch, the last place only", async ({
    expect,
  }) => {
    await bench(async ({ log, fanOut, gateways, publish }) => {
      gateways.a.answer = () => Promise.reject(new Error("away"));
      publish(1, 300);
      await fanOut.run();
      gateways.a.answer = () => Promise.resolve(true);
      await fanOut.run();
      expect(gateways.a.seqs).toEqual([300]);
      log.begin({ exchange: "DEMO", generation: 1 }, null);
      await fanOut.run();
      expect(gateways.a.got.at(-1)).toMatchObject({ epoch: "e2", seq: 0 });
      expect(fanOut.retryIn()).toBeNull();
    });
  });
});

describe("Topic", () => {
  it("[WS8a] delivers by its alarm what was saved by a process that died right after", async ({ expect }) => {
    const topic = newTopic();
    await topic.publish({ id: "m1", exchange: "KRX", body: '{"n":1}' });
    const start = await topic.subscribe("weur/1", null);
    expect(start).toMatchObject({ seq: 1, recovered: false, reset: false });
    expect(await topic.stats()).toMatchObject({ gateways: 1 });
    await runInDurableObject(topic, async (_, { storage }) => {
      const log = new TopicLog(storage.sql, "unused", () => "never");
      log.append({ id: "m2", exchange: "KRX", body: '{"n":2}' });
      await storage.setAlarm(Date.now() + 60_000);
    });
    expect(await runDurableObjectAlarm(topic)).toBe(true);
    // Nobody listens there: the delivery was made and answered with `false`.
    expect(await topic.stats()).toMatchObject({ gateways: 0 });
  });
});
