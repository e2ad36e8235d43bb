import { describe, it } from "vitest";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { isPositive, parseLabels } from "./labels.ts";
import { LABEL_HEADER } from "./synthetic-gold.ts";

const GOOD = '005930,2025-03-14,good,2/1/1,2025-01-02,71500.5,2.5,"12 %, then 6 %"';
const fileOf = (...lines: readonly string[]): string => `${[LABEL_HEADER, ...lines].join("\n")}\n`;

describe("a file of labels", () => {
  it("[GO1] gives each chart with what its judges drew, and `null` for what they left out", ({ expect }) => {
    const charts = parseLabels("a.csv", fileOf(GOOD, "000660,2025-03-14,no,0/0/0,,,,"));
    expect(charts).toEqual([
      {
        ticker: "005930",
        day: parseTradingDay("2025-03-14"),
        label: "good",
        votes: "2/1/1",
        base: { start: parseTradingDay("2025-01-02"), pivot: 71_500.5, contractions: 2.5 },
        why: "12 %, then 6 %",
      },
      {
        ticker: "000660",
        day: parseTradingDay("2025-03-14"),
        label: "no",
        votes: "0/0/0",
        base: { start: null, pivot: null, contractions: null },
        why: "",
      },
    ]);
    expect(charts.map(isPositive)).toEqual([true, false]);
  });

  it.for([
    ["005930x,2025-03-14,no,0/0/0,,,,", 'line 3: "005930x" is not a ticker'],
    ["005930,2025-02-29,no,0/0/0,,,,", 'line 3: "2025-02-29" is not a date'],
    ["000660,2025-03-14,maybe,0/0/0,,,,", "is not one of yes, good, weak, no"],
    ["000660,2025-03-14,no,3/0/0,,,,", 'line 3: "3/0/0" is not votes'],
    ["000660,2025-03-14,good,1/1/1,2025-13-01,,,", '"2025-13-01" is not a date'],
    ["000660,2025-03-14,good,1/1/1,2025-03-14,,,", "base_start is not before as_of"],
    ["000660,2025-03-14,good,1/1/1,,0,,", "line 3"],
    ["000660,2025-03-14,good,1/1/1,,,none,", '"none" is not a number'],
    [GOOD, "005930 2025-03-14 stands twice"],
  ] as const)("[GO1] a line %s is refused by its place and fault", ([line, fault], { expect }) => {
    expect(() => parseLabels("a.csv", fileOf(GOOD, line))).toThrow(fault);
  });

  it("[GO1] a file without charts or without a column is refused", ({ expect }) => {
    expect(() => parseLabels("a.csv", fileOf())).toThrow("a.csv: holds 0 charts");
    expect(() => parseLabels("a.csv", fileOf(GOOD).replace("pivot", "price"))).toThrow("has no column pivot");
  });
});
