import { describe, it } from "vitest";
import { BASE_RULE_TESTS } from "../../../worker/core/vcp/base-rules.ts";
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
  ["CT6broken", 9_990, 10_000, "9,990원 | ≥ 10,000원"],
  ["CT6extended", 0.0731, 0.05, "7.3% | ≤ 5.0%"],
  ["no_legs", 1, 2, "1회 | ≥ 2회"],
  ["SC_template", 5, 6, "5개 | ≥ 6개"],
  ["SC_score", 49.98, 50, "49.98점 | ≥ 50.00점"],
];

const SIGNS = { atLeast: "≥", atMost: "≤", below: "<" } as const;

describe("what stands in the way", () => {
  it("[UI27] is written in the unit of its rule, with the sign that the rule asks for", ({ expect }) => {
    expect(EXPECTED.map(([rule, value, limit]) => textOf(rule, value, limit))).toEqual(
      EXPECTED.map(([, , , expected]) => expected),
    );
    for (const { id, side } of BASE_RULE_TESTS) {
      expect(textOf(id, 0.5, 0.25), id).toMatch(
        new RegExp(` \\| ${SIGNS[side]} [\\d.]+(%|배|봉|거래일)$`, "u"),
      );
    }
    const asked = [...BASE_RULE_TESTS.map(({ id }) => id), ...EXPECTED.map(([rule]) => rule)];
    expect(asked.toSorted()).toEqual([...RULES_WITH_SENSE].toSorted());
  });

  it("[UI27] takes as many digits as distinguish the value from its threshold", ({ expect }) => {
    expect(textOf("CT3d1lo", 0.0796, 0.08)).toBe("7.96% | ≥ 8.00%");
    expect(textOf("CT1r", 0.850_000_4, 0.85)).toBe("0.8500004배 | ≤ 0.8500000배");
    expect(textOf("EL3_price", 999.6, 1_000)).toBe("999.6원 | ≥ 1,000.0원");
    // The limit itself is unmet where it must lie below.
    expect(textOf("CT3d60", 0.6, 0.6)).toBe("60.0% | < 60.0%");
  });

  it("[UI2] writes no value that was not measured, and of a rule it does not know the bare numbers", ({
    expect,
  }) => {
    expect(textOf("CT5adv", null, 1.3)).toBe("– | ≥ 1.30배");
    expect(textOf("CT99", 0.931, 0.97)).toBe("0.93 | 0.97");
    expect(measured({ rule: "CT3dT", value: 0.2, threshold: 0.15 }, en, createFormat("en"))).toEqual({
      value: "20.0%",
      threshold: "≤ 15.0%",
    });
  });
});
