/** What every source of the master must do, held against a vendor whose truth is known. */
import { describe, it } from "vitest";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { outcomeOf, valueOf, type VendorWorld } from "./day-source.contract.ts";
import type { MasterLine, MasterSource } from "./market-sources.ts";

export interface MasterWorld extends VendorWorld<MasterSource> {
  /** A session whose master is published. */
  readonly published: TradingDay;
  /** A day of which the vendor has no line yet; `null` for one that answers the present whenever it is asked. */
  readonly unpublished: TradingDay | null;
  /** With every kind of instrument and each notice that the vendor publishes. */
  truth(day: TradingDay): readonly MasterLine[];
}

const byTicker = (lines: readonly MasterLine[]): readonly MasterLine[] =>
  lines.toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1));

/** `make` gives a world that nobody has asked yet. */
export function masterSourceContract(name: string, make: () => Promise<MasterWorld>): void {
  describe(`MasterSource: ${name}`, () => {
    it("[MS7] its lines are the exchange's own, with kinds and notices, and no field that it does not publish", async ({
      expect,
    }) => {
      const world = await make();
      try {
        const truth = world.truth(world.published);
        expect(new Set(truth.map(({ kind }) => kind)).size).toBeGreaterThan(2);
        const lines = valueOf(await world.source.instruments(world.published));
        expect(byTicker(lines)).toEqual(byTicker(truth));
      } finally {
        await world.end();
      }
    });

    it("[MS3] a master without a line is no answer", async ({ expect }) => {
      const world = await make();
      try {
        if (world.unpublished !== null) {
          expect(await outcomeOf(world.source.instruments(world.unpublished))).toBe("not_ready");
        }
        expect(await outcomeOf(world.source.instruments(world.published))).toBe("ok");
      } finally {
        await world.end();
      }
    });
  });
}
