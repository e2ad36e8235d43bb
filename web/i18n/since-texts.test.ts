import { describe, it } from "vitest";
import { SINCE_TEXTS } from "./since-texts.ts";

describe("the length of a gap", () => {
  it("[UI242] stands in the unit in which a reader counts it", ({ expect }) => {
    const gaps = [0, 119, 120, 7_199, 7_200, 28_804].map((seconds) => SINCE_TEXTS.en.gap(seconds));
    expect(gaps.map((gap) => gap.replace("Changes during a gap of ", ""))).toEqual([
      "0 s",
      "119 s",
      "2 min",
      "120 min",
      "2 h",
      "8 h",
    ]);
    expect(SINCE_TEXTS.ko.gap(28_804)).toBe("8시간 공백 중 변경");
  });
});
