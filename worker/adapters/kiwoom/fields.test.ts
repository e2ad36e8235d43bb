import * as v from "valibot";
import { describe, it } from "vitest";
import { agreedChange, baseOf, KrxTicker, parseSigned, parseSize, Size } from "./fields.ts";

describe("a number of Kiwoom", () => {
  it.for([
    ["-20800", -20_800, 20_800],
    ["+0.48", 0.48, 0.48],
    ["0000005919637922", 5_919_637_922, 5_919_637_922],
    ["--1500", -1_500, 1_500],
    ["+-1500", -1_500, 1_500],
    ["-0", 0, 0],
    [" 71000 ", 71_000, 71_000],
    ["-1762.61", -1_762.61, 1_762.61],
  ] as const)("[KW2] %j is the change %d and the price %d", ([text, change, price], { expect }) => {
    expect([parseSigned(text), parseSize(text)]).toEqual([change, price]);
  });

  it("[KW2] is none where the text is none, and never 0", ({ expect }) => {
    for (const text of [
      "",
      "-",
      "+",
      "---5",
      "1,000",
      "1e3",
      "0x10",
      "NaN",
      "9007199254740993",
      "5-",
      "1".repeat(70),
    ]) {
      expect([text, parseSigned(text), parseSize(text)]).toEqual([text, null, null]);
    }
    expect(v.safeParse(Size, 5).success).toBe(false);
    expect(v.safeParse(Size, "").success).toBe(false);
  });

  it("[KW2] a change counts where its number and its code agree", ({ expect }) => {
    expect(agreedChange(-200, "5")).toBe(-200);
    expect(agreedChange(-200, "4")).toBe(-200);
    expect(agreedChange(200, "5")).toBeNull();
    expect(agreedChange(0, "3")).toBe(0);
    expect(agreedChange(0, "2")).toBeNull();
    expect(agreedChange(200, "")).toBe(200);
    expect(agreedChange(null, "2")).toBeNull();
    expect(baseOf(20_800, -200)).toBe(21_000);
    expect(baseOf(2_510.25, 10.26)).toBe(2_499.99);
    expect(baseOf(100, 100)).toBeNull();
  });

  it("[KW2] a code of another venue is no share of KRX", ({ expect }) => {
    const read = (text: string) => v.safeParse(KrxTicker, text).success;
    expect(["005930", "A005930", "0054V0", " 005930 "].map(read)).toEqual([true, true, true, true]);
    expect(["005930_NX", "005930_AL", "", "5930", "0059300"].map(read)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
