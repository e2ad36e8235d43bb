/** Who may be listed at all: each reason just inside and just outside, and the order in which reasons speak. */
import { describe, it } from "vitest";
import { barAt, barDay, barsOf, haltAt, timeOf } from "../../testing/builders/bar-builder.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { eligibilityOf, liquidityOf } from "./eligibility.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { PARAMS } from "../params.ts";
import { formatTradingDay, parseTradingDay, type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";
import type { Eligibility } from "../vcp/verdict.ts";
import { tickerOf } from "../nominal.ts";

const COMMON: Instrument = {
  ticker: tickerOf("000010"),
  name: "가온",
  market: "KOSPI",
  kind: "common",
  notice: null,
  industry: null,
  listedOn: null,
  nameEn: null,
  listedShares: null,
};

/** Judged on the last row's day with a session a row, unless the test sets another. */
function judge(
  rows: readonly Row[],
  { instrument = COMMON, sessions = rows.map((row) => row.day) }: Partial<Judging> = {},
): Eligibility {
  const columns = columnsOf(rows);
  const liquidity = liquidityOf(columns, sessions, PARAMS.eligibility);
  const asOf = sessions.at(-1) ?? barDay(0);
  return eligibilityOf({ instrument, columns, bars: timeOf(rows), liquidity, asOf }, PARAMS);
}

interface Judging {
  readonly instrument: Instrument | null;
  readonly sessions: readonly TradingDay[];
}

const OK: Eligibility = { ok: true, reason: null, value: null, threshold: null };

describe("eligibility", () => {
  it("[EL1] lists common shares only, and takes a ticker without an instrument for one", ({ expect }) => {
    const rows = barsOf(80);
    expect(judge(rows)).toEqual(OK);
    expect(judge(rows, { instrument: null })).toEqual(OK);
    for (const kind of ["preferred", "spac", "reit", "fund"] as const) {
      const judged = judge(rows, { instrument: { ...COMMON, kind } });
      expect(judged).toEqual({ ok: false, reason: "EL1", value: kind, threshold: "common" });
    }
  });

  it("[EL5] lists no ticker that a master does not have, whatever else is true of it", ({ expect }) => {
    const columns = columnsOf(barsOf(80));
    const liquidity = liquidityOf(columns, [], PARAMS.eligibility);
    const input = { columns, bars: timeOf(barsOf(80)), liquidity, asOf: barDay(79) };
    const absent = { ...input, instrument: null, unlisted: true };
    expect(eligibilityOf(absent, PARAMS)).toEqual({
      ok: false,
      reason: "no_master",
      value: "none",
      threshold: "entry",
    });
    expect(eligibilityOf({ ...absent, unlisted: false }, PARAMS).reason).not.toBe("no_master");
  });

  it("[EL2] refuses a share under administration, caution or liquidation", ({ expect }) => {
    for (const notice of ["administration", "caution", "liquidation"] as const) {
      const judged = judge(barsOf(80), { instrument: { ...COMMON, notice } });
      expect(judged).toEqual({ ok: false, reason: "EL2", value: notice, threshold: "none" });
    }
  });

  it("[BR5] needs 60 bars, and halts are none", ({ expect }) => {
    expect(judge(barsOf(60))).toEqual(OK);
    expect(judge(barsOf(59))).toMatchObject({ reason: "too_short", value: 59, threshold: 60 });
    const halted = Array.from({ length: 62 }, (_, k) => (k % 30 === 5 ? haltAt(k) : barAt(k)));
    expect(judge(halted.slice(0, 61))).toMatchObject({ reason: "too_short", value: 59 });
  });

  it("[BR1] names whether a share has no row today or is halted today", ({ expect }) => {
    const rows = barsOf(80);
    expect(judge(rows, { sessions: [...rows.map((row) => row.day), barDay(80)] })).toEqual({
      ok: false,
      reason: "no_row",
      value: formatTradingDay(barDay(79)),
      threshold: formatTradingDay(barDay(80)),
    });
    expect(judge([...rows, haltAt(80)]).reason).toBe("halted_today");
  });

  it("[BR4] refuses five halted rows in twenty sessions and allows four", ({ expect }) => {
    const withHalts = (from: number, count: number): Row[] =>
      Array.from({ length: 100 }, (_, k) => (k >= from && k < from + count ? haltAt(k) : barAt(k)));
    expect(judge(withHalts(85, 5))).toMatchObject({ reason: "halted", value: 5, threshold: 5 });
    // Four halted sessions in 60 are one too many for EL4, but no halt.
    expect(judge(withHalts(85, 4)).reason).toBe("EL4");
    // The last twenty sessions begin with row 80: of five halted rows only four lie among them.
    expect(judge(withHalts(79, 5)).reason).toBe("EL4");
  });

  it("[EL3] asks for a median of 1 bn won and a price of 1,000, close times volume without a value", ({
    expect,
  }) => {
    expect(judge(barsOf(80, () => ({ volume: 100_000 })))).toEqual(OK);
    const less = judge(barsOf(80, () => ({ volume: 99_999 })));
    expect(less).toMatchObject({ reason: "EL3_value", value: 999_990_000, threshold: 1e9 });
    expect(judge(barsOf(80, () => ({ volume: 1, value: 1e9 })))).toEqual(OK);
    expect(judge(barsOf(80, () => ({ value: 1e9 - 1 }))).reason).toBe("EL3_value");
    expect(judge(barsOf(80, () => ({ close: 1_000, volume: 1e6 })))).toEqual(OK);
    const cheap = judge(barsOf(80, () => ({ close: 999, volume: 2e6 })));
    expect(cheap).toMatchObject({ reason: "EL3_price", value: 999, threshold: 1_000 });
  });

  it("[EL3] takes the middle of the last twenty sessions, halts as 0, missing rows not at all", ({
    expect,
  }) => {
    const valueOf = (rows: readonly Row[], sessions = rows.map((row) => row.day)): number =>
      liquidityOf(columnsOf(rows), sessions, PARAMS.eligibility).medianValue;
    // 60..79: the tenth and eleventh smallest values are 69 and 70 million.
    const rising = barsOf(80, (k) => ({ value: k * 1e6 }));
    expect(valueOf(rising)).toBe(69.5e6);
    const halted = rising.map((row, k) => (k === 79 || k === 75 ? haltAt(k) : row));
    expect(valueOf(halted)).toBe(67.5e6);
    const missing = rising.filter((_, k) => k !== 79);
    expect(
      valueOf(
        missing,
        rising.map((row) => row.day),
      ),
    ).toBe(69e6);
  });

  it("[EL4] allows three sessions without volume among sixty and refuses the fourth", ({ expect }) => {
    const silent = (days: readonly number[]): Row[] =>
      Array.from({ length: 100 }, (_, k) => (days.includes(k) ? haltAt(k) : barAt(k)));
    expect(judge(silent([45, 55, 65]))).toEqual(OK);
    expect(judge(silent([45, 55, 65, 75]))).toMatchObject({ reason: "EL4", value: 4, threshold: 3 });
    expect(judge(silent([39, 55, 65, 75]))).toEqual(OK);
    expect(judge(silent([40, 55, 65, 75])).reason).toBe("EL4");
  });

  it("[EL1] [EL2] [EL3] [EL4] lets the first reason win, in the order of the rules", ({ expect }) => {
    const last = (reasons: readonly (readonly [string, Partial<Instrument>, Row[]])[]): void => {
      for (const [reason, instrument, rows] of reasons) {
        expect(judge(rows, { instrument: { ...COMMON, ...instrument } }).reason).toBe(reason);
      }
    };
    const poor = { close: 900, volume: 1 };
    const jump = (k: number): Partial<Row> => (k < 60 ? { close: 500 } : poor);
    const halts = (k: number): boolean => k >= 90 && k < 95;
    const rowsWith = (shape: (k: number) => Partial<Row>, halted: (k: number) => boolean): Row[] =>
      Array.from({ length: 100 }, (_, k) => (halted(k) ? haltAt(k, 900) : barAt(k, shape(k))));
    const notice = "caution" as const;
    last([
      ["EL1", { kind: "spac", notice }, barsOf(30)],
      ["too_short", { notice }, barsOf(30, () => poor)],
      ["adjustment_suspect", { notice }, rowsWith(jump, halts)],
      [
        "halted",
        { notice },
        rowsWith(
          () => poor,
          (k) => halts(k) || k === 99,
        ),
      ],
      [
        "EL2",
        { notice },
        rowsWith(
          () => poor,
          (k) => k > 95,
        ),
      ],
      [
        "halted_today",
        {},
        rowsWith(
          () => poor,
          (k) => k > 95,
        ),
      ],
      [
        "EL3_value",
        {},
        rowsWith(
          () => poor,
          (k) => k > 90 && k < 95,
        ),
      ],
      [
        "EL3_price",
        {},
        rowsWith(
          () => ({ close: 900, volume: 9e6 }),
          (k) => k > 90 && k < 95,
        ),
      ],
      [
        "EL4",
        {},
        rowsWith(
          () => ({}),
          (k) => k > 90 && k < 95,
        ),
      ],
    ]);
  });
});

describe("moves that no limit allows", () => {
  const after = (first: number, second: number, rest: Partial<Row> = {}): Row[] =>
    barsOf(80, (k) => ({ close: k < 50 ? first : second, ...(k === 50 ? rest : {}) }));

  it("[BR3] suspects a close more than 31 % away from the one before, up or down", ({ expect }) => {
    expect(judge(after(10_000, 13_090))).toEqual(OK);
    const up = judge(after(10_000, 13_110));
    expect(up.reason).toBe("adjustment_suspect");
    expect(up.value).toBeCloseTo(0.311, 12);
    expect(up.threshold).toBe(0.31);
    expect(judge(after(10_000, 6_910))).toEqual(OK);
    expect(judge(after(10_000, 6_890)).reason).toBe("adjustment_suspect");
  });

  it("[BR3] measures a session before 2015-06-15 by its own limit and names it", ({ expect }) => {
    const wide = parseTradingDay("2015-06-15") ?? 0;
    const moved = (day: number): Eligibility =>
      judge(after(10_000, 12_000).map((row, k) => ({ ...row, day: tradingDayOf(day - 50 + k) })));
    expect(moved(wide)).toEqual(OK);
    const before = moved(wide - 1);
    expect(before).toMatchObject({ reason: "adjustment_suspect" });
    expect(before.value).toBeCloseTo(0.2, 12);
    expect(before.threshold).toBeCloseTo(0.16, 12);
  });

  it("[BR3] forgets a move after 252 bars", ({ expect }) => {
    const moved = (bars: number): Eligibility =>
      judge(barsOf(bars, (k) => ({ close: k < 50 ? 5_000 : 10_000 })));
    // The move is at bar 50: t - 50 is 251, then 252.
    expect(moved(302).reason).toBe("adjustment_suspect");
    expect(moved(303)).toEqual(OK);
  });

  it("[BR3] exempts a liquidation and a reopening whose base price is known, and no other session", ({
    expect,
  }) => {
    const jumped = after(5_000, 10_000);
    const liquidated = judge(jumped, { instrument: { ...COMMON, notice: "liquidation" } });
    expect(liquidated.reason).toBe("EL2");
    const reopened = (rest: Partial<Row>): Eligibility =>
      judge(after(5_000, 10_000, rest).map((row, k) => (k === 49 ? haltAt(49, 5_000) : row)));
    expect(reopened({}).reason).toBe("adjustment_suspect");
    expect(reopened({ base: 7_500 })).toEqual(OK);
    expect(judge(after(5_000, 10_000, { base: 5_000 })).reason).toBe("adjustment_suspect");
  });
});
