/** Shares that are kept off the list before a base is looked for, and rows that never come that far. */
import { describe, it } from "vitest";
import { buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { drawPath, withHalts } from "../../testing/builders/price-path.ts";
import { THREE } from "../../testing/builders/reading-builder.ts";
import { ALL_LEADERS, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { rejectRow } from "../bars/bar.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import type { UnmetRule } from "./verdict.ts";

const SOUND = drawPath(THREE);

describe("a ticker that is not judged", () => {
  const sound = buildBase(TEXTBOOK_BASE);
  const reason = (rows: readonly Row[]): UnmetRule | undefined => verdictOn(rows, PARAMS).nearMiss?.rule;

  it("[BR4] the sound one is: nothing but relative strength and score stand in its way", ({ expect }) => {
    const verdict = verdictOn(sound, PARAMS);
    expect(verdict.valid).toBe(true);
    expect(verdict.eligibility.ok).toBe(true);
  });

  it("[BR4] 5 and 20 halted rows among the last 20 sessions", ({ expect }) => {
    const halted = (count: number): UnmetRule | undefined =>
      reason(withHalts(sound, sound.length - 8, count));
    expect(halted(4)).not.toBe("halted");
    expect(halted(5)).toBe("halted");
    expect(halted(20)).toBe("halted");
  });

  it("[BR3] an unadjusted split of 5:1, for 252 bars", ({ expect }) => {
    const split = (at: number): Row[] =>
      sound.map((row, k) =>
        k >= at
          ? row
          : {
              ...row,
              open: row.open * 5,
              high: row.high * 5,
              low: row.low * 5,
              close: row.close * 5,
              volume: row.volume / 5,
            },
      );
    expect(reason(split(sound.length - 10))).toBe("adjustment_suspect");
    expect(verdictOn(split(sound.length - 10), PARAMS).eligibility.value).toBeCloseTo(0.8, 1);
    expect(reason(split(sound.length - 252))).toBe("adjustment_suspect");
    expect(reason(split(sound.length - 253))).not.toBe("adjustment_suspect");
  });

  it("[BR3] not when the exchange's base price of that session is known", ({ expect }) => {
    const at = sound.length - 10;
    const known = sound.map((row, k) => ({
      ...row,
      ...(k < at && {
        open: row.open * 5,
        high: row.high * 5,
        low: row.low * 5,
        close: row.close * 5,
        volume: row.volume / 5,
      }),
      base: k === at ? (sound[at - 1]?.close ?? null) : null,
    }));
    const verdict = verdictOn(known, PARAMS);
    expect(verdict.eligibility.reason).toBeNull();
    expect(verdict.base?.footprint).toBe(verdictOn(sound, PARAMS).base?.footprint);
  });

  it("[BR5] a listing of fewer than 60 bars is too short; from 60 to 119 it is never detected", ({
    expect,
  }) => {
    const young = (bars: number): ReturnType<typeof verdictOn> => verdictOn(sound.slice(-bars), PARAMS);
    expect(young(59).nearMiss).toMatchObject({ rule: "too_short", value: 59, threshold: 60 });
    expect(young(59).valid).toBe(false);
    const hundred = verdictOn(SOUND.slice(-119), ALL_LEADERS);
    expect(hundred.valid).toBe(true);
    expect(hundred.flags).toContain("young");
    expect(hundred.detected).toBe(false);
    expect(hundred.nearMiss).toMatchObject({
      rule: "too_short",
      value: 119,
      threshold: 120,
      base: hundred.base,
    });
    expect(verdictOn(SOUND.slice(-120), ALL_LEADERS).detected).toBe(true);
    expect(hundred.template.every(({ result }) => result === "unavailable")).toBe(true);
    expect(young(251).flags).toContain("young");
    expect(young(252).flags).not.toContain("young");
  });

  it("[EL3] shares on the penny grid", ({ expect }) => {
    const penny = sound.map((row) => ({
      ...row,
      open: Math.round(row.open / 500),
      high: Math.ceil(row.high / 500),
      low: Math.floor(row.low / 500),
      close: Math.round(row.close / 500),
      volume: row.volume * 500,
    }));
    expect(reason(penny)).toBe("EL3_price");
  });
});

describe("rows that never come that far", () => {
  const [first] = buildBase(TEXTBOOK_BASE);

  it("[BR2] not a number and negative", ({ expect }) => {
    if (first === undefined) {
      throw new Error("The textbook base has rows");
    }
    expect(rejectRow(first)).toBeNull();
    expect(rejectRow({ ...first, close: Number.NaN })).toBe("not_finite");
    expect(rejectRow({ ...first, low: -1 })).toBe("negative");
  });
});
