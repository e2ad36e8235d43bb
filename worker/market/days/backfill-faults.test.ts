/** What a vendor or a disk does to dates that were fetched already: none of them is lost. */
import { describe, it, vi } from "vitest";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { krxSourcesOf } from "../../testing/days/real-sources.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-03"),
  last: dayOf("2026-10-02"),
  names: 30,
  seed: 4,
};
const TODAY = dayOf("2026-09-16");
/** A date whose answer of one board has a share of the other. */
const DOUBLED = dayOf("2026-09-09");
const NOON = [12 * 60 + 5, 12 * 60 + 5] as const;

/** The vendor lists a share of KOSPI on both boards while `doubled` says so. */
async function openWorld(doubled: () => boolean): Promise<MarketWorld> {
  return MarketWorld.open(EXCHANGE, (stage) => {
    const sources = krxSourcesOf(stage);
    const { day: source } = sources;
    return {
      ...sources,
      day: source && {
        id: source.id,
        closeKind: source.closeKind,
        final: source.final,
        indices: async (day) => source.indices(day),
        day: async (day, board) => {
          const answer = await source.day(day, board);
          const other =
            board === "KOSDAQ" && day === DOUBLED && doubled() ? await source.day(day, "KOSPI") : answer;
          return answer.status === "ok" && other.status === "ok" && other !== answer
            ? { ...answer, value: [...answer.value, ...other.value.slice(0, 1)] }
            : answer;
        },
      },
    };
  });
}

const rowsUntil = (world: MarketWorld): number =>
  world.stage.exchange.sessions
    .filter((day) => day < TODAY)
    .reduce((sum, day) => sum + world.stage.exchange.rows(day).length, 0);

describe("dates of the past that were fetched", () => {
  it("[MD11] stay when a share of a later one stands on both boards: that date is refused by its name", async ({
    expect,
  }) => {
    let isDoubled = true;
    const world = await openWorld(() => isDoubled);
    try {
      await world.turns(TODAY, NOON);
      await world.ring(100);
      const { sessions } = world.book.summary();
      expect(sessions).toBe(
        world.stage.exchange.sessions.filter((day) => day > DOUBLED && day < TODAY).length,
      );
      const progress = world.book.backfill();
      expect([progress?.status, progress?.sessions]).toEqual(["waiting", sessions]);
      expect(progress?.reason).toMatch(/^failed, krx has \w{6} on both boards$/);
      const calls = world.stage.krx.callsInAll;
      await world.turns(TODAY, [12 * 60 + 15, 13 * 60 + 5]);
      await world.ring(100);
      // Six turns, four calls each.
      expect(world.stage.krx.callsInAll - calls).toBeLessThanOrEqual(24);
      isDoubled = false;
      await world.turns(TODAY, [13 * 60 + 15, 13 * 60 + 15]);
      expect(await world.ring(100)).toBe(true);
      expect(world.book.summary().rows).toBe(rowsUntil(world));
    } finally {
      await world.stage.end();
    }
  });

  it("[MD34] are walked from the right day when the past was begun by a clock that was months ahead", async ({
    expect,
  }) => {
    const world = await openWorld(() => false);
    try {
      await world.turns(dayOf("2027-03-16"), NOON);
      expect(await world.ring(2)).toBe(false);
      world.storage.alarmAt = null;
      await world.turns(TODAY, NOON);
      expect(await world.ring(100)).toBe(true);
      expect(world.book.backfill()?.status).toBe("done");
      expect(world.book.summary().rows).toBe(rowsUntil(world));
    } finally {
      await world.stage.end();
    }
  });

  it("[MD2] a share on both boards of a morning's session is refused by its name", async ({ expect }) => {
    const world = await openWorld(() => true);
    try {
      await world.turns(dayOf("2026-09-10"), [8 * 60 + 5, 8 * 60 + 5]);
      const row = world.ledger.journal.find(
        ({ reason }) => reason?.startsWith("official_day 2026-09-09") === true,
      );
      expect(row?.reason).toMatch(/failed, krx has \w{6} on both boards$/);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD12] go into the bars at a later alarm when the last step of all failed, and nobody is asked without end", async ({
    expect,
  }) => {
    const world = await openWorld(() => false);
    try {
      const broken = vi.spyOn(world.book, "addIndices").mockImplementation(() => {
        throw new Error("The disk is full");
      });
      await world.turns(TODAY, NOON);
      expect(await world.ring(30)).toBe(false);
      const calls = world.stage.krx.callsInAll;
      expect(world.book.summary().rows).toBe(0);
      expect(world.book.backfill()?.status).toBe("running");
      await world.ring(5);
      // An alarm asks for the date with which the past ends, whose answer is in two calls that there are no rows.
      expect(world.stage.krx.callsInAll - calls).toBeLessThanOrEqual(10);
      broken.mockRestore();
      expect(await world.ring(30)).toBe(true);
      expect(world.book.backfill()?.status).toBe("done");
      expect(world.book.summary().rows).toBe(rowsUntil(world));
      expect(world.ledger.journal.filter(({ status }) => status === "done").length).toBe(1);
    } finally {
      await world.stage.end();
    }
  });
});
