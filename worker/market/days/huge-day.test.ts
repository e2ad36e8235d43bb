/** A session with more rows than a market can have: it is refused by its number, and nothing that was saved is lost. */
import { describe, it } from "vitest";
import type { MarketSources } from "../../app/ports/market-sources.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { Deliveries } from "../../testing/days/collecting-world.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { krxSourcesOf } from "../../testing/days/real-sources.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";
import type { VendorStage } from "../../testing/fakes/vendor-stage.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-03"),
  last: dayOf("2026-10-02"),
  names: 30,
  seed: 4,
};
const TODAY = dayOf("2026-09-16");
/** A session whose answer has more rows of one board, while `rows` is not 0. */
const HUGE = dayOf("2026-09-09");

const NOON = [12 * 60 + 5, 12 * 60 + 5] as const;

function sourcesWith(stage: VendorStage, rows: () => number, huge: TradingDay): MarketSources {
  const sources = krxSourcesOf(stage);
  const { day: source } = sources;
  const rowOf = (day: TradingDay): Row => ({
    day,
    open: 1_000,
    high: 1_000,
    low: 1_000,
    close: 1_000,
    volume: 1,
    value: 1_000,
    shares: 9,
    base: 1_000,
  });
  return {
    ...sources,
    day: source && {
      id: source.id,
      closeKind: source.closeKind,
      final: source.final,
      indices: async (day) => source.indices(day),
      day: async (day, board) => {
        const answer = await source.day(day, board);
        const more = Array.from({ length: day === huge ? rows() / 2 : 0 }, (_, n) => ({
          ticker: tickerOf(String((board === "KOSPI" ? 800_000 : 900_000) + n)),
          columns: columnsOf([rowOf(day)]),
        }));
        return answer.status === "ok" ? { ...answer, value: [...answer.value, ...more] } : answer;
      },
    },
  };
}

async function openWorld(rows: () => number, huge: TradingDay = HUGE): Promise<MarketWorld> {
  return MarketWorld.open(EXCHANGE, (stage) => sourcesWith(stage, rows, huge));
}

const REASON = /failed, krx has \d{5} rows of one session, and no market has more than 6000$/;

describe("a session of 20,000 rows", () => {
  it("[MD15] is refused in the past, which waits with what it has and goes on when the vendor has mended it", async ({
    expect,
  }) => {
    let rows = 20_000;
    const world = await openWorld(() => rows);
    const published = world.stage.exchange.sessions.filter((day) => day < TODAY);
    try {
      await world.turns(TODAY, NOON);
      expect(await world.ring(100)).toBe(true);
      expect(world.book.backfill()).toMatchObject({ status: "waiting", inPart: [] });
      expect(world.book.backfill()?.reason).toMatch(REASON);
      expect(world.book.summary()).toMatchObject({ sessions: published.filter((day) => day > HUGE).length });
      const before = world.book.tickers().map((ticker) => world.series(ticker));
      const calls = world.stage.krx.callsInAll;
      await world.turns(TODAY, [12 * 60 + 15, 12 * 60 + 25]);
      await world.ring(100);
      // Two turns, the two boards of that date alone.
      expect(world.stage.krx.callsInAll - calls).toBeLessThanOrEqual(4);
      expect(world.book.tickers().map((ticker) => world.series(ticker))).toEqual(before);
      rows = 0;
      await world.turns(TODAY, [12 * 60 + 35, 12 * 60 + 35]);
      expect(await world.ring(100)).toBe(true);
      expect(world.book.backfill()).toMatchObject({ status: "done", inPart: [] });
      expect(world.book.summary()).toMatchObject({ sessions: published.length });
    } finally {
      await world.stage.end();
    }
  });

  it("[MD15] is refused in a morning, and from a machine that collects; the next session comes as ever", async ({
    expect,
  }) => {
    let rows = 20_000;
    const last = dayOf("2026-09-15");
    const world = await openWorld(() => rows, last);
    const fed = await MarketWorld.open(EXCHANGE, () => null);
    try {
      await world.turns(TODAY, [8 * 60 + 5, 8 * 60 + 15]);
      expect(
        world.ledger.journal.map(({ reason }) => reason ?? "").filter((reason) => REASON.test(reason)).length,
      ).toBe(1);
      expect(world.book.summary().lastDay).toBe(last - 1);
      fed.stage.clock.moveTo(midnightOf(TODAY) + (8 * 60 + 10) * 60_000);
      // A board of it is more than one delivery holds, and of the other day only both together are too many.
      for (const [sent, reason] of [
        [20_000, /^one answer has 10\d{3} rows, and no market has more than 5000$/],
        [9_000, /^krx has 9\d{3} rows of one session, and no market has more than 6000$/],
      ] as const) {
        const { steps } = await new Deliveries(
          fed,
          sourcesWith(fed.stage, () => sent, last),
        ).collect();
        const outcome = steps.find(({ kind, day }) => kind === "official_day" && day === "2026-09-15");
        expect(outcome).toMatchObject({ status: "failed", text: expect.stringMatching(reason) });
        expect(fed.book.summary().lastDay).toBe(last - 1);
      }
      rows = 0;
      await world.turns(TODAY, [8 * 60 + 25, 8 * 60 + 25]);
      await world.ring(100);
      expect(world.book.summary().lastDay).toBe(last);
    } finally {
      await world.stage.end();
      await fed.stage.end();
    }
  });
});
