import { describe, it } from "vitest";
import { originFactsOf } from "../../core/bars/origin.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-09-10"),
  last: dayOf("2026-10-02"),
  names: 30,
  seed: 3,
  drift: 0.01,
};
const MONDAY = dayOf("2026-09-14");
const TUESDAY = dayOf("2026-09-15");
const EVENING = [15 * 60 + 35, 15 * 60 + 35] as const;
const MORNING = [8 * 60 + 5, 8 * 60 + 5] as const;

interface Turn {
  readonly day: TradingDay;
  readonly at: readonly [number, number];
  /** The session whose rows it brings. */
  readonly session: TradingDay;
  /** Rows of the turn's step can be told by. */
  readonly isThere: (world: MarketWorld) => boolean;
}

/** Whether the newest session of the book has official rows. */
function hasFinal({ book }: MarketWorld, day: TradingDay): boolean {
  const [ticker = ""] = book.tickers();
  const columns = book.series(ticker);
  const at = columns?.day.indexOf(day) ?? -1;
  return at >= 0 && originFactsOf(columns?.origin?.[at] ?? Number.NaN, day).final;
}

/** The world as it stands before the turn. */
async function before(turn: Pick<Turn, "day">): Promise<MarketWorld> {
  const world = await MarketWorld.open(EXCHANGE, bothSourcesOf);
  await world.turns(MONDAY, [8 * 60 + 5, 8 * 60 + 45]);
  if (turn.day === TUESDAY) {
    await world.turns(MONDAY, EVENING);
  }
  return world;
}

/** Dies at the call of this number; `null` when the turn had fewer. */
async function dieAt(world: MarketWorld, turn: Turn, number: number): Promise<string | null> {
  const died = Promise.withResolvers<string>();
  let left = number;
  world.onCall = async (place) => {
    left -= 1;
    if (left < 0) {
      died.resolve(place);
      await new Promise(() => undefined);
    }
  };
  const place = await Promise.race([world.turns(turn.day, turn.at).then(() => null), died.promise]);
  world.onCall = () => Promise.resolve();
  world.evict();
  return place;
}

const TURNS: readonly (Turn & { readonly name: string })[] = [
  {
    name: "evening",
    day: MONDAY,
    at: EVENING,
    session: MONDAY,
    isThere: (world) => world.book.summary().lastDay === MONDAY,
  },
  {
    name: "morning",
    day: TUESDAY,
    at: MORNING,
    session: MONDAY,
    isThere: (world) => hasFinal(world, MONDAY),
  },
];

describe("a turn of the clock whose process dies", () => {
  it.for(TURNS)(
    "[MD61] [MD66] at any call of the $name: rows that are stored are judged by the alarm or the next turn",
    { timeout: 120_000 },
    async (turn, { expect }) => {
      const stored: string[] = [];
      let places = 0;
      for (let number = 0; ; number++) {
        const world = await before(turn);
        try {
          const place = await dieAt(world, turn, number);
          if (place === null) {
            break;
          }
          places += 1;
          const wasThere = turn.isThere(world);
          await world.ring(50);
          if (wasThere && place.startsWith("before ledger.startRun")) {
            // The run of the rows had no row yet: the alarm alone has made it.
            expect([place, judgedOn(world, turn)]).toEqual([place, formatTradingDay(turn.session)]);
            stored.push(place);
          }
          await world.turns(turn.day, [turn.at[0] + 10, turn.at[1] + 20]);
          await world.ring(50);
          expect([place, judgedOn(world, turn)]).toEqual([place, formatTradingDay(turn.session)]);
          // A correction that died after its save is done once more (BK51).
          await world.evening();
          expect([place, await world.evening()]).toEqual([place, 0]);
        } finally {
          await world.stage.end();
        }
      }
      expect(places).toBeGreaterThan(20);
      expect(stored.length).toBeGreaterThan(0);
    },
  );
});

/** Ends the process at the write of this number: that one and all later ones are not made. */
async function dieAtWrite(world: MarketWorld, turn: Turn, number: number): Promise<boolean> {
  const { sql } = world.storage;
  const exec = sql.exec.bind(sql);
  let left = number;
  const died = Promise.withResolvers<boolean>();
  sql.exec = (query, ...values) => {
    left -= query.startsWith("SELECT") || query.startsWith("CREATE") ? 0 : 1;
    if (left < 0) {
      died.resolve(true);
      throw new Error("The process died");
    }
    return exec(query, ...values);
  };
  world.onCall = async () => (left < 0 ? new Promise(() => undefined) : undefined);
  const isDead = await Promise.race([world.turns(turn.day, turn.at).then(() => false), died.promise]);
  sql.exec = exec;
  world.onCall = () => Promise.resolve();
  world.evict();
  return isDead;
}

describe("a scan that fails", () => {
  it("[MD66] is begun again at the clock's next turns, three times in a row, and when the store is back at night", async ({
    expect,
  }) => {
    const world = await before({ day: MONDAY });
    try {
      // The past, which no scan is begun beside.
      await world.ring(100);
      world.onCall = async (place) =>
        place === "before ledger.save" ? Promise.reject(new Error("The store is away")) : undefined;
      await world.turns(MONDAY, [EVENING[0], 17 * 60 + 55]);
      await world.ring(50);
      const failed = world.runsOn(MONDAY).filter(({ reason }) => reason === "The store is away");
      expect(failed.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
      world.onCall = () => Promise.resolve();
      expect([await world.evening(), await world.evening()]).toEqual([1, 0]);
      expect(judgedOn(world, { day: MONDAY })).toBe(formatTradingDay(MONDAY));
    } finally {
      await world.stage.end();
    }
  });
});

describe("a turn of the clock that dies at a write", () => {
  it.for(TURNS)(
    "[MD61] of the $name: rows, the run that they owe and their step stand together or not at all",
    { timeout: 120_000 },
    async (turn, { expect }) => {
      const found = { without: 0, withRows: 0 };
      for (let number = 0; ; number++) {
        const world = await before(turn);
        try {
          const judged = judgedOn(world, turn);
          const earlier = world.runsOn(turn.day).length;
          const isDead = await dieAtWrite(world, turn, number);
          const hasRun = world
            .runsOn(turn.day)
            .slice(earlier)
            .some(({ id }) => /^krx-[a-z\d]+$/.test(id));
          if (!isDead || (hasRun && found.withRows > 0)) {
            break;
          }
          const isThere = turn.isThere(world);
          await world.ring(50);
          found[isThere ? "withRows" : "without"] += 1;
          expect([number, judgedOn(world, turn)]).toEqual([
            number,
            isThere ? formatTradingDay(turn.session) : judged,
          ]);
        } finally {
          await world.stage.end();
        }
      }
      expect(found.without).toBeGreaterThan(5);
      expect(found.withRows).toBeGreaterThan(0);
    },
  );
});

/** The session of the newest run of the turn's day that is done. */
function judgedOn(world: MarketWorld, { day }: Pick<Turn, "day">): string | null {
  const done = world.runsOn(day).filter(({ status, asOf }) => status === "done" && asOf !== null);
  const asOf = done.at(-1)?.asOf ?? null;
  return asOf === null ? null : formatTradingDay(asOf);
}
