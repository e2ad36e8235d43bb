/** One signal, two views: the row's bound, its fields, and what the full signal adds. */
import * as fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { dayOf, makeBase, makeSignal, SCORE_TERMS } from "../testing/builders/signal-builder.ts";
import { encodeSignalDetail, SignalDetail } from "./rest/signal.ts";
import { encodeSignalRow, MAX_ROW_BYTES, SignalRow, type WrittenSignal } from "./signal-row.ts";
import { FlagName } from "./vocabulary.ts";

const AT = Date.UTC(2025, 4, 16, 9, 20, 1, 5);
const TIMES = { createdAt: AT, updatedAt: AT + 60_000, runId: "0197b3c4-9d8e-7f60-8a1b-2c3d4e5f6071" };

/** Six contractions, every flag, long digits and ids: as long as a row can honestly get. */
function longest(name: string, nameEn: string | null = null): WrittenSignal {
  const base = makeBase();
  const legs = base.contractions;
  const contractions = [...legs, ...legs, ...legs].map((leg) => ({ ...leg, depth: 0.123_456_789_012 }));
  return {
    signal: makeSignal({
      name,
      id: "0123456789abcdef0123456789abcdef",
      state: "OVEREXTENDED",
      triggeredOn: dayOf("2025-05-14"),
      score: 79.123_456_789_012_34,
      flags: FlagName.options,
      close: 1_234_567.891_234_5,
      base: makeBase({
        contractions,
        footprint: "65W 45/12 6T",
        pivot: 1_234_567.891_234_5,
        entry: 1_234_567.891_234_5,
        stop: 1_134_567.891_234_5,
        targets: { twoR: 1_434_567.891_234_5, threeR: 1_534_567.891_234_5 },
        distance: -0.071_234_567_89,
        dryUp: 0.512_345_678_901,
        contractionRatio: 0.212_345_678_9,
      }),
    }),
    ...TIMES,
    nameEn,
  };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

describe("encodeSignalRow", () => {
  it("[RT1] names every field of the list, and percentages as numbers of per cent", ({ expect }) => {
    const row = encodeSignalRow({ signal: makeSignal(), ...TIMES });
    expect(row).toEqual({
      id: "signal-1",
      ticker: "D00001",
      name: "가온전자",
      name_en: null,
      romanised: "Gaonjeonja",
      market: "KOSPI",
      signal_type: "VCP",
      state: "READY",
      score: 79,
      grade: "A",
      footprint: "11W 20/8 2T",
      depths: [0.2, 0.08],
      pivot: 50_000,
      entry_price: 50_100,
      stop_loss: 46_100,
      target_price: 58_100,
      current_price: 49_000,
      distance_pct: -2,
      rs: 91,
      volume_dry_up: 0.55,
      contraction_ratio: 0.4,
      flags: [],
      signal_date: "2025-05-12",
      triggered_on: null,
      created_at: "2025-05-16T18:20:01.005+09:00",
      updated_at: "2025-05-16T18:21:01.005+09:00",
      run_id: TIMES.runId,
    });
    expect(v.parse(SignalRow, JSON.parse(JSON.stringify(row)))).toEqual(row);
  });

  it("[RT1] leaves a missing relative strength and an unknown market null", ({ expect }) => {
    const row = encodeSignalRow({ signal: makeSignal({ rs: null, market: null }), ...TIMES });
    expect([row.rs, row.market]).toEqual([null, null]);
  });

  it("[RT1] names the session of the trigger, and reads a row that was stored before rows had it", ({
    expect,
  }) => {
    const signal = makeSignal({ state: "CONFIRMED", triggeredOn: dayOf("2025-05-14") });
    const row = encodeSignalRow({ signal, ...TIMES });
    expect(row.triggered_on).toBe("2025-05-14");
    const { triggered_on: _, ...stored } = row;
    expect(v.parse(SignalRow, stored).triggered_on).toBeNull();
  });

  it("[RT1a] fits a row with the longest Korean name into 1 KB and marks that the name was cut", ({
    expect,
  }) => {
    const row = encodeSignalRow(longest("한국제지산업홀딩스우선주".repeat(20)));
    expect(bytesOf(row)).toBeLessThanOrEqual(MAX_ROW_BYTES);
    expect(bytesOf(row)).toBeGreaterThan(800);
    expect(Array.from(row.name)).toHaveLength(36);
    expect(row.name.endsWith("…")).toBe(true);
    const real = "미래에셋글로벌유니콘스팩제십이호기업인수목적";
    expect(encodeSignalRow(longest(real)).name).toBe(real);
  });

  it("[RT1a] stays within 1 KB for any name at all", ({ expect }) => {
    const any = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(any, fc.option(any), (name, nameEn) => {
        expect(bytesOf(encodeSignalRow(longest(name, nameEn)))).toBeLessThanOrEqual(MAX_ROW_BYTES);
      }),
      {
        seed: 20_250_617,
        examples: [
          ["\u0001".repeat(40), "\u0001".repeat(99)],
          ["\ud800".repeat(40), "\ud800".repeat(99)],
          ["가".repeat(40), null],
        ],
      },
    );
  });
});

