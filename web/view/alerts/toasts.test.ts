/** The notices over the page, and what the title has of them. */
import { describe, it } from "vitest";
import { makeSimulatedTime } from "../../live/simulated-time.ts";
import { createToasts, MAX_TOASTS, TOAST_MS } from "./toasts.ts";
import { titleWith } from "./unread-mark.ts";

const NOTICE = { kind: "asked", text: "", isRefused: false } as const;

describe("notices over the page", () => {
  it("[UI277] are three at most, for six seconds, and longer while they are held", ({ expect }) => {
    const time = makeSimulatedTime();
    const pass = (ms: number): void => {
      time.pass(ms);
    };
    const toasts = createToasts((ms, run) => time.timers.after(ms, run));
    const ids = (): readonly number[] => toasts.all().map(({ id }) => id);
    for (let i = 0; i <= MAX_TOASTS; i++) {
      toasts.add(NOTICE);
      pass(1_000);
    }
    expect(ids()).toEqual([2, 3, 4]);
    pass(TOAST_MS - 3_001);
    expect(ids()).toEqual([2, 3, 4]);
    pass(1);
    expect(ids()).toEqual([3, 4]);
    toasts.hold(true);
    toasts.add(NOTICE);
    pass(60_000);
    expect(ids()).toEqual([3, 4, 5]);
    toasts.close(4);
    toasts.hold(false);
    pass(TOAST_MS - 1);
    expect(ids()).toEqual([3, 5]);
    pass(1);
    expect(ids()).toEqual([]);
  });

  it("[UI278] are counted in the title, whatever the page writes there", ({ expect }) => {
    expect(titleWith("VCP Radar", 3)).toBe("(3) VCP Radar");
    expect(titleWith("(3) VCP Radar", 12)).toBe("(12) VCP Radar");
    expect(titleWith("(12) VCP Radar", 100)).toBe("(99+) VCP Radar");
    expect(titleWith("(99+) VCP Radar", 0)).toBe("VCP Radar");
  });
});
