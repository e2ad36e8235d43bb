import { afterAll, beforeAll, describe, it } from "vitest";
import { adjust } from "../../core/bars/adjust.ts";
import { originFactsOf } from "../../core/bars/origin.ts";
import { rowAt } from "../../core/bars/columns.ts";
import {
  formatTradingDay,
  midnightOf,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import {
  DECREED,
  DENIED,
  DOWN,
  BLOCKED,
  EXAM,
  FIRST,
  FORGOTTEN_EVENING,
  FORGOTTEN_MORNING,
  LAST,
  LATE,
  missingTroubles,
  PARTIAL,
  SLOW,
  WITHOUT_EVENING,
  playEvening,
  playMorning,
  playNight,
} from "../../testing/days/troubled-months.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";
import { regularRow } from "../../testing/fakes/exchange/simulated-exchange.ts";

const ACTIONS = ["split", "bonus", "ex_rights"] as const;

describe("three months with both vendors, from before the first after-market to after the exam day", () => {
  let world: MarketWorld;
  /** What the book held of each evening's session, right after it. */
  const evenings = new Map<TradingDay, readonly string[]>();
  /** What the master had otherwise than the exchange, on each morning. */
  const mornings = new Map<TradingDay, readonly string[]>();
  /** The calls of each day, by vendor. */
  const calls = new Map<TradingDay, { readonly krx: number; readonly kis: number }>();

  beforeAll(async () => {
    world = await MarketWorld.open(
      { first: dayOf("2026-08-24"), last: LAST, names: 40, seed: 3, decreed: [DECREED], drift: 0.01 },
      bothSourcesOf,
    );
    const { exchange, krx } = world.stage;
    const published = Date.parse("2026-09-10T09:30:00+09:00");
    krx.traps.publishedAt.set(exchange.sessionUpTo(tradingDayOf(LATE - 1)) ?? LATE, published);
    for (const day of world.days().filter((one) => one >= FIRST)) {
      const before = [krx.callsInAll, world.stage.kis.dataCalls] as const;
      await playMorning(world, day);
      if (day !== FORGOTTEN_MORNING) {
        mornings.set(day, masterFaultsOn(day));
      }
      world.evict();
      await playEvening(world, day);
      await playNight(world, day);
      world.evict();
      evenings.set(day, faultsOn(day));
      const now = [krx.callsInAll, world.stage.kis.dataCalls] as const;
      calls.set(day, { krx: now[0] - before[0], kis: now[1] - before[1] });
    }
  }, 240_000);

  afterAll(() => world.stage.end());

  /** Rows that are not the exchange's; what the evening cannot know, the listed shares, is left out of it. */
  function faultsOn(day: TradingDay): readonly string[] {
    return world.stage.exchange.rows(day).flatMap((row) => {
      const columns = world.series(row.listing.ticker);
      const at = columns?.day.indexOf(day) ?? -1;
      if (columns === null || at < 0) {
        return [`${row.listing.ticker} is missing`];
      }
      const { origin, ...own } = rowAt(columns, at);
      const { final, close } = originFactsOf(origin ?? Number.NaN, day);
      const truth = final ? regularRow(row) : { ...regularRow(row), shares: null };
      return JSON.stringify(own) === JSON.stringify(truth) && close === "regular"
        ? []
        : [`${row.listing.ticker} ${JSON.stringify(own)}`];
    });
  }

  /** Names are those of the last published session, notices those of today, and counts exact until they change. */
  function masterFaultsOn(day: TradingDay): readonly string[] {
    const { exchange } = world.stage;
    const master = new Map(world.instruments.lists.KRX.map((one) => [String(one.ticker), one]));
    const before = new Map(
      exchange
        .rows(exchange.sessionUpTo(tradingDayOf(day - 1)) ?? day)
        .map(({ listing }) => [listing.ticker, listing]),
    );
    return exchange.rows(day).flatMap(({ listing }) => {
      const own = master.get(listing.ticker);
      const known = before.get(listing.ticker);
      const names = known ?? { ...listing, nameEn: null };
      const rough = 1_000 * Math.floor(listing.shares / 1_000);
      const counts = [known?.shares ?? rough, listing.shares];
      return own?.name === names.name &&
        own.nameEn === names.nameEn &&
        own.kind === listing.company.kind &&
        own.market === listing.company.board &&
        own.notice === listing.notice &&
        counts.includes(own.listedShares ?? 0)
        ? []
        : [
            `${formatTradingDay(day)} ${listing.ticker} ${JSON.stringify(own)}, not ${JSON.stringify(listing)}`,
          ];
    });
  }

  /** The session before a day. */
  function exchangeBefore(day: TradingDay): TradingDay {
    return world.stage.exchange.sessionUpTo(tradingDayOf(day - 1)) ?? day;
  }

  /** The reasons of a step's rows, oldest first. */
  function rowsAbout(kind: string, day: TradingDay): readonly string[] {
    return world.ledger.journal
      .flatMap(({ reason }) => reason ?? [])
      .filter((reason) => reason.startsWith(`${kind} ${formatTradingDay(day)}: `))
      .map((reason) => reason.slice(kind.length + 13))
      .toReversed();
  }

  const sessions = (): readonly TradingDay[] => world.stage.exchange.sessions.filter((day) => day >= FIRST);

  it("[MD20] each evening the book has the session as it closed, with the regular close, and it is judged", ({
    expect,
  }) => {
    const wrong = sessions().flatMap((day) => {
      const faults = evenings.get(day) ?? ["not played"];
      const missing = faults.filter((fault) => fault.endsWith("is missing")).length;
      return WITHOUT_EVENING.includes(day)
        ? missing === faults.length && missing > 30
          ? []
          : [`${formatTradingDay(day)} has rows`]
        : faults.map((fault) => `${formatTradingDay(day)} ${fault}`);
    });
    expect(wrong).toEqual([]);
    const judged = world.ledger.journal
      .filter(
        ({ status, kind, startedAt, asOf }) =>
          status === "done" && kind === "cron" && asOf === tradingDayAt(startedAt),
      )
      .map(({ asOf }) => asOf)
      .toReversed();
    expect(judged).toEqual(sessions().filter((day) => !WITHOUT_EVENING.includes(day)));
    expect(sessions()).toContain(EXAM);
  });

  it("[MD20] a missed evening has a row with its reason, and the morning takes over", ({ expect }) => {
    expect(rowsAbout("evening_snapshot", DOWN)).toEqual([expect.stringMatching(/^failed, KIS failed to /)]);
    expect(rowsAbout("evening_snapshot", DENIED)).toEqual([expect.stringMatching(/^denied, kis: /)]);
    expect(rowsAbout("evening_snapshot", SLOW)).toEqual([
      "not_ready, the prices of kis came when they were no close any more",
    ]);
    // Its vendor's calendar takes the day off, so that nothing was asked.
    expect(rowsAbout("evening_snapshot", DECREED)).toEqual([]);
    expect(rowsAbout("evening_snapshot", FORGOTTEN_EVENING)).toEqual([
      "failed, nothing was asked in its time, the program was down",
    ]);
    for (const day of WITHOUT_EVENING) {
      const morning = world.stage.exchange.nextSession(day);
      expect(world.runsOn(morning).find(({ status, asOf }) => status === "done" && asOf === day)?.kind).toBe(
        "cron",
      );
    }
  });

  it("[MD21] the official rows of the morning make the book the exchange, and no action is invented or lost", ({
    expect,
  }) => {
    const { exchange } = world.stage;
    const published = exchange.sessions.filter((day) => day >= dayOf("2026-08-25") && day < LAST);
    expect(published.flatMap((day) => faultsOn(day))).toEqual([]);
    const finals = published.flatMap((day) =>
      exchange.rows(day).filter(({ listing }) => {
        const columns = world.series(listing.ticker);
        const at = columns?.day.indexOf(day) ?? -1;
        return columns === null || !originFactsOf(columns.origin?.[at] ?? Number.NaN, day).final;
      }),
    );
    expect(finals).toEqual([]);
    const truth = exchange
      .events()
      .filter(({ event: { kind } }) => ACTIONS.some((action) => action === kind))
      .map(({ company, day }) => `${company.ticker} ${formatTradingDay(day)}`);
    const found = world.book.tickers().flatMap((ticker) => {
      const columns = world.series(ticker);
      return columns === null
        ? []
        : adjust(columns).events.map(({ day }) => `${ticker} ${formatTradingDay(tradingDayOf(day))}`);
    });
    expect(found.toSorted()).toEqual(truth.toSorted());
    expect(world.ledger.history.filter(({ reason }) => reason === "rebased")).toEqual([]);
  });

  it("[JB32] the clock's scan of the evening adds no row where nothing is to be judged, and judges what is", ({
    expect,
  }) => {
    const noisy = world.ledger.journal.filter(({ reason }) => reason?.startsWith("no_new_session") === true);
    expect(noisy).toEqual([]);
    const atNight = world.ledger.journal.filter(
      ({ startedAt }) => (startedAt - midnightOf(tradingDayAt(startedAt))) / 60_000 === 18 * 60 + 20,
    );
    expect(atNight.map(({ reason }) => reason?.split(":")[0])).toEqual([
      `evening_snapshot ${formatTradingDay(FORGOTTEN_EVENING)}`,
    ]);
  });

  it("[MD63] every run that was expected is there, or a row that states why it is not", ({ expect }) => {
    const missing = sessions().flatMap((day) => {
      const rows = world.runsOn(day).map(({ reason, status, asOf }) => `${status} ${asOf} ${reason}`);
      const before = exchangeBefore(day);
      const evening = rows.some(
        (row) =>
          row.startsWith(`done ${day} `) || row.includes(`evening_snapshot ${formatTradingDay(day)}: `),
      );
      const morning = world.ledger.journal.some(
        ({ startedAt, reason, asOf, status }) =>
          startedAt >= midnightOf(day) &&
          ((status === "done" && asOf === before) ||
            reason?.startsWith(`official_day ${formatTradingDay(before)}: `) === true),
      );
      return [
        ...(evening ? [] : [`evening ${formatTradingDay(day)}`]),
        ...(morning ? [] : [`morning ${formatTradingDay(day)}`]),
      ];
    });
    expect(missing).toEqual([]);
    expect(rowsAbout("official_day", exchangeBefore(FORGOTTEN_MORNING))).toEqual([
      "failed, nothing was asked in its time, the program was down",
    ]);
  });

  it("[MD64] the day that the calendar does not know has one row, and nothing is due on it", ({ expect }) => {
    const rows = world.ledger.journal.flatMap(({ reason }) =>
      reason?.startsWith("calendar ") === true ? [reason] : [],
    );
    expect(rows.filter((reason) => reason.includes(": stored"))).toEqual([
      `calendar ${formatTradingDay(FIRST)}: stored, ${formatTradingDay(DECREED)} is no session for kis`,
    ]);
    expect(rowsAbout("official_day", DECREED)).toEqual([]);
    // Nothing is published on a day off either: the session before it comes with the next one.
    expect(world.runsOn(DECREED)).toEqual([]);
  });

  it("[MD65] what the official rows changed is kept by session: the shares that an evening cannot know are no difference", async ({
    expect,
  }) => {
    const { differences, daysOff } = await world.book.marketStatus();
    const expected = sessions().filter((day) => !WITHOUT_EVENING.includes(day) && day < LAST);
    expect(differences.map(({ day }) => day)).toEqual(expected.toReversed());
    for (const { day, rows, added, unconfirmed, fields } of differences) {
      expect([rows, added, unconfirmed, fields]).toEqual([world.stage.exchange.rows(day).length, 0, 0, {}]);
    }
    expect(daysOff).toEqual([DECREED]);
  });

  it("[MD22] the master is the exchange each morning: with the notices of the one vendor, and the English names and exact shares of the other", ({
    expect,
  }) => {
    expect(sessions().filter((day) => !mornings.has(day))).toEqual([FORGOTTEN_MORNING]);
    expect([...mornings.values()].flat()).toEqual([]);
    const notices = sessions().flatMap((day) =>
      world.stage.exchange.rows(day).flatMap(({ listing }) => listing.notice ?? []),
    );
    expect(new Set(notices).size).toBe(3);
    const lists = world.instruments.lists.KRX;
    expect(lists.filter(({ nameEn }) => nameEn === null)).toEqual([]);
    expect(lists.some(({ listedShares }) => (listedShares ?? 0) % 1_000 !== 0)).toBe(true);
  });

  it("[MD21] the months have every trouble, and each of the vendors' has its row", ({ expect }) => {
    expect(missingTroubles(world)).toEqual([]);
    const reasonOf = (day: TradingDay): string => rowsAbout("official_day", exchangeBefore(day)).join("; ");
    expect(reasonOf(LATE)).toBe("not_ready, krx has not published it yet");
    expect(reasonOf(PARTIAL)).toMatch(
      /^not_ready, krx has \d+ rows of it, and had \d+ of the session before$/,
    );
    expect(reasonOf(BLOCKED)).toMatch(/^denied, krx: blocked, /);
    expect(world.stage.kis.tokens.messages).toBeGreaterThan(1);
  });

  it("[MD23] no day costs more calls than its turns can ask for", ({ expect }) => {
    // 40 names are two calls an evening; a day of trouble repeats each in every turn.
    const most = (vendor: "krx" | "kis"): number =>
      Math.max(...[...calls.values()].map((one) => one[vendor]));
    expect(most("krx")).toBeLessThan(40);
    expect(most("kis")).toBeLessThan(24);
    expect(calls.get(BLOCKED)?.krx).toBe(1);
  });
});