describe("the Latin name of a row", () => {
  it("[RT1h] is the English one whole, or cut where a row ends, or else the romanised one", ({ expect }) => {
    const english = "HD Korea Shipbuilding & Offshore Engineering";
    const whole = { signal: makeSignal(), ...TIMES, nameEn: english };
    expect(encodeSignalRow(whole)).toMatchObject({ name: "가온전자", name_en: english, romanised: null });
    const cut = encodeSignalRow({ ...whole, nameEn: "Offshore ".repeat(12) });
    expect(cut.name_en).toMatch(/^(?:Offshore )+[Ofshre]*…$/);
    expect(bytesOf(cut.name_en)).toBeLessThanOrEqual(64);
    expect(encodeSignalDetail({ ...whole, nameEn: "Offshore ".repeat(12) }).name_en).toBe(
      "Offshore ".repeat(12),
    );
    expect(encodeSignalRow({ signal: makeSignal(), ...TIMES }).romanised).toBe("Gaonjeonja");
  });

  it("[RT1h] is missing in the row of an earlier server, and nothing else is asked of it", ({ expect }) => {
    const { name_en: _, romanised: __, ...before } = encodeSignalRow({ signal: makeSignal(), ...TIMES });
    expect(v.parse(SignalRow, before)).toMatchObject({ ...before, name_en: null, romanised: null });
  });
});

describe("encodeSignalDetail", () => {
  it("[RT1] holds the row's fields and every measurement behind them", ({ expect }) => {
    const written = { signal: makeSignal(), ...TIMES };
    const detail = encodeSignalDetail(written);
    expect(detail).toMatchObject(encodeSignalRow(written));
    expect(v.parse(SignalDetail, JSON.parse(JSON.stringify(detail)))).toEqual(detail);
    expect(detail.contractions[0]).toEqual({
      high_date: "2025-03-03",
      high: 52_000,
      low_date: "2025-03-17",
      low: 41_600,
      depth: 0.2,
      bars: 10,
      mean_volume: 310_000,
    });
    const names = Object.keys(SCORE_TERMS).map((name) =>
      name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
    );
    expect(Object.keys(detail.score_terms)).toEqual(names);
    expect(detail.score_terms).toMatchObject({ leader_rs: 5, pivot_overhead: 4 });
    expect(detail.trend_template).toHaveLength(8);
    expect(detail).toMatchObject({ targets: [58_100, 62_100], risk_pct: 7.984, overhead_pct: 4 });
    expect([detail.foreign_5d, detail.inst_5d, detail.ended_on]).toEqual([null, null, null]);
  });

  it("[RT1] has the terms by which an earlier law scored a signal, a missing one missing", ({ expect }) => {
    const signal = makeSignal({ scoreTerms: { trendPassed: 14, trendRs: null }, paramsVersion: "vcp-3" });
    const detail = encodeSignalDetail({ signal, ...TIMES });
    expect(v.parse(SignalDetail, JSON.parse(JSON.stringify(detail)))).toEqual(detail);
    expect(detail.score_terms).toEqual({ trend_passed: 14, trend_rs: null });
  });

  it("[RT1] names since when the last contraction's high has been traded above without a new contraction", ({
    expect,
  }) => {
    const touched = { day: dayOf("2025-05-14"), closed: false };
    const detail = encodeSignalDetail({ signal: makeSignal({ base: makeBase({ touched }) }), ...TIMES });
    expect(detail.touched_on).toBe("2025-05-14");
    expect(encodeSignalDetail({ signal: makeSignal(), ...TIMES }).touched_on).toBeNull();
  });

  it("[RT9a] names the session of its measurements beside the one of its price", ({ expect }) => {
    const signal = makeSignal({ measuredOn: dayOf("2025-05-12"), appliedOn: dayOf("2025-05-16") });
    expect(encodeSignalDetail({ signal, ...TIMES })).toMatchObject({
      measured_on: "2025-05-12",
      applied_on: "2025-05-16",
    });
    const old = { signal: makeSignal({ measuredOn: null }), ...TIMES };
    expect(encodeSignalDetail(old).measured_on).toBeNull();
  });

  it("[RT1a] has the whole name that a row cuts", ({ expect }) => {
    expect(encodeSignalDetail(longest("가".repeat(80))).name).toBe("가".repeat(80));
  });
});
