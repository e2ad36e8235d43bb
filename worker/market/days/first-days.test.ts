import { describe, it } from "vitest";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { krxSourcesOf } from "../../testing/days/real-sources.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";

/** The vendor's past begins here: fifteen weekdays without rows end the backfill. */
const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-24"),
  last: dayOf("2026-10-16"),
  names: 30,
  seed: 5,
};
const TODAY = dayOf("2026-10-14");
const NOON = [12 * 60 + 5, 12 * 60 + 5] as const;
const LATER = [12 * 60 + 15, 12 * 60 + 25] as const;

async function openAt(): Promise<MarketWorld> {
  const world = await MarketWorld.open(EXCHANGE, krxSourcesOf);
  world.stage.clock.moveTo(midnightOf(TODAY));
  return world;
}

describe("a deployment with nothing but a vendor's key", () => {
  it("[MD60] has its exchange active by itself, once the past is there and a scan of it is saved", async ({
    expect,
  }) => {
    const world = await openAt();
    try {
      await world.turns(TODAY, NOON);
      expect(await world.settings.lastSwitch()).toEqual({ exchange: "DEMO", generation: 0 });
      expect(await world.ring(100)).toBe(true);
      expect(world.book.backfill()?.status).toBe("done");
      expect(world.instruments.lists.KRX.length).toBeGreaterThan(20);
      expect(world.book.indexSeries("KOSPI")?.day.length).toBe(world.book.summary().sessions);
      expect(world.ledger.journal.map(({ status, kind }) => `${kind} ${status}`)).toContain("cron done");
      expect(await world.settings.lastSwitch()).toEqual({ exchange: "KRX", generation: 1 });
      world.evict();
      await world.turns(TODAY, LATER);
      expect(await world.settings.lastSwitch()).toEqual({ exchange: "KRX", generation: 1 });
    } finally {
      await world.stage.end();
    }
  });

  it("[MD60] overrules no owner who has chosen the demo, whether before the key or since", async ({
    expect,
  }) => {
    const world = await openAt();
    try {
      await world.settings.setActiveExchange("DEMO");
      await world.turns(TODAY, NOON);
      expect(await world.ring(100)).toBe(true);
      world.evict();
      await world.turns(TODAY, LATER);
      expect(world.book.backfill()?.status).toBe("done");
      expect(await world.settings.lastSwitch()).toEqual({ exchange: "DEMO", generation: 1 });
    } finally {
      await world.stage.end();
    }
  });

  it("[MD60] does so at a later turn when the store could not be asked, and when the process died in it", async ({
    expect,
  }) => {
    const world = await openAt();
    try {
      const chosen = Promise.withResolvers<null>();
      world.onCall = async (place) => {
        if (place === "before settings.chooseFirst") {
          chosen.resolve(null);
          await new Promise(() => undefined);
        }
      };
      await world.turns(TODAY, NOON);
      expect(await Promise.race([world.ring(100), chosen.promise])).toBeNull();
      world.evict();
      world.onCall = async (place) =>
        place === "before settings.chooseFirst" ? Promise.reject(new Error("away")) : undefined;
      await world.turns(TODAY, LATER);
      expect(world.settings.generation).toBe(0);
      expect(world.log.lines.map(({ event }) => event)).toContain("first_activation_failed");
      world.onCall = () => Promise.resolve();
      await world.turns(TODAY, [12 * 60 + 35, 12 * 60 + 35]);
      expect(await world.settings.lastSwitch()).toEqual({ exchange: "KRX", generation: 1 });
      expect(await world.ring(100)).toBe(true);
    } finally {
      await world.stage.end();
    }
  });
});
