/** What every source of closed days must do, held against a vendor whose truth is known. */
import { describe, type ExpectStatic, it } from "vitest";
import { type Columns, type Row, rowAt } from "../../core/bars/columns.ts";
import { isBar, rejectRow } from "../../core/bars/bar.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode, Market } from "../../core/instrument/instrument.ts";
import { neighbourFactsOf } from "./neighbour-error.ts";
import type { Answer, DaySource, Denial } from "./market-sources.ts";

/** A row as the exchange has it; a field that the vendor does not publish is `null`. */
export interface TrueRow {
  readonly key: string;
  readonly row: Omit<Row, "origin">;
}

/** A vendor's fake with the source in front of it, over a connection of its own. */
export interface VendorWorld<Source> {
  readonly source: Source;
  /** The same source after an eviction: what was stored stays, what was in memory does not. */
  reborn(): Source;
  /** Requests for data that have reached the vendor. */
  calls(): number;
  /** Requests that were counted before they were sent. */
  counted(): Promise<number>;
  /** Sets the clock of vendor and source, in milliseconds since the epoch. */
  moveTo(at: number): void;
  now(): number;
  /** From now on the vendor refuses with this; `null` ends it. */
  deny(why: Denial | null): void;
  /** From now on the vendor ends each connection without an answer. */
  cut(on: boolean): void;
  /** No call is left of today's. */
  spend(): Promise<void>;
  end(): Promise<void>;
}

export interface DayWorld extends VendorWorld<DaySource> {
  readonly boards: readonly Market[];
  /** A session whose rows are published, with a share of each board that was halted. */
  readonly published: TradingDay;
  /** A session of the calendar that the vendor has not published yet. */
  readonly unpublished: TradingDay;
  /** Weekdays and weekends without a session, by the calendar too. */
  readonly closed: readonly TradingDay[];
  truth(day: TradingDay, board: Market): readonly TrueRow[];
  indexTruth(day: TradingDay): readonly (TrueRow & { readonly key: IndexCode })[];
  /** From now on the vendor answers with the rows of the session before the one that was asked. */
  shiftDays(on: boolean): void;
  readonly denials: readonly Denial[];
}

/** The one row of columns, without its origin: that is for whoever stores it. */
function onlyRow(columns: Columns): Omit<Row, "origin"> & { readonly rows: number } {
  const { origin: _, ...row } = rowAt(columns, 0);
  return { ...row, rows: columns.day.length };
}

function byKey<T extends { readonly key: string }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const wholeTruth = (rows: readonly TrueRow[]): readonly object[] =>
  byKey(rows).map(({ key, row }) => ({ key, ...row, rows: 1 }));

/** The value of an answer that has one. */
export function valueOf<T>(answer: Answer<T>): T {
  if (answer.status !== "ok") {
    throw new Error(`The answer is ${JSON.stringify(answer)}`);
  }
  return answer.value;
}

/** What a call came to: its status, or `failed` with whether the same call may succeed later. */
export async function outcomeOf(call: Promise<Answer<unknown>>): Promise<string> {
  try {
    const answer = await call;
    return answer.status === "denied" ? `denied ${answer.why}` : answer.status;
  } catch (error) {
    const facts = neighbourFactsOf(error);
    return facts === null ? String(error) : `failed ${facts.retryable ? "for now" : "for good"}`;
  }
}

