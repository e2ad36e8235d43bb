import { describe, it } from "vitest";
import type { DaySource, MarketSources, MasterSource } from "../../app/ports/market-sources.ts";
import { rowAt } from "../../core/bars/columns.ts";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { regularRow, type ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";
import type { VendorStage } from "../../testing/fakes/vendor-stage.ts";
import { krxSourceOf } from "../../testing/stage/krx-stage.ts";

const DECREED = dayOf("2026-06-12");
/** Somewhat more than 400 sessions before {@link TODAY}. */
const EXCHANGE: ExchangeOptions = {
  first: dayOf("2025-01-06"),
  last: dayOf("2026-10-16"),
  names: 30,
  seed: 5,
  decreed: [DECREED],
  drift: 0.01,
};
const TODAY = dayOf("2026-10-14");
const NOON = [12 * 60 + 5, 12 * 60 + 5] as const;

/** A source whose process dies in some of its calls: they are never answered. */
class MortalSource {
  /** How often each date was asked of the first board. */
  readonly asked = new Map<TradingDay, number>();
  readonly deaths: Set<number>;
  died = Promise.withResolvers<null>();
  /** The master is the next call that is never answered. */
  isMasterMortal = false;
  #calls = 0;

  constructor(deaths: Iterable<number> = []) {
    this.deaths = new Set(deaths);
  }

  of(stage: VendorStage): MarketSources {
    const krx = krxSourceOf(stage);
    const day: DaySource = {
      id: krx.id,
      closeKind: krx.closeKind,
      final: krx.final,
      indices: async (date) => krx.indices(date),
      day: async (date, board) => {
        if (board === "KOSPI") {
          this.asked.set(date, (this.asked.get(date) ?? 0) + 1);
        }
        this.#calls += 1;
        if (this.deaths.has(this.#calls)) {
          this.died.resolve(null);
          return new Promise(() => undefined);
        }
        return krx.day(date, board);
      },
    };
    const master: MasterSource = {
      id: krx.id,
      instruments: async (date) => {
        if (this.isMasterMortal) {
          this.isMasterMortal = false;
          this.died.resolve(null);
          return new Promise(() => undefined);
        }
        return krx.instruments(date);
      },
    };
    return { day, master, present: null, evening: null, history: null, oracle: null };
  }
}

async function openAt(source: MortalSource, exchange = EXCHANGE): Promise<MarketWorld> {
  const world = await MarketWorld.open(exchange, (stage) => source.of(stage));
  world.stage.clock.moveTo(midnightOf(TODAY));
  await world.turns(TODAY, NOON);
  return world;
}

/** Rows of the book that are not the exchange's, and sessions that it lacks. */
function faultsOf(world: MarketWorld, sessions: readonly TradingDay[]): readonly string[] {
  return sessions.flatMap((day) =>
    world.stage.exchange.rows(day).flatMap((row) => {
      const columns = world.series(row.listing.ticker);
      const at = columns?.day.indexOf(day) ?? -1;
      const { origin: _, ...own } = columns !== null && at >= 0 ? rowAt(columns, at) : { origin: 0 };
      return JSON.stringify(own) === JSON.stringify(regularRow(row)) ? [] : [`${row.listing.ticker} ${day}`];
    }),
  );
}

describe("a backfill", () => {
  it(
    "[MD10] brings 400 sessions, masters, indices and the first scan, whatever dies on the way, and fetches no date twice but where it died",
    {
      timeout: 120_000,
    },
    async ({ expect }) => {
      const random = makeRandom(11);
      // Twenty, at least 20 calls apart: never twice at one date.
      const deaths = Array.from({ length: 20 }, (_, n) => 12 + n * 40 + Math.floor(random() * 20));
      const source = new MortalSource(deaths);
      const world = await openAt(source);
      try {
        let lives = 1;
        for (let over = false; !over;) {
          const ended = await Promise.race([world.ring(200), source.died.promise]);
          over = ended === true;
          if (ended === null) {
            lives += 1;
            source.died = Promise.withResolvers();
            world.evict();
            // The platform tries an alarm again whose object died.
            await world.storage.setAlarm(world.stage.clock.now());
          }
        }
        const { exchange } = world.stage;
        const sessions = exchange.sessions.filter((day) => day < TODAY).slice(-400);
        expect(lives).toBe(21);
        expect(world.book.backfill()).toMatchObject({
          status: "done",
          sessions: 400,
          fetched: 400,
          holidays: [DECREED],
        });
        expect(world.book.summary()).toMatchObject({
          sessions: 400,
          firstDay: sessions[0],
          lastDay: sessions.at(-1),
        });
        expect(faultsOf(world, sessions)).toEqual([]);
        expect(world.book.indexSeries("KOSDAQ")?.day.length).toBe(400);
        expect(world.instruments.lists.KRX.length).toBe(exchange.rows(sessions.at(-1) ?? TODAY).length);
        expect(Math.max(...source.asked.values())).toBe(2);
        expect([...source.asked.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(20);
        expect(
          world.ledger.journal
            .filter(({ status }) => status === "done")
            .map(({ kind, asOf }) => [kind, asOf]),
        ).toEqual([["cron", sessions.at(-1)]]);
      } finally {
        await world.stage.end();
      }
    },
  );

  it("[MD10] that dies after its last date still has its master, its first scan and its row", async ({
    expect,
  }) => {
    const source = new MortalSource();
    const world = await openAt(source, { ...EXCHANGE, first: dayOf("2026-08-24") });
    try {
      source.isMasterMortal = true;
      expect(await Promise.race([world.ring(50), source.died.promise])).toBeNull();
      expect(world.book.backfill()?.status).toBe("done");
      world.evict();
      await world.storage.setAlarm(world.stage.clock.now());
      expect(await world.ring(50)).toBe(true);
      const { exchange } = world.stage;
      const last = exchange.sessions.findLast((day) => day < TODAY);
      expect(world.instruments.lists.KRX.length).toBe(exchange.rows(last ?? TODAY).length);
      const done = world.ledger.journal.filter(({ status }) => status === "done");
      expect(done.map(({ kind, asOf }) => [kind, asOf])).toEqual([["cron", last]]);
    } finally {
      await world.stage.end();
    }
  });

  it(
    "[MD11] waits where it is refused, leaves one row, and goes on at the clock's turn",
    { timeout: 120_000 },
    async ({ expect }) => {
      const source = new MortalSource();
      const world = await openAt(source);
      try {
        await world.ring(3);
        const before = world.book.backfill()?.fetched ?? 0;
        world.stage.krx.key = "another";
        // Whatever a row is written with, a death in the middle of it leaves none that runs for ever.
        world.ledger.endRun = () => new Promise(() => undefined);
        expect(await world.ring(50)).toBe(true);
        expect(world.book.backfill()).toMatchObject({
          status: "waiting",
          leftMs: null,
          reason: expect.stringMatching(/^denied, krx: bad_key/),
          waits: "refused",
        });
        const calls = world.stage.krx.callsInAll;
        for (let n = 0; n < 6; n++) {
          await world.turns(TODAY, [13 * 60 + 5 + n * 10, 13 * 60 + 5 + n * 10]);
          await world.ring(50);
        }
        expect(world.stage.krx.callsInAll).toBe(calls);
        expect(world.ledger.journal.map(({ status, reason }) => `${status} ${reason}`)).toEqual([
          expect.stringMatching(/^skipped backfill 2026-10-14: denied, krx: bad_key/),
        ]);
        // What was gathered is in the bars already.
        expect(world.book.summary().sessions).toBe(before);
        world.stage.krx.key = world.stage.vars["KRX_AUTH_KEY"] ?? "";
        const friday = dayOf("2026-10-16");
        world.stage.clock.moveTo(midnightOf(friday));
        await world.turns(friday, NOON);
        expect(await world.ring(200)).toBe(true);
        expect(world.book.backfill()).toMatchObject({ status: "done", sessions: 400 });
        // The adapter was asked at each turn, and asked nobody.
        expect([...source.asked.values()].filter((count) => count > 1)).toEqual([8]);
      } finally {
        await world.stage.end();
      }
    },
  );
});
