import { describe, it } from "vitest";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import {
  EXCHANGE,
  factsOn,
  faultsOf,
  lastRow,
  MortalHistory,
  NOON,
  openAt,
  SHORT,
  TODAY,
} from "../../testing/days/walked-shares.ts";

describe("a past of KIS alone", () => {
  it(
    "[MD70] brings 400 sessions of every share, indices and the first scan, whatever dies on the way, and asks no share three times",
    { timeout: 120_000 },
    async ({ expect }) => {
      const random = makeRandom(11);
      // Two turns of nine calls apart at least: never twice at the shares of one turn.
      const deaths = Array.from({ length: 3 }, (_, n) => 5 + n * 28 + Math.floor(random() * 9));
      const source = new MortalHistory(deaths);
      const world = await openAt(source, EXCHANGE);
      try {
        let lives = 1;
        let minute: number = NOON[0];
        for (let over = false; !over;) {
          const ended = await Promise.race([world.ring(200), source.died.promise]);
          over = ended === true;
          if (ended === null) {
            lives += 1;
            source.died = Promise.withResolvers();
            world.evict();
            // The platform tries an alarm again whose object died.
            await world.storage.setAlarm(world.stage.clock.now());
          } else if (world.book.backfill()?.status === "waiting") {
            // The token of the life that died in its issue is refused for a minute.
            over = false;
            minute += 10;
            await world.turns(TODAY, [minute, minute]);
          }
        }
        const { exchange, kis } = world.stage;
        const sessions = exchange.sessions.filter((day) => day < TODAY).slice(-400);
        const listed = world.instruments.lists.KRX.length;
        expect(lives).toBe(deaths.length + 1);
        expect(world.book.backfill()).toMatchObject({
          status: "done",
          counts: "shares",
          sessions: listed,
          wanted: listed,
        });
        expect(world.book.summary()).toMatchObject({
          firstDay: sessions[0],
          lastDay: sessions.at(-1),
          sessions: 400,
        });
        expect(faultsOf(world, sessions.slice(0, -1))).toEqual([]);
        expect(faultsOf(world, sessions.slice(-1), lastRow)).toEqual([]);
        expect(sessions.slice(-3).map((day) => factsOn(world, day))).toEqual([
          ["regular final"],
          ["regular final"],
          ["last provisional"],
        ]);
        const index = world.book.indexSeries("KOSDAQ");
        expect(index?.day.length).toBe(400);
        expect(Math.max(...source.answered.values())).toBeLessThanOrEqual(2);
        expect(kis.calls.get("inquire-daily-itemchartprice")).toBeLessThanOrEqual(
          5 * (listed + 9 * deaths.length),
        );
        expect(
          world.ledger.journal
            .filter(({ status }) => status === "done")
            .map(({ kind, asOf }) => [kind, asOf]),
        ).toEqual([["cron", sessions.at(-1)]]);
        expect(await world.settings.activeExchange()).toBe("KRX");
      } finally {
        await world.stage.end();
      }
    },
  );

  it("[MD70] waits where it is refused, leaves one row, and goes on where it was at the clock's turn", async ({
    expect,
  }) => {
    const source = new MortalHistory();
    const world = await openAt(source, SHORT);
    try {
      await world.ring(3);
      const before = world.book.backfill()?.sessions ?? 0;
      expect(before).toBeGreaterThan(0);
      world.stage.kis.traps.denied = "EGW00303";
      expect(await world.ring(50)).toBe(true);
      expect(world.book.backfill()).toMatchObject({
        status: "waiting",
        sessions: before,
        leftMs: null,
        reason: expect.stringMatching(/^denied, kis: address_not_allowed/),
      });
      const calls = world.stage.kis.dataCalls;
      await world.turns(TODAY, [13 * 60 + 5, 14 * 60 + 5]);
      await world.ring(50);
      expect(world.stage.kis.dataCalls).toBe(calls);
      expect(world.ledger.journal.map(({ status, reason }) => `${status} ${reason}`)).toEqual([
        expect.stringMatching(/^skipped backfill 2026-10-14: denied, kis: address_not_allowed/),
        expect.stringMatching(/^skipped present_master 2026-10-14: stored, 60 instruments/),
      ]);
      world.stage.kis.traps.denied = null;
      const friday = dayOf("2026-10-16");
      world.stage.clock.moveTo(midnightOf(friday));
      await world.turns(friday, NOON);
      expect(await world.ring(200)).toBe(true);
      expect(world.book.backfill()).toMatchObject({
        status: "done",
        sessions: world.instruments.lists.KRX.length,
      });
    } finally {
      await world.stage.end();
    }
  });

  it("[MD70] leaves out and names a share that gives no answer three times, and no other", async ({
    expect,
  }) => {
    const source = new MortalHistory();
    const world = await openAt(source, SHORT);
    try {
      await world.ring(1);
      const [one, , two] = world.instruments.lists.KRX.map(({ ticker }) => String(ticker))
        .toSorted()
        .slice(-5);
      source.failing.set(one ?? "", 9);
      source.failing.set(two ?? "", 2);
      for (let n = 0; n < 4; n++) {
        await world.ring(200);
        await world.turns(TODAY, [13 * 60 + 5 + n * 10, 13 * 60 + 5 + n * 10]);
      }
      const listed = world.instruments.lists.KRX.length;
      expect(world.book.backfill()).toMatchObject({ status: "done", sessions: listed - 1, wanted: listed });
      expect([source.asked.get(one ?? ""), source.asked.get(two ?? "")]).toEqual([3, 3]);
      const { steps } = await world.book.marketStatus();
      expect(steps.find(({ kind }) => kind === "backfill")?.text).toContain(`left out: ${one}`);
      expect(world.series(one ?? "")).toBeNull();
    } finally {
      await world.stage.end();
    }
  });

  it("[MD70] waits for the clock while the vendor is down, and has every share then", async ({ expect }) => {
    const source = new MortalHistory();
    const world = await openAt(source, SHORT);
    try {
      await world.ring(2);
      const before = world.book.backfill()?.sessions ?? 0;
      world.stage.kis.traps.failing = Number.MAX_SAFE_INTEGER;
      expect(await world.ring(50)).toBe(true);
      expect(world.book.backfill()).toMatchObject({
        status: "waiting",
        sessions: before,
        reason: expect.stringMatching(/^failed, /),
        waits: "failed",
      });
      world.stage.kis.traps.failing = 0;
      await world.turns(TODAY, [13 * 60 + 5, 13 * 60 + 5]);
      expect(await world.ring(200)).toBe(true);
      const listed = world.instruments.lists.KRX.length;
      expect(world.book.backfill()).toMatchObject({ status: "done", sessions: listed, wanted: listed });
    } finally {
      await world.stage.end();
    }
  });
});
