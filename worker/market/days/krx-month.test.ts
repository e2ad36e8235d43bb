import { afterAll, beforeAll, describe, it } from "vitest";
import { adjust } from "../../core/bars/adjust.ts";
import { columnsOf, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { CAUGHT_UP } from "../../app/jobs/days/market-clock.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { regularRow } from "../../testing/fakes/exchange/simulated-exchange.ts";
import { krxSourcesOf } from "../../testing/days/real-sources.ts";

/** 08:05 to 09:55. */
const MORNING = [8 * 60 + 5, 9 * 60 + 55] as const;
const LATE = dayOf("2026-09-08");
const PARTIAL = dayOf("2026-09-10");
const BLOCKED = dayOf("2026-09-16");
const REVISED_KEY = dayOf("2026-09-21");
const DECREED = dayOf("2026-09-29");
const SILENT = dayOf("2026-10-01");

const ACTIONS = ["split", "bonus", "ex_rights"] as const;

/** The session before a day of this exchange. */
function sessionBefore(world: MarketWorld, day: TradingDay): TradingDay {
  return world.stage.exchange.sessionUpTo(tradingDayOf(day - 1)) ?? day;
}

/** Six sessions are there before the key is set. */
const FIRST_MORNING = dayOf("2026-09-01");

/** Resolves with the calls of each day. */
async function play(world: MarketWorld): Promise<ReadonlyMap<TradingDay, number>> {
  const { krx } = world.stage;
  const calls = new Map<TradingDay, number>();
  for (const day of world.days()) {
    const already = krx.callsInAll;
    if (day < FIRST_MORNING) {
      calls.set(day, 0);
      continue;
    }
    await world.turns(day, MORNING, (minute) => {
      const isEarly = minute < 9 * 60;
      if (day === PARTIAL) {
        krx.traps.partial.clear();
        if (isEarly) {
          krx.traps.partial.set(sessionBefore(world, day), 0.5);
        }
      } else if (day === BLOCKED && minute === MORNING[0]) {
        krx.block();
      } else if (day === SILENT) {
        krx.traps.cut = isEarly;
      } else if (day === REVISED_KEY) {
        krx.key = isEarly ? "another" : (world.stage.vars["KRX_AUTH_KEY"] ?? "");
      }
    });
    calls.set(day, krx.callsInAll - already);
    world.evict();
  }
  return calls;
}

describe("a month of mornings with a KRX key, around the first after-market", () => {
  let world: MarketWorld;
  let calls: ReadonlyMap<TradingDay, number>;

  beforeAll(async () => {
    world = await MarketWorld.open(
      {
        first: dayOf("2026-08-24"),
        last: dayOf("2026-10-08"),
        names: 40,
        seed: 3,
        decreed: [DECREED],
        drift: 0.01,
      },
      krxSourcesOf,
    );
    world.stage.krx.traps.publishedAt.set(
      sessionBefore(world, LATE),
      Date.parse("2026-09-08T09:30:00+09:00"),
    );
    calls = await play(world);
  }, 120_000);

  afterAll(() => world.stage.end());

  const published = (): readonly TradingDay[] => {
    const { exchange } = world.stage;
    const last = exchange.sessions.at(-1);
    return exchange.sessions.filter((day) => day !== last && day > exchange.options.first);
  };

  it("[MD2] the book is the exchange to the last row, and its rows are final with the regular close", ({
    expect,
  }) => {
    const wrong: string[] = [];
    let rows = 0;
    for (const day of published()) {
      for (const row of world.stage.exchange.rows(day)) {
        const columns = world.series(row.listing.ticker);
        const at = columns?.day.indexOf(day) ?? -1;
        const { origin: _, ...own } = columns !== null && at >= 0 ? rowAt(columns, at) : { origin: 0 };
        rows += 1;
        if (JSON.stringify(own) !== JSON.stringify(regularRow(row))) {
          wrong.push(`${row.listing.ticker} ${formatTradingDay(day)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(rows).toBeGreaterThan(900);
    expect(world.book.summary()).toMatchObject({ rows, sessions: published().length });
    expect(
      new Set([...world.book.origins().values()].map((one) => `${one.source} ${one.close} ${one.final}`)),
    ).toEqual(new Set(["krx regular true"]));
  });

  it("[MD2] no corporate action is invented, and each split, bonus issue and right is found", ({
    expect,
  }) => {
    const { exchange } = world.stage;
    const last = published().at(-1) ?? 0;
    const truth = exchange
      .events()
      .filter(({ event: { kind }, day }) => day <= last && ACTIONS.some((action) => action === kind))
      .map(({ company, day }) => `${company.ticker} ${formatTradingDay(day)}`);
    const found = world.book.tickers().flatMap((ticker) => {
      const columns = world.series(ticker);
      return columns === null
        ? []
        : adjust(columns).events.map((event) => `${ticker} ${formatTradingDay(tradingDayOf(event.day))}`);
    });
    expect(found.toSorted()).toEqual(truth.toSorted());
    expect(truth.length).toBeGreaterThan(1);
    expect(world.ledger.history.filter(({ reason }) => reason === "rebased")).toEqual([]);
  });

  it("[MD3] every session has a run that judged it, in order", ({ expect }) => {
    const judged = world.ledger.journal
      .filter(({ status, asOf }) => status === "done" && asOf !== null)
      .map(({ asOf }) => asOf)
      .toReversed();
    // Those of the first morning are judged together (MD14).
    expect(judged).toEqual(published().slice(CAUGHT_UP - 1));
  });

  it("[MD4] what did not come has a row with its reason, one for each reason and session", ({ expect }) => {
    const reasons = (session: string): readonly string[] =>
      world.ledger.journal
        .flatMap(({ reason }) => (reason?.startsWith(`official_day ${session}: `) === true ? [reason] : []))
        .map((reason) => reason.slice("official_day 2026-09-07: ".length))
        .toReversed();
    expect(reasons("2026-09-07")).toEqual(["not_ready, krx has not published it yet"]);
    expect(reasons("2026-09-09")).toEqual([
      expect.stringMatching(/^not_ready, krx has \d+ rows of it, and had \d+ of the session before$/),
    ]);
    expect(reasons("2026-09-15")).toEqual([expect.stringMatching(/^denied, krx: blocked, this address/)]);
    expect(reasons("2026-09-18")).toEqual([expect.stringMatching(/^denied, krx: bad_key, KRX_AUTH_KEY/)]);
    expect(reasons("2026-09-30")).toEqual([expect.stringMatching(/^failed, KRX failed to answer/)]);
    expect(reasons("2026-09-29")).toEqual([
      "not_ready, krx has not published it yet",
      expect.stringMatching(/^failed, KRX failed to answer/),
      "not_ready, krx has not published it yet",
      "closed, krx has nothing, and sessions before and after it",
    ]);
    expect(reasons("2026-09-22")).toEqual([]);
  });

  it("[MD5] a good morning is six calls, a bad one is asked again every ten minutes until ten, and no longer", ({
    expect,
  }) => {
    const { exchange } = world.stage;
    const bad = [LATE, PARTIAL, BLOCKED, REVISED_KEY, DECREED, SILENT].flatMap((day) => [
      day,
      exchange.nextSession(day),
    ]);
    const good = exchange.sessions.filter((day) => day > FIRST_MORNING && !bad.includes(day));
    expect(new Set(good.map((day) => calls.get(day)))).toEqual(new Set([6]));
    expect(good.length).toBeGreaterThan(10);
    expect(
      world.days().filter((day) => !exchange.isOpen(day) && day !== DECREED && calls.get(day) !== 0),
    ).toEqual([]);
    // Twelve turns, of which the silent six cost three tries each of a master and of two sessions.
    expect(Math.max(...calls.values())).toBeLessThan(80);
    expect(calls.get(BLOCKED)).toBe(1);
  });
});

describe("a morning", () => {
  const OPTIONS = { first: dayOf("2026-08-31"), last: dayOf("2026-09-25"), names: 40, seed: 3 };
  const MONDAY = dayOf("2026-09-14");
  const TUESDAY = dayOf("2026-09-15");
  let world: MarketWorld;

  beforeAll(async () => {
    world = await MarketWorld.open(OPTIONS, krxSourcesOf);
    for (const day of world.days().filter((one) => one <= MONDAY)) {
      await world.turns(day, MORNING);
    }
  });

  afterAll(() => world.stage.end());

  it("[MD3] of a session that was judged on provisional rows corrects it, and states what moved", async ({
    expect,
  }) => {
    const { exchange, clock } = world.stage;
    const provisional = exchange.rows(MONDAY).map((row) => ({
      ticker: String(row.listing.ticker),
      columns: columnsOf([{ ...regularRow(row), volume: row.volume === 0 ? 0 : row.volume + 1 }]),
    }));
    const traded = exchange.rows(MONDAY).filter(({ volume }) => volume > 0).length;
    clock.moveTo(Date.parse("2026-09-14T15:40:00+09:00"));
    world.book.closeDay(provisional, null);
    world.book.addIndices(
      INDEX_CODES.flatMap((code) => {
        const row = exchange.index(MONDAY, code);
        return row === null ? [] : [{ code, columns: columnsOf([{ ...row, shares: null }]) }];
      }),
    );
    expect(await world.book.run(EVENING_REQUEST)).toMatchObject({ status: "done", run: { asOf: MONDAY } });
    const before = world.stage.krx.callsInAll;
    clock.moveTo(Date.parse("2026-09-15T08:05:00+09:00"));
    // A turn beside another one.
    await Promise.all([world.book.followMarket(), world.book.followMarket()]);
    expect(world.runsOn(TUESDAY).map(({ kind, status, asOf }) => [kind, status, asOf])).toEqual([
      ["cron", "skipped", null],
      ["correction", "done", MONDAY],
    ]);
    const ended = world.log.lines.filter(({ event }) => event === "market_step_ended").at(-1);
    expect(ended?.fields).toMatchObject({
      step: "official_day 2026-09-14",
      text: `${provisional.length} rows: volume ${traded}`,
    });
    expect(world.stage.krx.callsInAll - before).toBe(6);
  });

  it("[MD1] is done once, also when everything in memory is lost between two turns", async ({ expect }) => {
    const before = [world.stage.krx.callsInAll, world.ledger.journal.length];
    world.evict();
    await world.turns(TUESDAY, MORNING);
    expect([world.stage.krx.callsInAll, world.ledger.journal.length]).toEqual(before);
  });
});
