import * as fc from "fast-check";
import { describe, it } from "vitest";
import { readHundredths, readWon } from "./read-number.ts";

describe("amounts", () => {
  it.for([
    ["10,000,000", 10_000_000],
    ["10000000", 10_000_000],
    ["₩10,000,000", 10_000_000],
    ["1000만", 10_000_000],
    ["1,000만", 10_000_000],
    ["1천만 원", 10_000_000],
    ["１０００만", 10_000_000],
    ["1억", 100_000_000],
    ["1억 5,000만", 150_000_000],
    ["1억5천만원", 150_000_000],
    ["1.5억", 150_000_000],
    ["2천5백만", 25_000_000],
    ["1억 2천 5백만 원", 125_000_000],
    ["3천 500만", 35_000_000],
    ["7만 1천9백", 71_900],
    ["1.5천만", 15_000_000],
    ["2천억", 200_000_000_000],
    ["0.1억", 10_000_000],
    ["1조 2억 3만 4", 1_000_200_030_004],
    ["1억 2", 100_000_002],
    ["10M", 10_000_000],
    ["2.5 bn", 2_500_000_000],
    ["750k", 750_000],
    ["71,900", 71_900],
    ["0", 0],
  ] as const)("[UI221] %s is %d won", ([text, won], { expect }) => {
    expect(readWon(text)).toBe(won);
  });

  it.for([
    "",
    " ",
    "원",
    "₩",
    "1,00",
    "10,0000",
    "1000,0000",
    "1.5",
    "1.00001만",
    "-5",
    "1e7",
    "0x10",
    "NaN",
    "Infinity",
    "만",
    "5천만 1억",
    "1만 2만",
    "1만 20000",
    "5백2천만",
    "2천5천만",
    "1.5천5백만",
    "2천x만",
    "12 34억x",
    "1".repeat(41),
    "9".repeat(30),
    "999999999조",
    "<b>1</b>",
  ])("[UI221] %j is no amount, and no part of it is taken for one", (text, { expect }) => {
    expect(readWon(text)).toBeNull();
  });

  it("[UI221] every whole amount is read back from its groups, and any text gives a whole number or nothing", ({
    expect,
  }) => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (won) => {
        expect(readWon(won.toLocaleString("en-US"))).toBe(won);
        expect(readWon(`${Math.floor(won / 10_000)}만${won % 10_000}`)).toBe(won);
      }),
      { seed: 21, numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(fc.constantFrom("1", "0", "9", ",", ".", "만", "억", "조", "천", "원", " ", "k"), {
            maxLength: 14,
          }),
        ),
        (made) => {
          const value = readWon(typeof made === "string" ? made : made.join(""));
          expect(value === null || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
        },
      ),
      { seed: 22, numRuns: 3_000 },
    );
  });
});

it("[UI221] per cent have at most two decimals", ({ expect }) => {
  const read = [
    "1",
    "1%",
    "1 %",
    "0.5",
    "1.25%",
    "0,75",
    "10",
    "100",
    "0",
    "0.125",
    "",
    "%",
    "-1",
    "1.",
    "a",
  ];
  expect(read.map(readHundredths)).toEqual([
    100,
    100,
    100,
    50,
    125,
    75,
    1_000,
    10_000,
    0,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
