import { describe, it } from "vitest";
import { MemoryLedger } from "../../testing/memory/memory-ledger.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { OutboxDrain } from "./outbox-drain.ts";

describe("the drain of the outbox", () => {
  it("[AL12] readers do not wait for who tells, and nothing is marked before it was woken", async ({
    expect,
  }) => {
    const ledger = new MemoryLedger();
    ledger.waiting = [{ id: "m1", exchange: "DEMO", topic: "signal:vcp", body: "{}", at: 1 }];
    const woken = Promise.withResolvers<undefined>();
    const published: string[] = [];
    const deps = {
      ports: {
        ledger,
        clock: { now: () => 1 },
        settings: { lastSwitch: async () => Promise.resolve({ exchange: "DEMO", generation: 1 }) },
        publisher: {
          publish: async ({ id }: { readonly id: string }) => {
            published.push(id);
            return Promise.resolve();
          },
        },
        alerts: { wake: async () => woken.promise },
      },
      watermark: { due: () => null },
      alarm: {
        soon: async () => Promise.resolve(1),
        done: async () => Promise.resolve(),
        afterFailure: async () => Promise.resolve(),
        succeeded: () => undefined,
      },
      log: new MemoryLog(),
      exchange: () => "DEMO" as const,
      closeDeadRun: async () => Promise.resolve(),
      isAlarmNeeded: () => false,
    };
    // @ts-expect-error -- what a drain that measures nothing asks of its book
    const drained = new OutboxDrain(deps).drain();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect([published, ledger.waiting.length]).toEqual([["m1"], 1]);
    woken.resolve(undefined);
    await drained;
    expect(ledger.waiting).toEqual([]);
  });
});
