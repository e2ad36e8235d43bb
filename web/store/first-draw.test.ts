import { describe, it } from "vitest";
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

  it("[UI250] passes a load that fails on, and lets the next one try", async ({ expect }) => {
    const first = makeFirstDraw(makeWaits().wait);
    first.end();
    await expect(
      first.behind(async () => {
        throw new TypeError("offline");
      }),
    ).rejects.toThrow("offline");
    expect(await first.behind(async () => 1)).toBe(1);
  });
});
