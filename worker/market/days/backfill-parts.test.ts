import { describe, it } from "vitest";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { krxSourcesOf } from "../../testing/days/real-sources.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-03"),
  last: dayOf("2026-10-30"),
  names: 40,
  seed: 5,
};
const TODAY = dayOf("2026-10-14");
const NEWEST = dayOf("2026-10-13");
const NOON = [12 * 60 + 5, 12 * 60 + 5] as const;

/** How often each date was asked of the first board. */
async function play(
  parts: readonly (readonly [TradingDay, number])[],
  onAsk: (world: MarketWorld, day: TradingDay, count: number) => void = () => undefined,
): Promise<{ readonly world: MarketWorld; readonly asked: ReadonlyMap<TradingDay, number> }> {
  const asked = new Map<TradingDay, number>();
  const world = await MarketWorld.open(EXCHANGE, (stage) => {
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
          if (board === "KOSPI") {
            asked.set(day, (asked.get(day) ?? 0) + 1);
            onAsk(world, day, asked.get(day) ?? 0);
          }
          return source.day(day, board);
        },
      },
    };
  });
  world.stage.clock.moveTo(midnightOf(TODAY));
  parts.forEach((part) => world.stage.krx.traps.partial.set(...part));
  await world.turns(TODAY, NOON);
  return { world, asked };
}

function sessionsOf(world: MarketWorld): readonly TradingDay[] {
  return world.stage.exchange.sessions.filter((day) => day < TODAY);
}

describe("a date of the past that comes in part", () => {
  it("[MD13] is left out and named after three questions, however few rows it has, and ends nothing", async ({
    expect,
  }) => {
    const few = dayOf("2026-09-10");
    const half = dayOf("2026-08-20");
    const { world, asked } = await play([
      [few, 0.08],
      [half, 0.85],
    ]);
    try {
      expect(await world.ring(100)).toBe(true);
      const whole = sessionsOf(world).filter((day) => day !== few && day !== half);
      expect(world.book.backfill()).toMatchObject({
        status: "done",
        sessions: whole.length,
        inPart: [few, half],
      });
      expect([...asked].filter(([, count]) => count > 1)).toEqual([
        [few, 3],
        [half, 3],
      ]);
      expect(world.book.summary()).toMatchObject({ sessions: whole.length, lastDay: NEWEST });
      const row = world.log.lines.find(
        ({ event, fields }) =>
          event === "market_step_ended" && String(fields?.["step"]).startsWith("backfill"),
      );
      expect(row?.fields?.["text"]).toMatch(
        /2026-09-10 came in part and is left out: \d rows where its neighbour has \d+, 2026-08-20 came in part/,
      );
      const before = asked.size;
      await world.turns(TODAY, [12 * 60 + 15, 13 * 60 + 55]);
      expect(await world.ring(100)).toBe(true);
      expect([asked.size, Math.max(...asked.values())]).toEqual([before, 3]);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD13] is stored as soon as it comes whole, also the newest one, which only its older neighbour shows", async ({
    expect,
  }) => {
    const { world, asked } = await play([[NEWEST, 0.5]], (own, day, count) => {
      if (day === NEWEST && count === 2) {
        own.stage.krx.traps.partial.clear();
      }
    });
    try {
      expect(await world.ring(100)).toBe(true);
      expect(world.book.backfill()).toMatchObject({
        status: "done",
        sessions: sessionsOf(world).length,
        inPart: [],
      });
      expect(asked.get(NEWEST)).toBe(2);
      expect(world.book.summary()).toMatchObject({
        sessions: sessionsOf(world).length,
        lastDay: NEWEST,
        rows: sessionsOf(world).reduce((sum, day) => sum + world.stage.exchange.rows(day).length, 0),
      });
      expect(world.ledger.journal.filter(({ status }) => status === "done").map(({ asOf }) => asOf)).toEqual([
        NEWEST,
      ]);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD13] is no gap that the past is walked anew for, also the newest one of all", async ({ expect }) => {
    const { world, asked } = await play([[NEWEST, 0.5]]);
    try {
      expect(await world.ring(100)).toBe(true);
      const begun = world.book.backfill()?.startedAt;
      const later = world.days().filter((day) => day > TODAY);
      for (const day of later) {
        await world.turns(day, [8 * 60 + 5, 8 * 60 + 15]);
        await world.turns(day, NOON);
        expect(await world.ring(100)).toBe(true);
      }
      expect(world.book.backfill()).toMatchObject({ startedAt: begun, inPart: [NEWEST] });
      // Three times by the past, and two turns of each of the five mornings that catch up with it.
      expect(asked.get(NEWEST)).toBeLessThanOrEqual(13);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD13] fifteen times over is the end of the source's past", async ({ expect }) => {
    const parts = Array.from({ length: 40 }, (_, n) => dayOf("2026-09-18") - n);
    const { world, asked } = await play([]);
    try {
      parts.forEach((day) => {
        const session = world.stage.exchange.sessions.find((one) => one === day);
        if (session !== undefined) {
          world.stage.krx.traps.partial.set(session, 0.4);
        }
      });
      expect(await world.ring(200)).toBe(true);
      const state = world.book.backfill();
      expect(state?.inPart.length).toBe(15);
      expect(state?.status).toBe("done");
      expect([...asked.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(80);
    } finally {
      await world.stage.end();
    }
  });
});
