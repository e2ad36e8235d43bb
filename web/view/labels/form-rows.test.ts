import { describe, it } from "vitest";
import { FORM_RULES } from "../../../worker/core/vcp/form-rules.ts";
import { enForm } from "../../i18n/en-form.ts";
import { createFormat } from "../../i18n/format.ts";
import { koForm } from "../../i18n/ko-form.ts";
import { ko } from "../../i18n/ko.ts";
import { koRules } from "../../i18n/ko-rules.ts";
import { countMet, formRows, groupRules, ruleName, staysListed } from "./form-rows.ts";

const korean = { text: ko, copy: koForm, format: createFormat("ko"), locale: "ko" } as const;
const ID = FORM_RULES[0]?.id ?? "";

describe("rows of a form", () => {
  it("[UI46] names what a rule measures, and of an unmet one what the share lacks", ({ expect }) => {
    for (const [i, { id, side, limit, keep }] of FORM_RULES.entries()) {
      const value = side === "atLeast" ? limit - 1 : limit + 1;
      const met = i % 2 === 0;
      const rules = [{ id, value, threshold: limit, keep, met }];
      const [row] = formRows({ rules, rules_of: "nearest" }, korean);
      expect(row).toMatchObject({
        id,
        name: ruleName(id, korean),
        lack: met ? null : koRules.ruleText(id),
        result: met ? "pass" : "fail",
      });
      expect(row?.threshold).toMatch(side === "atLeast" ? /^≥ / : /^≤ /);
    }
  });

  it("[UI46] has the limit that keeps for a signal's own base, and that of a new listing for any other", ({
    expect,
  }) => {
    const rules = [{ id: ID, value: 6, threshold: 7, keep: 6, met: true }];
    const limits = (["listed", "nearest", "own"] as const).map(
      (rules_of) => formRows({ rules, rules_of }, korean)[0]?.threshold,
    );
    expect(limits).toEqual(["≥ 7", "≥ 7", "≥ 6"]);
  });

  it("[UI46a] stays listed on its own base, as long as the limits that keep and the share itself allow it", ({
    expect,
  }) => {
    const rule = { id: ID, value: 6, threshold: 7, keep: 6, met: true };
    const eligibility = { ok: true, reason: null, value: null, threshold: null };
    const near_miss = { rule: ID, value: 6, threshold: 7, base: null };
    const kept = {
      rules: [rule, { ...rule, value: null }],
      rules_of: "own",
      eligibility,
      near_miss,
    } as const;
    expect(staysListed(kept)).toBe(true);
    expect(
      [
        { ...kept, rules_of: "nearest" as const },
        { ...kept, rules: [...kept.rules, { ...rule, value: 5, met: false }] },
        { ...kept, eligibility: { ...eligibility, ok: false } },
        { ...kept, near_miss: { ...near_miss, rule: "too_short" } },
      ].map(staysListed),
    ).toEqual([false, false, false, false]);
  });

  it("[UI46b] counts a rule without a value as neither met nor unmet, whatever is held against the share", ({
    expect,
  }) => {
    const rule = { id: ID, threshold: 7, keep: 6 };
    const rules = [
      { ...rule, value: null, met: true },
      { ...rule, value: null, met: null },
      { ...rule, value: 3, met: false },
      { ...rule, value: 7, met: true },
    ];
    expect(formRows({ rules, rules_of: null }, korean).map(({ result }) => result)).toEqual([
      "unavailable",
      "unavailable",
      "fail",
      "pass",
    ]);
    const { met, measured, unmeasured } = countMet({ rules });
    expect([met, measured, unmeasured]).toEqual([1, 2, 2]);
    expect([koForm, enForm].map((copy) => copy.formCount(met, measured, unmeasured))).toEqual([
      "측정한 규칙 2개 중 1개 충족, 2개 측정 불가",
      "1 of 2 measured rules met, 2 not measured",
    ]);
    expect([enForm.formCount(24, 25, 0), enForm.formCount(0, 0, 25)]).toEqual([
      "24 of 25 measured rules met",
      "25 not measured",
    ]);
  });

  it("[UI46][UI47] puts every rule into one part of the form, also one that the page does not know", ({
    expect,
  }) => {
    for (const copy of [koForm, enForm]) {
      const rows = [...FORM_RULES, { id: "ZZ9" }];
      const groups = groupRules<{ readonly id: string }>(rows, copy);
      expect(groups.flatMap((group) => group.rows.map(({ id }) => id)).toSorted()).toEqual(
        rows.map(({ id }) => id).toSorted(),
      );
      expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
      expect(groups.at(-1)?.rows.map(({ id }) => id)).toContain("ZZ9");
    }
    expect(ruleName("ZZ9", { locale: "en" })).toBe("Rule of another version (ZZ9)");
  });
});
