import { describe, it } from "vitest";
import { closingWindow } from "../../core/calendar/closing-window.ts";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { cpuMs } from "../../testing/cpu-time.ts";
import { ALL_SESSIONS, Deliveries } from "../../testing/days/collecting-world.ts";
import { shownBook } from "../../testing/days/shown-book.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-03"),
  last: dayOf("2026-10-02"),
  names: 30,
  seed: 4,
  drift: 0.01,
};
const FIRST = dayOf("2026-09-08");
/** The vendor of the evening ends every connection. */
const DOWN = dayOf("2026-09-15");
/** The key of the morning is not known. */
const DENIED = dayOf("2026-09-22");
const MINUTES = [8 * 60 + 5, 8 * 60 + 45];

/** Each clock's turn of the month. */
function turns(world: MarketWorld): readonly (readonly [TradingDay, number])[] {
  return world
    .days()
    .filter((day) => day >= FIRST)
    .flatMap((day) => {
      const window = closingWindow(day);
      const evening = window === null ? [] : [(window.from - midnightOf(day)) / 60_000 + 3];
      return [...MINUTES, ...evening].map((minute) => [day, minute] as const);
    });
}

function disturb({ stage }: MarketWorld, day: TradingDay): void {
  stage.kis.traps.cut = day === DOWN;
  stage.krx.key = day === DENIED ? "another" : (stage.vars["KRX_AUTH_KEY"] ?? "");
}

