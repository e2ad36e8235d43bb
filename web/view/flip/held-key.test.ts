import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { createHeldKey } from "./held-key.ts";

/** Whatever was promised has come. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
  }
}

describe("a step to a signal that is not here yet", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Keys that begin with `c` are cold. */
  function stage(first: string | null): {
    readonly go: (key: string | null) => void;
    readonly shown: () => string | null;
    readonly come: (key: string) => Promise<void>;
    readonly given: readonly string[];
  } {
    const pending = new Map<string, () => void>();
    const given: string[] = [];
    const [key, setKey] = createSignal(first);
    const shown = createRoot(() =>
      createHeldKey(key, (next, abort) => {
        if (!next.startsWith("c")) {
          return null;
        }
        abort.addEventListener("abort", () => given.push(next));
        const { promise, resolve } = Promise.withResolvers<undefined>();
        pending.set(next, () => {
          resolve(undefined);
        });
        return promise;
      }),
    );
    return {
      go: (next) => void setKey(next),
      shown,
      come: async (one) => {
        pending.get(one)?.();
        await settle();
      },
      given,
    };
  }

  it("[UI208] leaves the one before until the next has come, and waits for none that is here", async ({
    expect,
  }) => {
    const { go, shown, come } = stage("a");
    go("b");
    expect(shown()).toBe("b");
    go("c1");
    expect(shown()).toBe("b");
    await come("c1");
    expect(shown()).toBe("c1");
    go(null);
    expect(shown()).toBeNull();
    // Nothing stands there that could stay.
    go("c2");
    expect(shown()).toBe("c2");
  });

  it("[UI208] of steps that follow each other shows the last alone, and gives the others up", async ({
    expect,
  }) => {
    const { go, shown, come, given } = stage("a");
    go("c1");
    go("c2");
    expect(given).toEqual(["c1"]);
    await come("c1");
    expect(shown()).toBe("a");
    await come("c2");
    expect(shown()).toBe("c2");
  });

  it("[UI208] shows the place of what is coming where that takes long", async ({ expect }) => {
    const { go, shown, come } = stage("a");
    go("c1");
    vi.advanceTimersByTime(399);
    expect(shown()).toBe("a");
    vi.advanceTimersByTime(1);
    expect(shown()).toBe("c1");
    go("b");
    await come("c1");
    expect(shown()).toBe("b");
  });
});
