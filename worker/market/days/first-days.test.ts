import { describe, it } from "vitest";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { Deliveries } from "../../testing/days/collecting-world.ts";
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
const THURSDAY = dayOf("2026-10-15");
/** The first turn on which sessions that are over are asked for. */
const MORNING = [8 * 60 + 5, 8 * 60 + 5] as const;
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

  it("[MD14] judges what its first morning brings together with its past, once, and asks for no date twice", async ({
    expect,
  }) => {
    const world = await openAt();
    const done = (): number => world.ledger.journal.filter(({ status }) => status === "done").length;
    try {
      await world.turns(TODAY, MORNING);
      expect(world.book.summary().sessions).toBe(5);
      expect(await world.ring(2)).toBe(false);
      world.evict();
      expect([done(), world.ledger.journal.filter(({ status }) => status === "failed")]).toEqual([0, []]);
      expect(await world.ring(100)).toBe(true);
      expect([done(), world.book.backfill()?.status]).toEqual([1, "done"]);
      await world.turns(TODAY, [8 * 60 + 15, 9 * 60 + 55]);
      expect([done(), world.stage.krx.mostOfOneDate]).toEqual([1, 1]);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD14] has its mornings judged where the past is refused, fails or stands still", async ({
    expect,
  }) => {
    const world = await openAt();
    const { krx, vars } = world.stage;
    const judged = (): readonly unknown[] =>
      world.ledger.journal.flatMap(({ status, asOf }) => (status === "done" && asOf !== null ? [asOf] : []));
    try {
      // Its dates are refused at the first alarm, and nobody is asked for a day.
      await world.turns(TODAY, MORNING);
      krx.key = "another";
      expect(await world.ring(100)).toBe(true);
      expect([world.book.backfill()?.status, judged()]).toEqual(["waiting", []]);
      krx.key = vars["KRX_AUTH_KEY"] ?? "";
      await world.turns(TODAY, [8 * 60 + 15, 9 * 60 + 55]);
      expect(judged()).toEqual([TODAY - 1]);
      await world.turns(THURSDAY, [8 * 60 + 15, 8 * 60 + 15]);
      expect(judged()).toEqual([TODAY, TODAY - 1]);
    } finally {
      await world.stage.end();
    }
    const still = await openAt();
    try {
      // No alarm rings.
      await still.turns(TODAY, MORNING);
      expect(still.ledger.journal.filter(({ status }) => status === "done")).toEqual([]);
      await still.turns(TODAY, [8 * 60 + 15, 9 * 60 + 55]);
      expect(still.ledger.journal.filter(({ status }) => status === "done").length).toBe(1);
    } finally {
      await still.stage.end();
    }
  });

  it("[MD14] [JB32] is not scanned at 18:20 while its past is on its way", async ({ expect }) => {
    const world = await openAt();
    try {
      await world.turns(TODAY, [18 * 60 + 15, 18 * 60 + 15]);
      expect(await world.ring(3)).toBe(false);
      expect(world.book.summary().sessions).toBeGreaterThan(0);
      expect(await world.evening()).toBe(0);
      expect(await world.ring(100)).toBe(true);
      const done = world.ledger.journal.filter(({ status }) => status === "done");
      expect(done.map(({ asOf }) => asOf)).toEqual([TODAY - 1]);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD14] [MD60] judges once what another machine brings on a morning, and its exchange is active after it", async ({
    expect,
  }) => {
    const fed = await MarketWorld.open(EXCHANGE, () => null);
    try {
      fed.stage.clock.moveTo(midnightOf(TODAY) + (8 * 60 + 10) * 60_000);
      const { steps, dates } = await new Deliveries(fed, krxSourcesOf(fed.stage)).collect();
      expect([steps.length, dates]).toEqual([6, fed.book.summary().sessions - 5]);
      expect(fed.ledger.journal.filter(({ status }) => status === "done").length).toBe(1);
      expect(await fed.settings.lastSwitch()).toEqual({ exchange: "KRX", generation: 1 });
    } finally {
      await fed.stage.end();
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
