import { describe, it } from "vitest";
import { enStatus } from "./en-status.ts";
import { koStatus } from "./ko-status.ts";
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

  it("[UI257] so does the age of a value on the page of the state", ({ expect }) => {
    expect([40, 340, 28_139].map((seconds) => koStatus.seconds(seconds))).toEqual(["40초", "6분", "8시간"]);
    expect([40, 340, 28_139].map((seconds) => enStatus.seconds(seconds))).toEqual(["40 sec", "6 min", "8 h"]);
  });
});
