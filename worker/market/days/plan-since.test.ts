import { describe, it } from "vitest";
import { readScanDue } from "../../app/scan-due.ts";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf, krxSourcesOf } from "../../testing/days/real-sources.ts";

const EXCHANGE = { first: dayOf("2026-08-24"), last: dayOf("2026-10-30"), names: 30, seed: 5 } as const;
/** A Monday. */
const MONDAY = dayOf("2026-10-19");
const NIGHT = [4 * 60 + 25, 4 * 60 + 35] as const;
const at = (text: string): number => Date.parse(`${text}+09:00`);

/** The world's own book and runs, as every reader of what is missing has them. */
async function missingIn(world: MarketWorld) {
  const { ledger, book } = world;
  const ports = {
    ledger,
    book: () => ({
      summary: () => Promise.resolve(book.summary()),
      marketStatus: async () => book.marketStatus(),
    }),
  };
  return (await readScanDue(ports, "KRX", world.stage.clock.now())).missing;
}

describe("since when a market's days come in", () => {
  it("[MD67] [JB33] installed on a Monday at 04:25, nothing is missing before, while and after its past came", async ({
    expect,
  }) => {
    const world = await MarketWorld.open(EXCHANGE, bothSourcesOf);
    try {
      world.stage.clock.moveTo(at("2026-10-19T04:20:00"));
      const born = await world.book.marketStatus();
      expect(born.since).toEqual({
        evening: at("2026-10-19T04:20:00"),
        morning: at("2026-10-19T04:20:00"),
        bars: null,
      });
      await world.turns(MONDAY, NIGHT);
      expect(await missingIn(world)).toBeNull();
      expect(await world.ring(200)).toBe(true);
      expect(world.book.backfill()?.status).toBe("done");
      world.evict();
      expect(await missingIn(world)).toBeNull();
      world.stage.clock.moveTo(midnightOf(MONDAY) + 8 * 3_600_000);
      expect(await missingIn(world)).toBeNull();
      expect((await world.book.marketStatus()).since).toMatchObject({
        evening: at("2026-10-19T04:25:00"),
        morning: at("2026-10-19T04:25:00"),
      });
      // The vendor of the morning is silent: what falls due since is missing.
      world.stage.krx.traps.silent = true;
      world.stage.clock.moveTo(midnightOf(MONDAY) + (8 * 60 + 16) * 60_000);
      expect(await missingIn(world)).toMatchObject({ day: dayOf("2026-10-16") });
    } finally {
      await world.stage.end();
    }
  });

  it("[MD67] [MD63] a vendor's key that is added later misses no evening of before it, in no row and no answer", async ({
    expect,
  }) => {
    let hasBoth = false;
    const world = await MarketWorld.open(EXCHANGE, (stage) =>
      (hasBoth ? bothSourcesOf : krxSourcesOf)(stage),
    );
    try {
      world.stage.clock.moveTo(at("2026-10-16T12:00:00"));
      await world.turns(dayOf("2026-10-16"), [12 * 60 + 5, 12 * 60 + 5]);
      expect(await world.ring(200)).toBe(true);
      hasBoth = true;
      world.evict();
      await world.turns(MONDAY, NIGHT);
      expect(await missingIn(world)).toBeNull();
      const reasons = world.ledger.journal.map(({ reason }) => reason ?? "");
      expect(reasons.filter((reason) => reason.startsWith("evening_snapshot"))).toEqual([]);
      const { since } = await world.book.marketStatus();
      expect(since).toMatchObject({
        evening: at("2026-10-19T04:25:00"),
        morning: at("2026-10-16T12:05:00"),
      });
      // Taken out and set again, it begins anew; the program being down at its time is stated as ever.
      hasBoth = false;
      world.evict();
      await world.turns(MONDAY, [5 * 60 + 5, 5 * 60 + 5]);
      hasBoth = true;
      world.evict();
      await world.turns(MONDAY, [14 * 60 + 5, 14 * 60 + 5]);
      expect((await world.book.marketStatus()).since?.evening).toBe(at("2026-10-19T14:05:00"));
      await world.turns(MONDAY, [18 * 60 + 5, 18 * 60 + 5]);
      expect(world.ledger.journal.map(({ reason }) => reason)).toContain(
        "evening_snapshot 2026-10-19: failed, nothing was asked in its time, the program was down",
      );
    } finally {
      await world.stage.end();
    }
  });
});
