/** What one turn does of what clients ask for, and what waits for the next one. */
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { WorkQueue } from "./work-queue.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("WorkQueue", () => {
  it("[WS16b] does eight messages of 256 prices a turn, the others later and in their order, and lets timers between", ({
    expect,
  }) => {
    const queue = new WorkQueue();
    const done: (number | string)[] = [];
    for (let n = 0; n < 20; n++) {
      queue.add({ units: 4_096, run: () => done.push(n) });
    }
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    vi.advanceTimersToNextTimer();
    setTimeout(() => done.push("value"), 0);
    expect(done.length).toBe(16);
    vi.runAllTimers();
    expect(done.slice(14)).toEqual([14, 15, "value", 16, 17, 18, 19]);
  });

  it("[WS16b] has no timer while nobody asks for anything, so that its object may sleep", ({ expect }) => {
    const queue = new WorkQueue();
    expect(vi.getTimerCount()).toBe(0);
    queue.add({ units: 100, run: () => undefined });
    expect(vi.getTimerCount()).toBe(1);
    vi.runAllTimers();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("[WS16b] does what remains after work that throws, and nothing that was dropped", ({ expect }) => {
    const queue = new WorkQueue();
    const done: string[] = [];
    const work = (name: string) => ({ units: 40_000, run: () => done.push(name) });
    const dropped = work("dropped");
    queue.add(work("first"));
    queue.add({
      units: 1,
      run: () => {
        throw new Error("broken");
      },
    });
    queue.add(dropped);
    queue.add(work("last"));
    queue.drop(dropped);
    expect(() => vi.advanceTimersToNextTimer()).toThrow("broken");
    vi.runAllTimers();
    expect(done).toEqual(["first", "last"]);
  });
});
