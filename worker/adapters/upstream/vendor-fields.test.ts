import * as v from "valibot";
import { describe, it } from "vitest";
import { Amount, DayText, listOf, MaybeAmount, Signed, sift, TickerText } from "./vendor-fields.ts";

const parsed = <T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | "refused" => {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : "refused";
};

describe("a field of the vendor", () => {
  it.for([
    ["0", 0],
    ["-0", 0],
    ["000061000", 61_000],
    [" 71000 ", 71_000],
    ["-1762.61", -1762.61],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", "refused"],
    ["1e3", "refused"],
    ["1,000", "refused"],
    ["+5", "refused"],
    ["", "refused"],
    ["-", "refused"],
    ["NaN", "refused"],
    ["Infinity", "refused"],
    ["0x10", "refused"],
    ["1".repeat(65), "refused"],
    [71_000, "refused"],
    [null, "refused"],
  ] as const)("[KI4] %j is the number %j", ([text, value], { expect }) => {
    expect(parsed(Signed, text)).toBe(value);
    expect(parsed(Amount, text)).toBe(typeof value === "number" && value < 0 ? "refused" : value);
  });

  it("[KI4] what may be missing is missing, and never 0", ({ expect }) => {
    const schema = v.object({ x: MaybeAmount });
    expect([{}, { x: "" }, { x: "-" }, { x: null }, { x: "0" }].map((one) => parsed(schema, one))).toEqual([
      { x: null },
      { x: null },
      { x: null },
      { x: null },
      { x: 0 },
    ]);
  });

  it("[KI4] days and tickers are those of the calendar and the exchange", ({ expect }) => {
    expect(
      ["20260914", "20260931", "19600104", "2026-9-14", "soon"].map((one) => parsed(DayText, one)),
    ).toEqual([20_710, "refused", "refused", "refused", "refused"]);
    expect(
      ["005930", "0001A0", "005930_NX", "Q530001", "D00001", ""].map((one) => parsed(TickerText, one)),
    ).toEqual(["005930", "0001A0", "refused", "refused", "refused", "refused"]);
  });

  it("[KI4] one part alone may come as itself, and one without a field is none", ({ expect }) => {
    const list = listOf(2);
    expect([
      parsed(list, { a: "1" }),
      parsed(list, [{ a: "1" }]),
      parsed(list, [1, 2, 3]),
      parsed(list, "x"),
    ]).toEqual([[{ a: "1" }], [{ a: "1" }], "refused", "refused"]);
    expect(sift(v.object({ a: Amount }), [{}, { a: "1" }, { a: "x" }, 7])).toEqual({
      taken: [{ a: 1 }],
      refused: 2,
    });
  });
});
