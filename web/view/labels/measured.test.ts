import { describe, it } from "vitest";
import { FORM_RULES } from "../../../worker/core/vcp/form-rules.ts";
import { en } from "../../i18n/en.ts";
import { createFormat } from "../../i18n/format.ts";
import { ko } from "../../i18n/ko.ts";
import { measured, RULES_WITH_SENSE } from "./measured.ts";

const korean = createFormat("ko");
const textOf = (rule: string, value: number | string | null, threshold: number | string | null): string => {
  const shown = measured({ rule, value, threshold }, ko, korean);
  return `${shown.value} | ${shown.threshold}`;
};

/** Every other rule of the detector, unmet, as it is written. */
const EXPECTED: readonly (readonly [
  rule: string,
  value: number | string,
  limit: number | string,
  expected: string,
])[] = [
  ["no_master", "none", "entry", "none | = entry"],
  ["EL1", "spac", "common", "spac | = common"],
  ["too_short", 41, 60, "41봉 | ≥ 60봉"],
  ["no_row", "2025-06-12", "2025-06-13", "2025-06-12 | = 2025-06-13"],
  ["adjustment_suspect", 0.412, 0.3, "41.2% | ≤ 30.0%"],
  ["halted", 5, 5, "5거래일 | < 5거래일"],
  ["EL2", "caution", "none", "caution | = none"],
  ["halted_today", 0, 1, "0봉 | ≥ 1봉"],
  ["EL3_value", 412_345_678.5, 1e9, "412,345,679원 | ≥ 1,000,000,000원"],
  ["EL3_price", 985, 1_000, "985원 | ≥ 1,000원"],
  ["EL4", 4, 2, "4거래일 | ≤ 2거래일"],
  ["BS0", 9, 15, "9봉 | ≥ 15봉"],
];

const SIGNS = { atLeast: "≥", atMost: "≤" } as const;
/** A value of each unit, and how it is written. */
const WRITTEN = { fraction: [0.5, "50.0%"], ratio: [0.5, "0.50배"], count: [3, "3"] } as const;

describe("what stands in the way", () => {
  it("[UI27] is written in the unit of its rule, with the sign that the rule asks for", ({ expect }) => {
    expect(EXPECTED.map(([rule, value, limit]) => textOf(rule, value, limit))).toEqual(
      EXPECTED.map(([, , , expected]) => expected),
    );
    for (const { id, side, unit } of FORM_RULES) {
      const [value, written] = WRITTEN[unit];
      expect(textOf(id, 0, value), id).toMatch(new RegExp(` \\| ${SIGNS[side]} ${written}$`, "u"));
    }
    const asked = [...FORM_RULES.map(({ id }) => id), ...EXPECTED.map(([rule]) => rule)];
    expect(asked.toSorted()).toEqual([...RULES_WITH_SENSE].toSorted());
  });

  it("[UI27] takes as many digits as distinguish the value from its threshold", ({ expect }) => {
    expect(textOf("CT2lo", 0.0796, 0.08)).toBe("7.96% | ≥ 8.00%");
    expect(textOf("QT1", 1.200_000_4, 1.2)).toBe("1.2000004배 | ≤ 1.2000000배");
    expect(textOf("EL3_price", 999.6, 1_000)).toBe("999.6원 | ≥ 1,000.0원");
    // The limit itself is unmet where it must lie below.
    expect(textOf("halted", 5, 5)).toBe("5거래일 | < 5거래일");
  });

  it("[UI2] writes no value that was not measured, and of a rule it does not know the bare numbers", ({
    expect,
  }) => {
    expect(textOf("RR3", null, 5)).toBe("– | ≥ 5");
    expect(textOf("CT99", 0.931, 0.97)).toBe("0.93 | 0.97");
    expect(measured({ rule: "CT3", value: 0.2, threshold: 0.15 }, en, createFormat("en"))).toEqual({
      value: "20.0%",
      threshold: "≤ 15.0%",
    });
  });
});
