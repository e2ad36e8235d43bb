import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { originCode } from "../../core/bars/origin.ts";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";
import {
  factsOn,
  faultsOf,
  MortalHistory,
  NOON,
  openAt,
  SHORT,
  TODAY,
} from "../../testing/days/walked-shares.ts";

const MORNING = [8 * 60 + 5, 9 * 60 + 55] as const;
const EVENING = [15 * 60 + 35, 15 * 60 + 55] as const;

describe("a past of KIS alone, and what else the book has", () => {
  it(
    "[MD72] makes the rows of its evenings final two mornings later, and fills an evening that was missed",
    { timeout: 60_000 },
    async ({ expect }) => {
      const source = new MortalHistory();
      const world = await openAt(source, SHORT);
      try {
        expect(await world.ring(200)).toBe(true);
        const days = world.stage.exchange.sessions.filter(
          (day) => day >= TODAY && day <= dayOf("2026-10-21"),
        );
        const missed = dayOf("2026-10-16");
        for (const day of days) {
          if (day > TODAY) {
            await world.turns(day, MORNING);
            await world.ring(50);
          }
          if (day !== missed) {
            await world.turns(day, EVENING);
            await world.ring(50);
          }
        }
        const closed = days.slice(0, -2);
        expect(faultsOf(world, closed)).toEqual([]);
        expect(closed.map((day) => factsOn(world, day))).toEqual(closed.map(() => ["regular final"]));
        expect(factsOn(world, days.at(-1) ?? TODAY)).toEqual(["regular provisional"]);
        expect(world.book.indexSeries("KOSPI")?.day.slice(-days.length)).toEqual(Float64Array.from(days));
        // One call a share and morning.
        const listed = world.instruments.lists.KRX.length;
        expect(Math.max(...source.asked.values())).toBeLessThanOrEqual(1 + days.length);
        const { newestFinal, steps } = await world.book.marketStatus();
        expect(newestFinal).toBe(days.at(-3));
        expect(steps.find(({ kind }) => kind === "history_day")?.text).toContain(
          `${listed} of ${listed} shares`,
        );
        const judged = world.ledger.journal.filter(({ status }) => status === "done").map(({ asOf }) => asOf);
        expect(days.every((day) => judged.includes(day))).toBe(true);
      } finally {
        await world.stage.end();
      }
    },
  );

  it("[MD72] fills what an outage of two weeks left out, once", { timeout: 60_000 }, async ({ expect }) => {
    const source = new MortalHistory();
    const world = await openAt(source, SHORT);
    try {
      await world.ring(200);
      await world.turns(TODAY, EVENING);
      const back = dayOf("2026-10-29");
      world.evict();
      await world.turns(back, MORNING);
      await world.ring(200);
      const away = world.stage.exchange.sessions.filter((day) => day >= TODAY && day < back);
      expect(away.length).toBeGreaterThan(8);
      expect(faultsOf(world, away.slice(0, -1))).toEqual([]);
      expect(world.book.summary().lastDay).toBe(away.at(-1));
      const calls = Math.max(...source.asked.values());
      await world.turns(back, [9 * 60 + 55, 10 * 60 + 25]);
      await world.ring(200);
      expect(Math.max(...source.asked.values())).toBe(calls);
    } finally {
      await world.stage.end();
    }
  });

  it("[MD71] leaves rows that are final, and an evening's regular close until a final one comes", async ({
    expect,
  }) => {
    const source = new MortalHistory();
    const world = await MarketWorld.open(SHORT, (stage) => source.of(stage));
    try {
      const { exchange } = world.stage;
      const days = exchange.sessions.filter((day) => day < TODAY);
      const [old = TODAY, before = TODAY, last = TODAY] = days.slice(-3);
      const [{ listing } = { listing: null }] = exchange.rows(last).filter(({ volume }) => volume > 0);
      const ticker = listing?.ticker ?? "";
      const stored = (day: TradingDay, close: number, final: boolean): void => {
        const base = exchange.rowOf(day, ticker)?.base ?? 0;
        const row = {
          day,
          open: close,
          high: close,
          low: close,
          close,
          volume: 7,
          value: 7,
          shares: 9,
          base,
        };
        const facts = { close: "regular", final } as const;
        world.book.addHistory(
          [{ ticker, columns: columnsOf([{ ...row, origin: originCode(1, facts) }]) }],
          null,
          [{ ...facts, source: "file", receivedAt: world.stage.clock.now() }],
        );
      };
      stored(old, 70_000, true);
      stored(before, 71_000, false);
      stored(last, 72_000, false);
      world.stage.clock.moveTo(midnightOf(TODAY));
      await world.turns(TODAY, NOON);
      await world.ring(200);
      const columns = world.series(ticker);
      const at = (day: TradingDay): number => columns?.day.indexOf(day) ?? -1;
      const closeOn = (day: TradingDay): number | undefined => columns?.close[at(day)];
      expect([closeOn(old), closeOn(last)]).toEqual([70_000, 72_000]);
      expect(closeOn(before)).toBe(exchange.rowOf(before, ticker)?.close);
      expect(columns?.shares?.[at(before)]).toBe(9);
    } finally {
      await world.stage.end();
    }
  });

  it.for([
    { name: "after it has ended", rings: 200, datesAsked: 0 },
    { name: "while it was under way", rings: 3, datesAsked: 400 },
  ])(
    "[MD73] gives way to a key of KRX that comes $name: every session is whole, and what KIS has of its past is asked no more",
    { timeout: 60_000 },
    async ({ rings, datesAsked }, { expect }) => {
      const source = new MortalHistory();
      let hasKrx = false;
      const world = await MarketWorld.open(SHORT, (stage) =>
        hasKrx ? bothSourcesOf(stage) : source.of(stage),
      );
      try {
        world.stage.clock.moveTo(midnightOf(TODAY));
        await world.turns(TODAY, NOON);
        await world.ring(rings);
        const asked = source.asked.size;
        hasKrx = true;
        world.evict();
        await world.turns(TODAY, [13 * 60 + 5, 13 * 60 + 5]);
        expect(await world.ring(300)).toBe(true);
        const sessions = world.stage.exchange.sessions.filter((day) => day < TODAY);
        const { status, counts, sessions: there, fetched } = world.book.backfill() ?? {};
        expect([status, counts, there, (fetched ?? 0) > 0]).toEqual([
          "done",
          "sessions",
          sessions.length,
          datesAsked > 0,
        ]);
        expect(source.asked.size).toBe(asked);
        expect(faultsOf(world, sessions.slice(0, -1))).toEqual([]);
        await world.turns(dayOf("2026-10-15"), MORNING);
        await world.ring(100);
        expect(faultsOf(world, sessions)).toEqual([]);
        expect(factsOn(world, sessions.at(-1) ?? TODAY)).toEqual(["regular final"]);
      } finally {
        await world.stage.end();
      }
    },
  );
});
