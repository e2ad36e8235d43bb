import { describe, it } from "vitest";
import { awaitData, DEMO_ROWS, type Waiting } from "./await-data.ts";
import type { DataState } from "./serve-health.ts";

const READY: DataState = { preparing: false, rows: DEMO_ROWS, text: "DEMO: 2,700 tickers" };

function preparing(share: number): DataState {
  return { preparing: true, rows: share * DEMO_ROWS, text: "" };
}

/** Reads the states one after the other, the last one for ever. */
function setUp(states: readonly (DataState | null)[], overrides: Partial<Waiting> = {}) {
  const left = [...states];
  let written = "";
  const waiting: Waiting = {
    read: () => Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? null),
    isOver: () => false,
    output: {
      isTTY: false,
      write: (text: string) => {
        written += text;
      },
    },
    patienceMs: 20_000,
    ...overrides,
  };
  return { waiting, written: () => written };
}

describe("the wait for the demo", () => {
  it("[CL21] shows how far the rows have come, and ends when they and their scan are there", async ({
    expect,
  }) => {
    const { waiting, written } = setUp([null, preparing(0), preparing(0.42), preparing(1), READY]);
    expect(await awaitData(waiting)).toBe(READY);
    expect(written()).toBe(
      "Preparing the demo market ...\nPreparing the demo market 40 %\nPreparing the demo market 90 %\n",
    );
  });

  it("[CL21] announces at once that it prepares, also when the book is too busy to count", async ({
    expect,
  }) => {
    const busy: DataState = { preparing: true, rows: 0, text: "answers 503, not ready" };
    const log = setUp([null, busy, busy, READY]);
    expect(await awaitData(log.waiting)).toBe(READY);
    expect(log.written()).toBe("Preparing the demo market ...\n");
    let bar = "";
    const output = { isTTY: true, write: (text: string) => (bar += text) };
    await awaitData(setUp([null, busy, READY], { output }).waiting);
    expect(bar.replace("\u001B[K", "")).toMatch(/^\rPreparing the demo market \[\.+\] +0 %\n$/);
    bar = "";
    await awaitData(setUp([null, READY], { output }).waiting);
    expect(bar).toBe("");
  });

  it("[CL21] writes nothing when there is nothing to prepare", async ({ expect }) => {
    const { waiting, written } = setUp([READY]);
    expect(await awaitData(waiting)).toBe(READY);
    expect(written()).toBe("");
  });

  it("[CL21] ends with what there is when patience runs out, with null when nothing answered", async ({
    expect,
  }) => {
    const slow = preparing(0.5);
    expect(await awaitData(setUp([slow], { patienceMs: 300 }).waiting)).toBe(slow);
    expect(await awaitData(setUp([null], { patienceMs: 300 }).waiting)).toBeNull();
  });

  it("[CL21] ends when the caller ends it, or with the error of the caller", async ({ expect }) => {
    expect(await awaitData(setUp([preparing(0)], { isOver: () => true }).waiting)).toBeNull();
    const dead = (): never => {
      throw new Error("the Worker ended");
    };
    await expect(awaitData(setUp([null], { isOver: dead }).waiting)).rejects.toThrow("the Worker ended");
  });
});
