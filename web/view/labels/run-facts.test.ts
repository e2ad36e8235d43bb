import { describe, it } from "vitest";
import { RUN_DONE } from "../../e2e/stub-market.ts";
import { eventValues } from "./event-values.ts";
import { createFormat } from "../../i18n/format.ts";
import { ko } from "../../i18n/ko.ts";
import { rejectsOf, tookSeconds } from "./run-facts.ts";

const format = createFormat("ko");

describe("facts of runs and histories", () => {
  it("[UI22] orders the rejects by count and gives each its share of the largest", ({ expect }) => {
    expect(rejectsOf({ EL1: 10, CT1r: 40, EL4: 10 })).toEqual([
      { rule: "CT1r", count: 40, share: 1 },
      { rule: "EL1", count: 10, share: 0.25 },
      { rule: "EL4", count: 10, share: 0.25 },
    ]);
    expect(rejectsOf(null)).toEqual([]);
  });

  it("[UI2] gives no duration of a run that has not ended, and no value that was not measured", ({
    expect,
  }) => {
    expect(tookSeconds(RUN_DONE)).toBe(2);
    expect(tookSeconds({ ...RUN_DONE, finished_at: null })).toBeNull();
    expect(eventValues({ pivot: 71_900, volume_ratio: null, misses: 2, flag: true }, ko, format)).toEqual([
      ["피벗", "71,900"],
      ["거래량 배수", "–"],
    ]);
  });
});
