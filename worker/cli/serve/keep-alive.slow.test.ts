import { describe, it } from "vitest";
import { keepAlive, type KeepAlive, type Watched } from "./keep-alive.ts";

const TIMES = { silence: 200, ask: 60, step: 20, pause: 10, health: 100_000 };

interface FakeWorker extends Watched {
  readonly name: number;
}

/** Workers 0, 1, 2, ...: `lives(name)` is for how many questions each answers. */
function stage(lives: (name: number) => number, overrides: Partial<KeepAlive<FakeWorker>> = {}) {
  const printed: string[] = [];
  const stopped: number[] = [];
  const asked: number[] = [];
  let over = false;
  let made = 0;
  const make = (): FakeWorker => {
    const name = made;
    made += 1;
    return {
      name,
      ended: new Promise(() => undefined),
      stop: () => {
        stopped.push(name);
        return Promise.resolve();
      },
    };
  };
  const deps: KeepAlive<FakeWorker> = {
    start: () => Promise.resolve(make()),
    answers: ({ name }, timeoutMs) => {
      asked[name] = (asked[name] ?? 0) + 1;
      if (asked[name] <= lives(name)) {
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        setTimeout(() => resolve(false), timeoutMs);
      });
    },
    ready: () => Promise.resolve(),
    isOver: () => over,
    print: (line) => printed.push(line),
    times: TIMES,
    ...overrides,
  };
  const end = (): void => {
    over = true;
  };
  return { make, deps, printed, stopped, asked, end };
}

describe("a Worker that is watched", () => {
  it("[CL37] is started again, all of it, when it has not answered for long", async ({ expect }) => {
    const { make, deps, printed, stopped, end } = stage((name) => (name === 0 ? 2 : Infinity));
    const began = performance.now();
    const watching = keepAlive(make(), deps);
    while (printed.length < 2) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    expect(performance.now() - began).toBeGreaterThanOrEqual(TIMES.silence);
    expect(printed).toEqual([
      "The Worker has not answered for 0 s: starting it again (try 1 of 3).",
      "The Worker answers again.",
    ]);
    expect(stopped).toEqual([0]);
    end();
    await watching;
  });

  it("[CL37] is left alone by one answer that is late", async ({ expect }) => {
    let late = 0;
    const { make, deps, printed, asked, end } = stage(() => Infinity);
    const watching = keepAlive(make(), {
      ...deps,
      answers: async (worker, timeoutMs) => {
        late += 1;
        const hasAnswered = await deps.answers(worker, timeoutMs);
        return hasAnswered && late % 3 !== 0;
      },
    });
    while ((asked[0] ?? 0) < 20) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    end();
    await watching;
    expect(printed).toEqual([]);
  });

  it("[CL37] is started again when its process ended by itself", async ({ expect }) => {
    const { make, deps, printed, end } = stage(() => Infinity);
    const watching = keepAlive({ ...make(), ended: Promise.resolve("SIGKILL") }, deps);
    while (printed.length < 2) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    expect(printed[0]).toBe("The Worker ended by itself (SIGKILL): starting it again (try 1 of 3).");
    end();
    await watching;
  });

  it("[CL37a] ends the command with the reason after three tries in a row", async ({ expect }) => {
    const { make, deps, printed, stopped } = stage(() => 1);
    await expect(keepAlive(make(), deps)).rejects.toMatchObject({
      exitCode: 1,
      message: "The Worker has not answered for 0 s. It was started again 3 times in a row; this ends it.",
    });
    expect(printed.filter((line) => line.includes("(try"))).toHaveLength(3);
    expect(stopped).toEqual([0, 1, 2, 3]);
  });

  it("[CL37a] counts a start that fails as a try, and names why it failed", async ({ expect }) => {
    const { make, deps, printed } = stage(() => 1, {
      start: () => Promise.reject(new Error("The Worker ended while starting")),
    });
    await expect(keepAlive(make(), deps)).rejects.toThrow("The Worker ended while starting. It was started");
    expect(printed).toHaveLength(3);
  });

  it("[CL37a] counts anew after a minute of health", async ({ expect }) => {
    const { make, deps, printed } = stage((name) => (name < 6 ? 12 : 1), {
      times: { ...TIMES, health: 100 },
    });
    await expect(keepAlive(make(), deps)).rejects.toThrow("3 times in a row");
    expect(printed.filter((line) => line.includes("try 1 of 3"))).toHaveLength(6);
  });

  it("[CL39] is not started again before there is space on its disk", async ({ expect }) => {
    const order: string[] = [];
    const { make, deps, end } = stage((name) => (name === 0 ? 0 : Infinity));
    const watching = keepAlive(make(), {
      ...deps,
      ready: () => {
        order.push("space");
        return Promise.resolve();
      },
      start: async () => {
        order.push("start");
        return deps.start();
      },
    });
    while (order.length < 2) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    expect(order).toEqual(["space", "start"]);
    end();
    await watching;
  });
});
