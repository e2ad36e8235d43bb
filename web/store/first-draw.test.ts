import { describe, it, vi } from "vitest";
import { makeFirstDraw } from "./first-draw.ts";

/** Timers that run when they are told to. */
function makeWaits(): {
  readonly wait: (run: () => void, ms: number) => void;
  readonly due: Map<number, () => void>;
} {
  const due = new Map<number, () => void>();
  return { wait: (run, ms) => due.set(ms, run), due };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
  }
}

describe("the first draw", () => {
  it("[UI250] holds back what loads behind it until it is over, and nothing afterwards", async ({
    expect,
  }) => {
    const { wait } = makeWaits();
    const first = makeFirstDraw(wait);
    const loaded: string[] = [];
    const load = (name: string) => async (): Promise<void> => {
      loaded.push(name);
    };
    const [card, reasons] = [first.behind(load("card")), first.behind(load("reasons"))];
    await settle();
    expect(loaded).toEqual([]);
    first.end();
    await Promise.all([card, reasons]);
    expect(loaded).toEqual(["card", "reasons"]);
    await first.behind(load("late"));
    expect(loaded).toEqual(["card", "reasons", "late"]);
  });

  it("[UI250] is over after a while without rows, counted once from the first that waits", async ({
    expect,
  }) => {
    const { wait, due } = makeWaits();
    const first = makeFirstDraw(wait);
    expect([...due.keys()]).toEqual([]);
    const loads = [first.behind(async () => "a"), first.behind(async () => "b")];
    expect([...due.keys()]).toEqual([8_000]);
    due.get(8_000)?.();
    expect(await Promise.all(loads)).toEqual(["a", "b"]);
  });

  it("[UI252] makes a load that failed again, a second later and then at longer intervals, until it succeeds", async ({
    expect,
  }) => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const rests: number[] = [];
    const first = makeFirstDraw((run, ms) => {
      rests.push(ms);
      run();
    });
    first.end();
    let tries = 0;
    const part = await first.behind(async () => {
      tries += 1;
      if (tries < 10) {
        throw new TypeError("offline");
      }
      return "part";
    });
    expect(part).toBe("part");
    expect(rests.slice(1)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(warned.mock.calls.length).toBe(9);
    warned.mockRestore();
  });

  it("[UI252] tries nothing without a network, and what is pressed for does not wait for the rows", async ({
    expect,
  }) => {
    const online = Promise.withResolvers<undefined>();
    const { wait } = makeWaits();
    const first = makeFirstDraw(wait, async () => online.promise);
    const loaded: string[] = [];
    const load = (name: string) => async (): Promise<void> => {
      loaded.push(name);
    };
    const parts = [first.behind(load("card")), first.pressed(load("dialog"))];
    await settle();
    expect(loaded).toEqual([]);
    online.resolve(undefined);
    await settle();
    expect(loaded).toEqual(["dialog"]);
    first.end();
    await Promise.all(parts);
    expect(loaded).toEqual(["dialog", "card"]);
  });
});
