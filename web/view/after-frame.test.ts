import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { afterFrame } from "./after-frame.ts";

let frames: Map<number, () => void>;

beforeEach(() => {
  vi.useFakeTimers();
  frames = new Map();
  let last = 0;
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => {
    last += 1;
    frames.set(last, run);
    return last;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function paint(): void {
  const due = [...frames.values()];
  frames.clear();
  due.forEach((run) => {
    run();
  });
}

describe("what a press sets going", () => {
  it("[UI251] runs once behind the frame, and once where the frame comes late: a hidden page paints it when it is shown", ({
    expect,
  }) => {
    const run = vi.fn<() => void>();
    afterFrame(run);
    paint();
    expect(run).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(1);
    afterFrame(run);
    vi.advanceTimersByTime(100);
    expect(run).toHaveBeenCalledTimes(2);
    paint();
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("[UI251] taken back it does not run, before its frame and behind it", ({ expect }) => {
    const run = vi.fn<() => void>();
    afterFrame(run)();
    paint();
    const back = afterFrame(run);
    paint();
    back();
    vi.runAllTimers();
    expect(run).not.toHaveBeenCalled();
  });
});