/** `make` gives a world that nobody has asked yet, with the clock after `published` came out. */
export function daySourceContract(name: string, make: () => Promise<DayWorld>): void {
  const inWorld =
    (play: (world: DayWorld, expect: ExpectStatic) => Promise<void>) =>
    async ({ expect }: { readonly expect: ExpectStatic }): Promise<void> => {
      const world = await make();
      try {
        await play(world, expect);
      } finally {
        await world.end();
      }
    };

  describe(`DaySource: ${name}`, () => {
    it(
      "[MS1] the rows of a published session are the exchange's own, board by board",
      inWorld(async (world, expect) => {
        for (const board of world.boards) {
          const rows = valueOf(await world.source.day(world.published, board));
          const got = byKey(rows.map(({ ticker, columns }) => ({ key: ticker, ...onlyRow(columns) })));
          const truth = world.truth(world.published, board);
          expect(truth.length).toBeGreaterThan(5);
          expect(got).toEqual(wholeTruth(truth));
        }
      }),
    );

    it(
      "[MS1] the indices of a published session are the exchange's own",
      inWorld(async (world, expect) => {
        const rows = valueOf(await world.source.indices(world.published));
        const got = byKey(rows.map(({ code, columns }) => ({ key: code, ...onlyRow(columns) })));
        expect(got.map(({ key }) => key)).toEqual(["KOSDAQ", "KOSPI"]);
        expect(got).toEqual(wholeTruth(world.indexTruth(world.published)));
      }),
    );

    it(
      "[MS2] a share that did not trade has a row as BR1 and BR2 have it",
      inWorld(async (world, expect) => {
        for (const board of world.boards) {
          const rows = valueOf(await world.source.day(world.published, board)).map(({ columns }) =>
            rowAt(columns, 0),
          );
          const halted = rows.filter((row) => !isBar(row));
          expect(halted.length).toBeGreaterThan(0);
          expect(rows.map(rejectRow).filter((reason) => reason !== null)).toEqual([]);
          for (const row of halted) {
            expect([row.open, row.high, row.low, row.volume]).toEqual([0, 0, 0, 0]);
            expect(row.close).toBeGreaterThan(0);
          }
        }
      }),
    );

    it(
      "[MS3] what is not published yet is asked for again later, and a day without a session is closed",
      inWorld(async (world, expect) => {
        for (const answer of [
          await world.source.day(world.unpublished, "KOSPI"),
          await world.source.indices(world.unpublished),
        ]) {
          expect(answer.status).toBe("not_ready");
          expect(answer.status === "not_ready" ? answer.retryAt - world.now() : 0).toBeGreaterThan(0);
        }
        expect(world.closed.length).toBeGreaterThan(1);
        for (const day of world.closed) {
          expect(await world.source.day(day, "KOSPI")).toEqual({ status: "closed" });
          expect(await world.source.indices(day)).toEqual({ status: "closed" });
        }
      }),
    );

    it(
      "[MS4] rows of another day are refused whole",
      inWorld(async (world, expect) => {
        world.shiftDays(true);
        expect(await outcomeOf(world.source.day(world.published, "KOSDAQ"))).toMatch(/^failed/);
        expect(await outcomeOf(world.source.indices(world.published))).toMatch(/^failed/);
        world.shiftDays(false);
        expect(await outcomeOf(world.source.day(world.published, "KOSDAQ"))).toBe("ok");
      }),
    );

    it(
      "[MS5] after a denial the vendor is asked at most once more, also by a source that was born again",
      inWorld(async (world, expect) => {
        expect(world.denials.length).toBeGreaterThan(0);
        for (const why of world.denials) {
          const fresh = await make();
          try {
            fresh.deny(why);
            const ask = (source: DaySource): Promise<string> =>
              outcomeOf(source.day(fresh.published, "KOSPI"));
            expect(await ask(fresh.source)).toBe(`denied ${why}`);
            const calls = fresh.calls();
            for (let n = 0; n < 5; n++) {
              expect(await ask(fresh.source)).toBe(`denied ${why}`);
              expect(await ask(fresh.reborn())).toBe(`denied ${why}`);
            }
            expect(fresh.calls() - calls).toBeLessThanOrEqual(1);
          } finally {
            await fresh.end();
          }
        }
      }),
    );

    it(
      "[MS6] each call is counted before it is sent, also one that gets no answer",
      inWorld(async (world, expect) => {
        await world.source.day(world.published, "KOSPI");
        expect([world.calls() > 0, (await world.counted()) >= world.calls()]).toEqual([true, true]);
        const before = await world.counted();
        world.cut(true);
        expect(await outcomeOf(world.source.day(world.published, "KOSDAQ"))).toBe("failed for now");
        world.cut(false);
        expect(await world.counted()).toBeGreaterThan(before);
        expect(await world.counted()).toBeGreaterThanOrEqual(world.calls());
      }),
    );

    it(
      "[MS6] when the day's calls are spent none is sent",
      inWorld(async (world, expect) => {
        await world.spend();
        expect(await outcomeOf(world.source.day(world.published, "KOSPI"))).toBe("denied quota");
        expect(await outcomeOf(world.reborn().indices(world.published))).toBe("denied quota");
        expect(world.calls()).toBe(0);
        world.moveTo(world.now() + 86_400_000);
        expect(await outcomeOf(world.source.day(world.published, "KOSPI"))).toBe("ok");
      }),
    );
  });
}
