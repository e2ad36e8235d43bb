import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { D1InstrumentStore } from "../../adapters/d1/instrument-store.ts";
import type { RunRequest, TickerColumns } from "../../app/ports/market-book.ts";
import { assert } from "../../core/assert.ts";
import { columnsOf, rowAt } from "../../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { PARAMS } from "../../core/params.ts";
import { runStudy } from "../../research/study.ts";
import type { StudyInput } from "../../research/walk-forward.ts";
import { studyMarket } from "../../testing/builders/study-market.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { ALL, freshStores, krxBook } from "../../testing/stage/krx-book.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { StudyTable } from "./study-table.ts";

const MARKET = studyMarket(1);
const LAST = MARKET.sessions.at(-1) ?? tradingDayOf(0);

async function put({ listings, indices }: StudyInput): Promise<void> {
  const instruments = listings.flatMap(({ instrument }) => instrument ?? []);
  await new D1InstrumentStore(env.DB).put("KRX", instruments, 0);
  await krxBook().addHistory(
    listings.map(({ ticker, columns }) => ({ ticker, columns })),
    null,
  );
  const { KOSPI, KOSDAQ } = indices;
  assert(KOSPI && KOSDAQ, "The market has both indices");
  await krxBook().addIndices([
    { code: "KOSPI", columns: KOSPI },
    { code: "KOSDAQ", columns: KOSDAQ },
  ]);
}

/** The last row of each share again, on a day. */
function repeated(day: TradingDay): readonly TickerColumns[] {
  return MARKET.listings.map(({ ticker, columns }) => ({
    ticker,
    columns: columnsOf([{ ...rowAt(columns, columns.day.length - 1), day }]),
  }));
}

/** Repetitions, and days that are none of the calendar's, are what these tests close. */
const ANY: RunRequest = { ...ALL, accept: ["repeats", "no_session", "still_open"] };

async function close(first: number, last: number): Promise<void> {
  for (let n = first; n <= last; n++) {
    await krxBook().closeDay(repeated(tradingDayOf(LAST + n)), null);
  }
}

async function begun(): Promise<void> {
  await freshStores();
  await put(MARKET);
  expectDone(await krxBook().run(ALL));
}

function expectDone({ status }: { readonly status: string }): void {
  assert(status === "done", `The run ended ${status}`);
}

/** Rings until nothing is left; `between` acts after each alarm. How often it rang. */
async function ringAll(between: () => Promise<void> = () => Promise.resolve()): Promise<number> {
  let rings = 0;
  while (await runDurableObjectAlarm(krxBook())) {
    rings += 1;
    assert(rings < 100, "A study ends");
    await between();
  }
  return rings;
}

const wholeReport = (): Promise<string | null> =>
  runInDurableObject(krxBook(), (_, { storage }) => new StudyTable(storage, new MemoryLog()).report(true));

