import * as fc from "fast-check";
import { describe, it } from "vitest";
import { MemoryLedger } from "../../testing/memory/memory-ledger.ts";
import { MemorySettings } from "../../testing/memory/memory-ports.ts";
import type { OutboxMessage } from "../ports/scan-ledger.ts";
import { publishOutbox, type PublishPorts } from "./publish-outbox.ts";

function message(n: number, exchange: OutboxMessage["exchange"] = "KRX"): OutboxMessage {
  return { id: `m${n}`, exchange, topic: n % 3 === 0 ? "market_gate" : "signal:vcp", body: `{"n":${n}}` };
}

const MESSAGES = Array.from({ length: 120 }, (_, n) => message(n));

/** A topic that recognises messages by id, on a line that breaks at the given calls, before or after the message arrived. */
function setUp(
  breaks: ReadonlyMap<number, "before" | "after"> = new Map(),
  markBreaks: ReadonlySet<number> = new Set(),
) {
  const ledger = new MemoryLedger();
  ledger.waiting = MESSAGES.map((one) => ({ ...one, at: 1 }));
  const settings = new MemorySettings();
  settings.exchange = "KRX";
  const received: OutboxMessage[] = [];
  const generations = new Set<number>();
  let calls = 0;
  let marks = 0;
  const ports: PublishPorts = {
    ledger: {
      unpublished: (exchange, limit) => ledger.unpublished(exchange, limit),
      markPublished: async (ids) => {
        marks += 1;
        if (markBreaks.has(marks)) {
          throw new Error("the mark was lost");
        }
        await ledger.markPublished(ids);
      },
    },
    publisher: {
      publish: async (one, generation) => {
        calls += 1;
        generations.add(generation);
        const failure = breaks.get(calls);
        if (failure !== "before" && !received.some(({ id }) => id === one.id)) {
          received.push({ id: one.id, exchange: one.exchange, topic: one.topic, body: one.body });
        }
        if (failure) {
          throw new Error("the topic is out of reach");
        }
        await Promise.resolve();
      },
    },
    settings,
    clock: { now: () => 7 },
  };
  return { ledger, settings, received, ports, generations, calls: () => calls };
}

describe("publishing", () => {
  it("[JB7] hands over every message once, in the order of saving, and marks it", async ({ expect }) => {
    const { ledger, received, ports, calls } = setUp();
    expect(await publishOutbox("KRX", ports)).toBe(120);
    expect(received).toEqual(MESSAGES);
    expect(ledger.waiting).toEqual([]);
    expect(await publishOutbox("KRX", ports)).toBe(0);
    expect(calls()).toBe(120);
  });

  it("[JB7] stops at the message that fails, and keeps what came before", async ({ expect }) => {
    const { ledger, received, ports } = setUp(new Map([[4, "before"]]));
    await expect(publishOutbox("KRX", ports)).rejects.toThrow("out of reach");
    expect(received.map(({ id }) => id)).toEqual(["m0", "m1", "m2"]);
    expect(ledger.waiting[0]?.id).toBe("m3");
    expect(await publishOutbox("KRX", ports)).toBe(117);
    expect(received).toEqual(MESSAGES);
  });

  it("[JB7] loses and doubles nothing wherever the process stops", async ({ expect }) => {
    const where = fc.record({
      breaks: fc.array(
        fc.tuple(fc.integer({ min: 1, max: 130 }), fc.constantFrom("before" as const, "after" as const)),
        {
          maxLength: 8,
        },
      ),
      marks: fc.uniqueArray(fc.integer({ min: 1, max: 125 }), { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(where, async ({ breaks, marks }) => {
        const { ledger, received, ports } = setUp(new Map(breaks), new Set(marks));
        let tries = 0;
        while (ledger.waiting.length > 0) {
          tries += 1;
          expect(tries).toBeLessThanOrEqual(breaks.length + marks.length + 1);
          await publishOutbox("KRX", ports).catch(() => 0);
        }
        expect(received).toEqual(MESSAGES);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("[JB8] closes the messages of an exchange that is not active, and leaves the other's", async ({
    expect,
  }) => {
    const { ledger, settings, received, ports } = setUp();
    settings.exchange = "DEMO";
    ledger.waiting.push({ ...message(500, "DEMO"), at: 2 });
    expect(await publishOutbox("KRX", ports)).toBe(0);
    expect(received).toEqual([]);
    expect(ledger.waiting.map(({ id }) => id)).toEqual(["m500"]);
    expect(await publishOutbox("DEMO", ports)).toBe(1);
  });

  it("[JB8a] hands each message over under the switch that was recorded when it was read, and keeps what a topic refuses", async ({
    expect,
  }) => {
    const { ledger, settings, ports, generations } = setUp(new Map([[3, "before"]]));
    settings.generation = 4;
    await expect(publishOutbox("KRX", ports)).rejects.toThrow("out of reach");
    expect(ledger.waiting[0]?.id).toBe("m2");
    settings.generation = 5;
    await publishOutbox("KRX", ports);
    expect([...generations]).toEqual([4, 5]);
  });

  it("[JB8a] asks for the switch after the messages were read", async ({ expect }) => {
    const { ports } = setUp();
    const order: string[] = [];
    const { ledger, settings } = ports;
    await publishOutbox("KRX", {
      ...ports,
      ledger: {
        ...ledger,
        unpublished: (exchange, limit) => {
          order.push("read");
          return ledger.unpublished(exchange, limit);
        },
      },
      settings: {
        lastSwitch: () => {
          order.push("asked");
          return settings.lastSwitch();
        },
      },
    });
    expect(order.slice(0, 2)).toEqual(["read", "asked"]);
  });
});
