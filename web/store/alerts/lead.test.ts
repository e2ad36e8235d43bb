/** One tab of a browser leads: the one that was looked at last. */
import { describe, it } from "vitest";
import { makeSimulatedTime } from "../../live/simulated-time.ts";
import { leadByLease, leadByLock, type Locks } from "./lead.ts";
import { memoryPlace } from "./stage-alerts.ts";

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

/** The locks of a browser: one holder, a queue, and who steals. */
function makeLocks(): Locks {
  let holder: ((reason: unknown) => void) | null = null;
  const queue: (() => void)[] = [];
  async function hold(run: () => Promise<void>): Promise<void> {
    const stolen = Promise.withResolvers<never>();
    holder = stolen.reject;
    const mine = holder;
    try {
      await Promise.race([run(), stolen.promise]);
    } finally {
      if (holder === mine) {
        holder = null;
        queue.shift()?.();
      }
    }
  }
  return {
    request: async (_name, { signal, steal }, run) => {
      if (steal === true) {
        holder?.(new DOMException("stolen", "AbortError"));
      } else if (holder !== null) {
        await new Promise<void>((resolve, reject) => {
          queue.push(resolve);
          signal?.addEventListener("abort", () => {
            queue.splice(queue.indexOf(resolve), 1);
            reject(new DOMException("aborted", "AbortError"));
          });
        });
      }
      await hold(run);
    },
  };
}

describe("the tab that leads", () => {
  it("[UI275] is the one that was looked at last, and another when it goes", async ({ expect }) => {
    const locks = makeLocks();
    const tabs = [leadByLock(locks), leadByLock(locks), leadByLock(locks)] as const;
    const leading = async (): Promise<readonly boolean[]> => {
      await settle();
      return tabs.map(({ isLeading }) => isLeading());
    };
    expect(await leading()).toEqual([true, false, false]);
    tabs[2].take();
    expect(await leading()).toEqual([false, false, true]);
    tabs[1].take();
    expect(await leading()).toEqual([false, true, false]);
    tabs[1].end();
    expect((await leading()).filter(Boolean)).toHaveLength(1);
    tabs[2].end();
    tabs[0].end();
    expect(await leading()).toEqual([false, false, false]);
  });

  it("[UI275] is found by a lease where the browser has no locks, never two at a time", ({ expect }) => {
    const time = makeSimulatedTime(1_000_000);
    const { shelf } = memoryPlace();
    const open = (id: string): ReturnType<typeof leadByLease> =>
      leadByLease({ shelf, timers: time.timers, now: () => time.server(), id });
    const tabs = [open("a"), open("b")] as const;
    const most = { leading: 0 };
    const pass = (ms: number): readonly boolean[] => {
      for (let i = 0; i < ms; i += 500) {
        time.pass(500);
        most.leading = Math.max(most.leading, tabs.filter(({ isLeading }) => isLeading()).length);
      }
      return tabs.map(({ isLeading }) => isLeading());
    };
    expect(pass(4_000)).toEqual([true, false]);
    tabs[1].take();
    expect(pass(4_000)).toEqual([false, true]);
    tabs[1].end();
    expect(pass(8_000)).toEqual([true, false]);
    expect(most.leading).toBe(1);
    // A lease from a clock that was set back since holds nobody up.
    shelf.setItem("vcp.alerts.lead", `gone ${time.server() + 86_400_000}`);
    expect(pass(6_000)).toEqual([true, false]);
  });
});
