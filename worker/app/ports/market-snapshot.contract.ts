/** What every source of present prices must do, held against a vendor whose truth is known. */
import { describe, it } from "vitest";
import { isClosingPrice } from "../../core/calendar/closing-window.ts";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import { valueOf, type VendorWorld } from "./day-source.contract.ts";
import type { MarketQuote, MarketSnapshot } from "./market-sources.ts";

export interface SnapshotWorld extends VendorWorld<MarketSnapshot> {
  /** A session from 2026-09-14 on with regular hours, in which every share that traded moved after 16:00. */
  readonly session: TradingDay;
  /** More than two calls' worth, a halted share and a code that nobody has included. */
  readonly tickers: readonly Ticker[];
  /** As the exchange has it after the closing auction and before 16:00. */
  truth(day: TradingDay): readonly MarketQuote[];
  /** From now on each answer also holds rows of codes that were not asked, and of another venue. */
  addForeignRows(on: boolean): void;
  /** From now on the vendor's clock moves by so much during each call. */
  slow(ms: number): void;
}

const byTicker = (quotes: readonly MarketQuote[]): readonly MarketQuote[] =>
  quotes.toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1));

const clock = (day: TradingDay, hours: number, minutes: number): number =>
  midnightOf(day) + (hours * 60 + minutes) * 60_000;

/** `make` gives a world that nobody has asked yet. */
export function marketSnapshotContract(name: string, make: () => Promise<SnapshotWorld>): void {
  describe(`MarketSnapshot: ${name}`, () => {
    const play = async (script: (world: SnapshotWorld) => Promise<void>): Promise<void> => {
      const world = await make();
      try {
        await script(world);
      } finally {
        await world.end();
      }
    };

    it("[MS8] after the closing auction its quotes are the session, and a halted share has no trade", async ({
      expect,
    }) => {
      await play(async (world) => {
        world.moveTo(clock(world.session, 15, 40));
        const quotes = valueOf(await world.source.quotes(world.tickers));
        const asked = world.truth(world.session).filter(({ ticker }) => world.tickers.includes(ticker));
        expect(asked.length).toBeGreaterThan(2 * world.source.perCall);
        expect(byTicker(quotes)).toEqual(byTicker(asked));
        expect(quotes.filter(({ volume }) => volume === 0).length).toBeGreaterThan(0);
      });
    });

    it("[MS8] a quote belongs to a ticker that was asked, each at most once", async ({ expect }) => {
      await play(async (world) => {
        world.moveTo(clock(world.session, 15, 40));
        const asked = world.tickers.slice(0, world.source.perCall + 1);
        const plain = valueOf(await world.source.quotes(asked));
        world.addForeignRows(true);
        const quotes = valueOf(await world.source.quotes([...asked, ...asked]));
        expect(byTicker(quotes)).toEqual(byTicker(plain));
      });
    });

    it("[MS9] no quote of after 16:00 passes for a close, also when the call began before", async ({
      expect,
    }) => {
      await play(async (world) => {
        const at = async (hours: number, minutes: number): Promise<boolean> => {
          world.moveTo(clock(world.session, hours, minutes));
          const answer = await world.source.quotes(world.tickers);
          return answer.status === "ok" && isClosingPrice(world.session, answer.at);
        };
        expect([await at(15, 40), await at(16, 5), await at(19, 0)]).toEqual([true, false, false]);
        world.slow(90_000);
        expect(await at(15, 59)).toBe(false);
      });
    });

    it("[MS6] each call is counted before it is sent", async ({ expect }) => {
      await play(async (world) => {
        world.moveTo(clock(world.session, 15, 40));
        await world.source.quotes(world.tickers);
        expect(world.calls()).toBeGreaterThan(2);
        expect(await world.counted()).toBeGreaterThanOrEqual(world.calls());
      });
    });
  });
}
