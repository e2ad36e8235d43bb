/** What every vendor's calendar must do, held against an exchange whose sessions are known. */
import { describe, it } from "vitest";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { outcomeOf, valueOf, type VendorWorld } from "./day-source.contract.ts";
import type { SessionOracle } from "./market-sources.ts";

export interface OracleWorld extends VendorWorld<SessionOracle> {
  readonly from: TradingDay;
  isOpen(day: TradingDay): boolean;
}

/** `make` gives a world whose exchange is closed on a day that the calendar of the core takes for a session. */
export function sessionOracleContract(name: string, make: () => Promise<OracleWorld>): void {
  describe(`SessionOracle: ${name}`, () => {
    it("[MS11] it names every day from the first on, each as the exchange has it", async ({ expect }) => {
      const world = await make();
      try {
        const days = valueOf(await world.source.sessions(world.from));
        expect(days.size).toBeGreaterThan(20);
        const got = [...days];
        expect(got.map(([day]) => day)).toEqual(got.map((_, n) => world.from + n));
        expect(got.map(([, open]) => open)).toEqual(got.map(([day]) => world.isOpen(day)));
      } finally {
        await world.end();
      }
    });

    it("[MS11] a vendor that does not answer is a failure, never a day without a session", async ({
      expect,
    }) => {
      const world = await make();
      try {
        world.cut(true);
        expect(await outcomeOf(world.source.sessions(world.from))).toBe("failed for now");
      } finally {
        await world.end();
      }
    });
  });
}