describe("days that another machine collects", () => {
  it(
    "[MD30] make the same book, runs and signals as vendors that the book asks itself",
    { timeout: 120_000 },
    async ({ expect }) => {
      // Another machine brings rows, and no calendar.
      const own = await MarketWorld.open(EXCHANGE, (stage) => ({ ...bothSourcesOf(stage), oracle: null }));
      const fed = await MarketWorld.open(EXCHANGE, () => null);
      try {
        for (const [day, minute] of turns(own)) {
          disturb(own, day);
          await own.turns(day, [minute, minute]);
          await own.ring(20);
          disturb(fed, day);
          fed.stage.clock.moveTo(midnightOf(day) + minute * 60_000);
          await new Deliveries(fed, bothSourcesOf(fed.stage)).collect();
          fed.evict();
          await fed.ring(20);
        }
        expect(shownBook(fed)).toEqual(shownBook(own));
        expect(fed.book.summary().sessions).toBeGreaterThan(35);
        expect(fed.stage.krx.callsInAll).toBeLessThanOrEqual(own.stage.krx.callsInAll + 2);
      } finally {
        await own.stage.end();
        await fed.stage.end();
      }
    },
  );

  it(
    "[MD31] fill in the past from where the book stands, and on to more sessions than were wanted at first",
    { timeout: 120_000 },
    async ({ expect }) => {
      const fed = await MarketWorld.open({ ...EXCHANGE, first: dayOf("2026-05-04") }, () => null);
      try {
        fed.stage.clock.moveTo(midnightOf(dayOf("2026-09-30")) + 12 * 3_600_000);
        const collect = async (sessions: number): Promise<number> => {
          const turn = await new Deliveries(fed, bothSourcesOf(fed.stage), sessions).collect();
          fed.evict();
          return turn.dates;
        };
        expect(await collect(7)).toBe(7);
        expect(fed.book.summary()).toMatchObject({ sessions: 7, lastDay: dayOf("2026-09-29") });
        expect(fed.instruments.lists.KRX.length).toBeGreaterThan(25);
        expect(await collect(7)).toBe(0);
        // Fewer than are there.
        expect(await collect(3)).toBe(0);
        expect(await collect(33)).toBe(26);
        expect(fed.book.summary().sessions).toBe(33);
        // Until the source has no more of it.
        await collect(ALL_SESSIONS);
        const published = fed.stage.exchange.sessions.filter((day) => day < dayOf("2026-09-30"));
        expect(fed.book.summary()).toMatchObject({ sessions: published.length, firstDay: published[0] });
        expect(fed.book.backfill()?.status).toBe("done");
        expect([...fed.stage.krx.callsByDate.values()].filter((calls) => calls > 1)).toEqual([]);
        expect(fed.ledger.journal.filter(({ status }) => status === "done").length).toBeGreaterThan(0);
      } finally {
        await fed.stage.end();
      }
    },
  );

  it("[MD31] a refusal puts what came into the bars, leaves one row, and the book waits for the machine", async ({
    expect,
  }) => {
    const fed = await MarketWorld.open(EXCHANGE, () => null);
    try {
      fed.stage.clock.moveTo(midnightOf(dayOf("2026-09-30")) + 12 * 3_600_000);
      const { krx } = fed.stage;
      let dates = 0;
      const turn = new Deliveries(fed, bothSourcesOf(fed.stage));
      const send = turn.send.bind(turn);
      turn.send = async (delivery) => {
        dates += delivery.kind === "backfill" ? 1 : 0;
        krx.key = dates === 5 ? "another" : krx.key;
        return send(delivery);
      };
      const { steps } = await turn.collect();
      expect(steps.at(-1)).toMatchObject({
        kind: "backfill",
        status: "denied",
        text: expect.stringMatching(/^krx: bad_key/),
      });
      expect(fed.book.summary().sessions).toBe(5);
      expect(fed.book.backfill()).toMatchObject({ status: "waiting", fetched: 5 });
      expect(await fed.ring(20)).toBe(true);
      expect(fed.ledger.journal.map(({ reason }) => reason)).toEqual([
        expect.stringMatching(/^backfill 2026-09-30: denied, krx: bad_key/),
        expect.stringMatching(/^official_master 2026-09-29: stored/),
      ]);
    } finally {
      await fed.stage.end();
    }
  });

  it("[MD32] are read no further than their first fault, however many there are", async ({ expect }) => {
    const fed = await MarketWorld.open(EXCHANGE, () => null);
    try {
      fed.stage.clock.moveTo(midnightOf(dayOf("2026-09-30")) + 12 * 3_600_000);
      const text = `{"kind":"official_day","day":"2026-09-29","answers":[${"{},".repeat(1_300_000)}{}]}`;
      const bytes = new TextEncoder().encode(text);
      const begun = cpuMs();
      JSON.parse(text);
      const parsed = cpuMs();
      expect(await fed.book.takeDay(bytes, ALL_SESSIONS)).toMatchObject({ status: "bad" });
      // With every fault it takes thirty times as long as the text takes to be parsed.
      expect((cpuMs() - parsed) / (parsed - begun)).toBeLessThan(10);
    } finally {
      await fed.stage.end();
    }
  });

  it("[MD32] with a fault in them are refused with its name, and nothing is done", async ({ expect }) => {
    const fed = await MarketWorld.open(EXCHANGE, () => null);
    const own = await MarketWorld.open(EXCHANGE, bothSourcesOf);
    try {
      const now = midnightOf(dayOf("2026-09-30")) + 12 * 3_600_000;
      fed.stage.clock.moveTo(now);
      own.stage.clock.moveTo(now);
      const give = async (delivery: unknown, world = fed): Promise<string> => {
        const bytes = new TextEncoder().encode(JSON.stringify(delivery));
        const taken = await world.book.takeDay(bytes, ALL_SESSIONS);
        return "text" in taken ? `${taken.status}: ${taken.text}` : `${taken.status}: ${taken.source}`;
      };
      const cells = [10, 12, 9, 11, 100, 1_100, 1_000, 10];
      const rows = (value: unknown, at = now): object => ({
        call: "day",
        source: "krx",
        close: "regular",
        final: true,
        board: "KOSPI",
        answer: { status: "ok", at, value },
      });
      const day = (answers: readonly unknown[], date = "2026-09-29"): object => ({
        kind: "official_day",
        day: date,
        answers,
      });
      expect(await give("no object")).toMatch(/^bad: /);
      expect(await give(day([]))).toMatch(/^bad: answers: none/);
      expect(await give(day([rows([["005930", cells]])], "2026-09-30"))).toMatch(
        /^bad: day: official_day is of a session before/,
      );
      expect(await give({ ...day([]), kind: "evening_snapshot" })).toMatch(
        /^bad: day: evening_snapshot is of today/,
      );
      expect(await give(day([rows([["5930", cells]])]))).toBe('bad: "5930" is no ticker of KRX');
      expect(await give(day([rows([])]))).toMatch(/^bad: answers\.0/);
      expect(
        await give(
          day([
            rows([
              ["005930", cells],
              ["005930", cells],
            ]),
          ]),
        ),
      ).toBe("bad: 005930 stands twice");
      expect(await give(day([rows([["005930", [10, 12, 11, 11, 100, null, null, null]]])]))).toMatch(
        /is no bar: low_above_body$/,
      );
      expect(await give(day([rows([["005930", cells]], now + 61_000)]))).toMatch(/clocks/);
      // A board without the other one is no session.
      expect(await give(day([rows([["005930", cells]])]))).toMatch(
        /^failed: The delivery has no answer for: rows of KOSDAQ/,
      );
      const board = rows([["005930", cells]]);
      const other = { ...rows([["000660", cells]]), board: "KOSDAQ" };
      // A Saturday, and a day of which nobody remembers any more that it was settled.
      expect(await give(day([board, other], "2026-09-19"))).toBe("bad: day: 2026-09-19 is no session");
      expect(await give(day([board, other], "2024-01-02"))).toMatch(/^bad: day: 2024-01-02 is older than /);
      expect(await give(day([board, board, other]))).toBe("bad: day KOSPI stands twice");
      expect(await give(day([board, { ...other, source: "kis" }]))).toMatch(/^bad: answers: rows of one day/);
      expect(await give(day([board, { ...other, close: "last" }]))).toMatch(/^bad: answers: rows of one day/);
      const line = { ticker: "005930", name: "A", market: "KOSPI", listedShares: -5 };
      const master = { ...rows([line]), call: "instruments", of: "session", day: "2026-09-29" };
      expect(await give({ ...day([master]), kind: "official_master" })).toMatch(/^bad: .*listedShares/);
      expect(fed.book.summary().rows).toBe(0);
      expect(await give(day([rows([["005930", cells]])]), own)).toBe("asked_here: krx");
    } finally {
      await fed.stage.end();
      await own.stage.end();
    }
  });

  it("[MD33] an object that dies after the last date of the past still has its scan and its row", async ({
    expect,
  }) => {
    const fed = await MarketWorld.open(EXCHANGE, () => null);
    try {
      fed.stage.clock.moveTo(midnightOf(dayOf("2026-09-30")) + 12 * 3_600_000);
      const dead = Promise.withResolvers<never>();
      let isDying = true;
      const startRun = fed.ledger.startRun.bind(fed.ledger);
      fed.ledger.startRun = async (...run) => {
        if (isDying && fed.book.backfill()?.status === "done") {
          dead.reject(new Error("died"));
          return new Promise(() => undefined);
        }
        return startRun(...run);
      };
      await expect(
        Promise.race([new Deliveries(fed, bothSourcesOf(fed.stage), 6).collect(), dead.promise]),
      ).rejects.toThrow("died");
      expect(fed.book.backfill()?.status).toBe("done");
      isDying = false;
      fed.evict();
      expect(await fed.ring(20)).toBe(true);
      expect(fed.ledger.journal.map(({ status }) => status)).toContain("done");
    } finally {
      await fed.stage.end();
    }
  });

  it.for(["asked by itself", "collected"] as const)(
    "[MD34] a market that was left alone for weeks has every session again: %s",
    { timeout: 60_000 },
    async (how, { expect }) => {
      const world = await MarketWorld.open(EXCHANGE, how === "collected" ? () => null : bothSourcesOf);
      try {
        const noon = async (date: string): Promise<void> => {
          const day = dayOf(date);
          world.stage.clock.moveTo(midnightOf(day) + 12 * 3_600_000 + 300_000);
          if (how === "collected") {
            await new Deliveries(world, bothSourcesOf(world.stage)).collect();
          } else {
            await world.turns(day, [12 * 60 + 5, 12 * 60 + 5]);
          }
          world.evict();
          expect(await world.ring(100)).toBe(true);
        };
        await noon("2026-09-01");
        const dates = world.stage.krx.callsByDate.size;
        await noon("2026-09-02");
        // The morning was missed, and the next ones ask for it.
        expect(world.stage.krx.callsByDate.size).toBe(dates);
        await noon("2026-09-30");
        const sessions = world.stage.exchange.sessions.filter((day) => day < dayOf("2026-09-30"));
        expect(world.book.summary()).toMatchObject({ sessions: sessions.length, lastDay: sessions.at(-1) });
        const calls = world.stage.krx.callsInAll;
        await noon("2026-09-30");
        expect(world.stage.krx.callsInAll).toBe(calls);
        expect(world.ledger.journal.at(0)?.asOf).toBe(sessions.at(-1));
      } finally {
        await world.stage.end();
      }
    },
  );

  it(
    "[MD35] a machine that has stopped is missed as a vendor is",
    { timeout: 60_000 },
    async ({ expect }) => {
      const fed = await MarketWorld.open(EXCHANGE, () => null);
      try {
        const moveTo = (date: string, minutes: number): void => {
          fed.stage.clock.moveTo(midnightOf(dayOf(date)) + minutes * 60_000);
        };
        const plan = async (): Promise<object> => (await fed.book.marketStatus()).plan;
        moveTo("2026-08-25", 12 * 60 + 5);
        expect(await plan()).toEqual({ evening: false, morning: false });
        expect((await fed.book.marketStatus()).next).toBeNull();
        await new Deliveries(fed, bothSourcesOf(fed.stage)).collect();
        expect(await plan()).toEqual({ evening: false, morning: true });
        moveTo("2026-08-25", 15 * 60 + 35);
        await new Deliveries(fed, bothSourcesOf(fed.stage)).collect();
        expect(await plan()).toEqual({ evening: true, morning: true });
        expect((await fed.book.marketStatus()).next).toMatchObject({
          kind: "official_day",
          day: dayOf("2026-08-25"),
        });
        moveTo("2026-09-30", 12 * 60);
        expect(await plan()).toEqual({ evening: false, morning: false });
      } finally {
        await fed.stage.end();
      }
    },
  );
});
