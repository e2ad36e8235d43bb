import { describe, it } from "vitest";
import { RUN_DONE } from "../../e2e/stub-market.ts";
import { eventValues } from "./event-values.ts";
import { createFormat } from "../../i18n/format.ts";
import { FINDING_KINDS } from "../../../worker/core/session/finding.ts";
import { enRules } from "../../i18n/en-rules.ts";
import { SCAN_TEXTS } from "../../i18n/scan-texts.ts";
import { koForm } from "../../i18n/ko-form.ts";
import { koRules } from "../../i18n/ko-rules.ts";
import { missingScan, rejectsOf, tookSeconds } from "./run-facts.ts";

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

  it("[UI45] states why the newest scan is missing, in both languages, and only when its session was refused", ({
    expect,
  }) => {
    const skipped = (reason: string | null) => ({ ...RUN_DONE, status: "skipped" as const, reason });
    const jump = "jump: on 2025-06-16 13 of 13 tickers moved beyond the daily limit";
    expect(missingScan(skipped(jump))).toBe(jump);
    expect(
      [RUN_DONE, skipped("no_new_session: 2025-06-13"), skipped("no_bars"), null].map(missingScan),
    ).toEqual([null, null, null, null]);
    for (const kind of FINDING_KINDS) {
      const reason = `${kind}: on 2025-06-16`;
      expect(
        [koRules.runReasonText(reason), enRules.runReasonText(reason)].every((text) => text !== reason),
      ).toBe(true);
    }
    expect(SCAN_TEXTS.ko.scanMissing(koRules.runReasonText(jump))).toContain(
      "가격제한폭을 넘은 종목이 너무 많음",
    );
  });

  it("[UI2] gives no duration of a run that has not ended, and no value that was not measured", ({
    expect,
  }) => {
    expect(tookSeconds(RUN_DONE)).toBe(2);
    expect(tookSeconds({ ...RUN_DONE, finished_at: null })).toBeNull();
    expect(eventValues({ pivot: 71_900, volume_ratio: null, misses: 2, flag: true }, koForm, format)).toEqual(
      [
        ["피벗", "71,900"],
        ["거래량 배수", "–"],
      ],
    );
  });

  it("[UI10] names first which new extreme revised a pattern, also one that it does not know", ({
    expect,
  }) => {
    const lines = (cause: string): readonly unknown[] =>
      eventValues({ pivot: 71_900, cause }, koForm, format);
    expect(lines("higher_high")).toEqual([
      ["계기", "고점 갱신"],
      ["피벗", "71,900"],
    ]);
    expect(lines("moon")[0]).toEqual(["계기", "moon"]);
  });
});