describe("the study of a book", () => {
  it("[BK60] follows a scan, and is that of the same bars in files, byte by byte, over evictions", async ({
    expect,
  }) => {
    await begun();
    expect(await krxBook().studies()).toMatchObject({ isDue: true, running: null, made: null });
    const shares: number[] = [];
    const random = makeRandom(7);
    const rings = await ringAll(async () => {
      const { running } = await krxBook().studies();
      if (running !== null) {
        shares.push(running.done);
        expect(running.asOf).toBe(LAST);
      }
      if (random() < 0.5) {
        await evictDurableObject(krxBook());
      }
    });
    expect(rings).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(await krxBook().studies()).toMatchObject({
      isDue: false,
      running: null,
      made: { asOf: LAST, paramsVersion: PARAMS.version },
      stopped: null,
    });
    expect(await wholeReport()).toBe(JSON.stringify(runStudy(MARKET, [])));
    const { entries, ...rest } = runStudy(MARKET, []);
    expect(entries.length).toBeGreaterThan(10);
    expect(JSON.parse((await krxBook().studyReport()) ?? "")).toEqual(
      JSON.parse(JSON.stringify({ ...rest, entries: [] })),
    );
    await runInDurableObject(krxBook(), (_, { storage: { sql } }) => {
      expect(sql.exec("SELECT count(*) AS n FROM study_part").one()).toEqual({ n: 0 });
    });
  });

  it("[BK62] has the entries behind a row, and none of another form", async ({ expect }) => {
    const row = {
      cohort: "signal_trigger",
      by: "all",
      key: "all",
      horizon: 20,
      offset: 0,
      limit: 100,
    } as const;
    await begun();
    expect(await krxBook().studyEntries(row)).toBe(null);
    await ringAll();
    const own = runStudy(MARKET, []).entries.filter(({ cohort }) => cohort === "signal_trigger");
    expect(own.length).toBeGreaterThan(3);
    const { made } = await krxBook().studies();
    expect(await krxBook().studyEntries(row)).toMatchObject({
      made,
      count: own.length,
      entries: own.toReversed().slice(0, 100),
    });
    await runInDurableObject(krxBook(), (_, { storage: { sql } }) => {
      sql.exec("UPDATE study_result SET body = '{}' WHERE kind = 'listed'");
    });
    expect(await krxBook().studyEntries(row)).toBe(null);
  });

  it("[BK61] is not disturbed by later sessions, and another follows twenty of them or a change of its days", async ({
    expect,
  }) => {
    await begun();
    await runDurableObjectAlarm(krxBook());
    await close(1, 3);
    expectDone(await krxBook().run(ANY));
    await ringAll();
    expect(await wholeReport()).toBe(JSON.stringify(runStudy(MARKET, [])));
    expect(await krxBook().studies()).toMatchObject({ isDue: false, made: { asOf: LAST } });
    await close(4, 19);
    expectDone(await krxBook().run(ANY));
    expect(await krxBook().studies()).toMatchObject({ isDue: false });
    await close(20, 20);
    expectDone(await krxBook().run(ANY));
    expect(await krxBook().studies()).toMatchObject({ isDue: true });
    await ringAll();
    expect(await krxBook().studies()).toMatchObject({ isDue: false, made: { asOf: LAST + 20 } });
    // A correction of a day that was studied.
    const [one] = MARKET.listings;
    assert(one, "The market has shares");
    const row = rowAt(one.columns, 300);
    await krxBook().addHistory(
      [{ ticker: one.ticker, columns: columnsOf([{ ...row, volume: row.volume + 1 }]) }],
      null,
    );
    expect(await krxBook().studies()).toMatchObject({ isDue: false });
    expectDone(await krxBook().run(ANY));
    expect(await krxBook().studies()).toMatchObject({ isDue: true });
  });

  it("[BK61] is given up when rows of its days change meanwhile, and begins anew after the next scan, once", async ({
    expect,
  }) => {
    await begun();
    await runDurableObjectAlarm(krxBook());
    expect((await krxBook().studies()).running?.done).toBeGreaterThan(0);
    await krxBook().removeRows(LAST, MARKET.listings[3]?.ticker ?? "");
    expect(await ringAll()).toBeLessThan(4);
    expect(await krxBook().studies()).toMatchObject({
      isDue: false,
      running: null,
      made: null,
      stopped: { reason: "bars_changed" },
    });
    expectDone(await krxBook().run(ALL));
    await ringAll();
    expect(await krxBook().studies()).toMatchObject({ made: { asOf: LAST }, stopped: null });
    expectDone(await krxBook().run(ALL));
    expect(await krxBook().studies()).toMatchObject({ isDue: false });
    await krxBook().empty();
    expect(await krxBook().studies()).toEqual({ isDue: false, running: null, made: null, stopped: null });
    expect(await krxBook().studyReport()).toBe(null);
  });

  it("[BK61] of a book that is emptied within a step leaves nothing, and a form of another version counts as none", async ({
    expect,
  }) => {
    await begun();
    const nothing = { isDue: false, running: null, made: null, stopped: null };
    const ringing = runDurableObjectAlarm(krxBook());
    // The alarm is within its first steps, between whose moments other calls come.
    await krxBook().empty();
    await ringing;
    await ringAll();
    expect(await krxBook().studies()).toEqual(nothing);
    await runInDurableObject(krxBook(), (_, { storage: { sql } }) => {
      sql.exec("INSERT INTO study VALUES (0, ?)", JSON.stringify({ form: 0, running: "walking" }));
    });
    expect(await krxBook().studies()).toEqual(nothing);
    const lines = await runInDurableObject(krxBook(), (_, { storage }) => {
      const log = new MemoryLog();
      const table = new StudyTable(storage, log);
      expect([table.standing().made, table.standing().due]).toEqual([null, false]);
      return log.lines.map(({ level, event }) => [level, event]);
    });
    expect(lines).toEqual([["warn", "study_standing_unreadable"]]);
    await put(MARKET);
    expectDone(await krxBook().run(ALL));
    await ringAll();
    expect(await krxBook().studies()).toMatchObject({ isDue: false, made: { asOf: LAST } });
  });

  it("[BK60] that its process dies in four times is given up", async ({ expect }) => {
    await begun();
    await runDurableObjectAlarm(krxBook());
    await runInDurableObject(krxBook(), (_, { storage }) => {
      const table = new StudyTable(storage, new MemoryLog());
      const standing = table.standing();
      assert(standing.running, "The study goes on");
      // As three deaths leave it, and a fourth.
      table.put({ ...standing, running: { ...standing.running, tries: 4 } });
    });
    await ringAll();
    expect(await krxBook().studies()).toMatchObject({
      running: null,
      made: null,
      stopped: { reason: "interrupted" },
    });
  });
});
