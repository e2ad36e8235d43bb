/** A topic that stands on another switch than the store records, with a store and a book of the test's own. */
import { applyD1Migrations, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { D1Settings } from "../../adapters/d1/settings.ts";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { TopicLog } from "./topic-log.ts";
import { TopicStream } from "./topic.ts";

let topics = 0;

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

/** A topic's lives on one storage. */
class Lives {
  recorded: ExchangeSwitch = { exchange: "DEMO", generation: 0 };
  isStoreDown = false;
  isBookDown = false;
  /** What the book's snapshots have, at the moment they are asked for. */
  state = 0;
  readonly log = new MemoryLog();
  readonly slow: Promise<void>[] = [];
  asked = 0;
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  get storage(): DurableObjectStorage {
    return this.#ctx.storage;
  }

  /** What the topic has stored. */
  kept(): TopicLog {
    return new TopicLog(this.#ctx.storage.sql, `switch-${topics}`, () => crypto.randomUUID());
  }

  record(exchange: Exchange): void {
    this.recorded = { exchange, generation: this.recorded.generation + 1 };
  }

  /** The birth asks the store in the background, as after a death. */
  born(): TopicStream {
    return new TopicStream(
      this.#ctx,
      {},
      {
        clock: { now: () => Date.now() },
        log: this.log,
        build: "test",
        gateway: () => ({ deliver: () => Promise.resolve(true) }),
        settings: {
          lastSwitch: () => {
            this.asked += 1;
            return this.isStoreDown
              ? Promise.reject(new Error("store away"))
              : Promise.resolve(this.recorded);
          },
        },
        book: (exchange) => ({
          snapshots: async () => {
            const body = JSON.stringify({ type: "market_gate_update", exchange, state: this.state });
            await this.slow.shift();
            return this.isBookDown
              ? Promise.reject(new Error("book away"))
              : [{ id: "s", exchange, topic: `switch-${topics}`, body }];
          },
        }),
      },
    );
  }
}

async function onLives(act: (lives: Lives) => Promise<void>): Promise<void> {
  topics += 1;
  await runInDurableObject(env.TOPIC.getByName(`switch-${topics}`), async (own, ctx) => {
    // The object itself lives on the same storage: it is done with its own birth before a test begins.
    await own.followSwitch();
    await act(new Lives(ctx));
  });
}

const message = (n: number, exchange: Exchange, generation: number) => ({
  id: `m${n}`,
  exchange,
  generation,
  body: JSON.stringify({ n }),
});

/** What a new subscriber of the topic gets. */
function stateOf(lives: Lives): readonly string[] {
  return lives
    .kept()
    .start(null)
    .fragments.map(({ text }) => text.replace(/"(?:epoch|seq|snapshot)":[^,}]*,?/g, ""));
}

const settled = async (topic: TopicStream): Promise<void> => topic.followSwitch();

describe("a topic that missed a switch", () => {
  it("[TP12] begins the recorded switch with its state at its next birth, its alarm and its next message", async ({
    expect,
  }) => {
    await onLives(async (lives) => {
      const first = lives.born();
      await first.publish(message(1, "DEMO", 0));
      lives.record("KRX");
      lives.state = 7;
      const reborn = lives.born();
      await settled(reborn);
      expect(reborn.stats().applied).toEqual({ exchange: "KRX", generation: 1 });
      expect(stateOf(lives)).toEqual([expect.stringContaining('"exchange":"KRX","state":7')]);
      lives.record("DEMO");
      await reborn.alarm();
      await settled(reborn);
      expect(reborn.stats().applied).toEqual({ exchange: "DEMO", generation: 2 });
      lives.record("KRX");
      expect(await reborn.publish(message(2, "KRX", 3))).toMatchObject({ seq: 1 });
      expect(reborn.stats().applied).toEqual({ exchange: "KRX", generation: 3 });
    });
  });

  it("[TP12] begins it at its birth without another question or call", async ({ expect }) => {
    await onLives(async (lives) => {
      lives.record("KRX");
      const reborn = lives.born();
      await expect
        .poll(() => reborn.stats().applied, { timeout: 5_000 })
        .toEqual({ exchange: "KRX", generation: 1 });
    });
  });

  it("[TP12] of a version without numbers, and whose switch broke half-way, begins the exchange of the setting", async ({
    expect,
  }) => {
    await onLives(async (lives) => {
      const topic = lives.born();
      await topic.publish({ id: "old", exchange: "DEMO", body: "{}" });
      lives.recorded = { exchange: "KRX", generation: 0 };
      await topic.followSwitch();
      expect(topic.stats().applied).toEqual({ exchange: "KRX", generation: 0 });
    });
  });

  it("[TP11] refuses to be done with a message of the later switch that it cannot begin, and has it when it can", async ({
    expect,
  }) => {
    await onLives(async (lives) => {
      const topic = lives.born();
      await topic.publish(message(1, "DEMO", 0));
      lives.record("KRX");
      lives.isBookDown = true;
      await expect(topic.publish(message(2, "KRX", 1))).rejects.toThrow("book away");
      expect(
        lives
          .kept()
          .since(0)
          ?.map(({ id }) => id),
      ).toEqual(["m1"]);
      lives.isBookDown = false;
      expect(await topic.publish(message(2, "KRX", 1))).toMatchObject({ seq: 1 });
      expect(
        lives
          .kept()
          .since(0)
          ?.map(({ id }) => id),
      ).toEqual(["m2"]);
    });
  });

  it("[TP11] answers null to a message of an earlier switch, of the same exchange too: its state has it", async ({
    expect,
  }) => {
    await onLives(async (lives) => {
      const topic = lives.born();
      await topic.publish(message(1, "DEMO", 0));
      lives.record("KRX");
      lives.record("DEMO");
      await topic.followSwitch();
      expect([await topic.publish(message(2, "DEMO", 0)), await topic.publish(message(3, "KRX", 1))]).toEqual(
        [null, null],
      );
      expect(lives.kept().since(0)).toEqual([]);
    });
  });

  it("[TP13] of two overlapping switches ends on the later, whichever state arrives last", async ({
    expect,
  }) => {
    await onLives(async (lives) => {
      const topic = lives.born();
      await settled(topic);
      const slow = Promise.withResolvers<void>();
      lives.slow.push(slow.promise);
      lives.record("KRX");
      const first = topic.followSwitch();
      await expect.poll(() => lives.slow.length).toBe(0);
      lives.record("DEMO");
      const second = topic.followSwitch();
      slow.resolve();
      await Promise.all([first, second]);
      expect(topic.stats().applied).toEqual({ exchange: "DEMO", generation: 2 });
    });
  });

  it("[TP12] that cannot ask the store logs it, and its alarm asks again", async ({ expect }) => {
    await onLives(async (lives) => {
      lives.isStoreDown = true;
      lives.born();
      await expect
        .poll(() => lives.log.lines, { timeout: 5_000 })
        .toEqual([
          {
            level: "warn",
            event: "switch_not_followed",
            fields: { topic: `switch-${topics}`, error: "store away" },
          },
        ]);
      await expect.poll(async () => lives.storage.getAlarm()).toBeGreaterThan(Date.now());
    });
  });
});

describe("the setting", () => {
  it("[ST3] of yesterday, without a number, is generation 0, and the next switch is 1", async ({
    expect,
  }) => {
    await env.DB.exec("insert into setting values ('active_exchange', 'KRX')");
    const settings = new D1Settings(env.DB);
    expect(await settings.lastSwitch()).toEqual({ exchange: "KRX", generation: 0 });
    expect(await settings.setActiveExchange("DEMO")).toEqual({ exchange: "DEMO", generation: 1 });
    expect(await settings.lastSwitch()).toEqual({ exchange: "DEMO", generation: 1 });
  });
});
