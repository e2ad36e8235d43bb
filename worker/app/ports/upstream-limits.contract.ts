/** What every limiter of calls must do: a vendor's budget is never passed, whatever crashes. */
import { describe, it } from "vitest";
import type { UpstreamLimits, UpstreamStore } from "./market-sources.ts";
import { BudgetSpent } from "./market-sources.ts";

export interface LimitsWorld {
  readonly limits: UpstreamLimits;
  /** On the same store, with an empty memory. */
  reborn(): UpstreamLimits;
  readonly store: UpstreamStore & {
    /** From now on the store fails. */
    fail(on: boolean): void;
  };
  /** The instants at which takes resolved are spaced by at least this. */
  readonly spacingMs: number;
  /** At most so many takes a day in Seoul; small, so that a test can spend it. */
  readonly perDay: number;
  now(): number;
  advance(ms: number): void;
}

const DAY_MS = 86_400_000;

async function spent(limits: UpstreamLimits): Promise<BudgetSpent | null> {
  try {
    await limits.take("krx");
    return null;
  } catch (error) {
    if (error instanceof BudgetSpent) {
      return error;
    }
    throw error;
  }
}

/** `make` gives limits of which nothing is taken, at noon in Seoul, whose waiting moves their clock. */
export function upstreamLimitsContract(name: string, make: () => LimitsWorld): void {
  describe(`UpstreamLimits: ${name}`, () => {
    it("[MS12] exactly the day's calls are given, however many ask at once and whoever was born again", async ({
      expect,
    }) => {
      const world = make();
      const first = await Promise.all(Array.from({ length: world.perDay - 1 }, () => spent(world.limits)));
      expect(first.every((one) => one === null)).toBe(true);
      const reborn = world.reborn();
      const rest = await Promise.all([spent(reborn), spent(reborn), spent(reborn)]);
      expect(rest.filter((one) => one === null)).toHaveLength(1);
      expect(rest.find((one) => one !== null)?.until).toBeGreaterThan(world.now());
      world.advance(DAY_MS);
      expect(await spent(world.reborn())).toBeNull();
    });

    it("[MS12] a call that could not be counted is not given", async ({ expect }) => {
      const world = make();
      world.store.fail(true);
      await expect(world.limits.take("krx")).rejects.toThrow();
      world.store.fail(false);
      expect(await spent(world.limits)).toBeNull();
    });

    it("[MS12] calls are spaced", async ({ expect }) => {
      const world = make();
      const times: number[] = [];
      await Promise.all(
        Array.from({ length: 5 }, async () => {
          await world.limits.take("krx");
          times.push(world.now());
        }),
      );
      const gaps = times.slice(1).map((at, n) => at - (times[n] ?? at));
      expect(gaps).toHaveLength(4);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(world.spacingMs);
    });
  });
}
