import { describe, it } from "vitest";
import { FORM_RULES } from "../../worker/core/vcp/form-rules.ts";
import { en } from "./en.ts";
import { enRules } from "./en-rules.ts";
import { ko } from "./ko.ts";
import { koRules } from "./ko-rules.ts";
import { chooseLocale, parseLocale } from "./locale.ts";

const HANGUL = /[\uac00-\ud7a3]/u;

describe("languages", () => {
  it("[UI1] has the same keys and kinds in both, no empty text, and no Korean in English", ({ expect }) => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(ko).toSorted());
    const kinds = (all: object): string[] =>
      Object.entries(all).map(([key, value]) => `${key} ${typeof value}`);
    expect(kinds(en).toSorted()).toEqual(kinds(ko).toSorted());
    for (const text of [...Object.values(ko), ...Object.values(en)]) {
      expect(text).not.toBe("");
    }
    expect(Object.values(en).filter((text) => typeof text === "string" && HANGUL.test(text))).toEqual([]);
  });

  it("[UI1] has a text for a reason with its rule, and shows the id of one it does not know", ({
    expect,
  }) => {
    for (const { id, ko: lack } of FORM_RULES) {
      expect(koRules.reasonText(`left_scan:${id}`)).toBe(`스캔에서 제외: ${lack}`);
    }
    // Of the law before: an installation of yesterday has signals that ended by it.
    expect(koRules.reasonText("left_scan:CT6brk")).toBe("스캔에서 제외: 다른 버전의 규칙 (CT6brk)");
    expect(enRules.reasonText("left_scan:CT6brk")).toBe("Left the scan: Rule of another version (CT6brk)");
    expect(enRules.reasonText("PIVOT_FAIL")).toBe("Broke the stop after the breakout");
    expect([koRules.ruleText("CT99"), enRules.reasonText("moon")]).toEqual([
      "다른 버전의 규칙 (CT99)",
      "moon",
    ]);
  });

  it("[UI27] leaves the number to the value and the limit beside it where a rule has more than one limit", ({
    expect,
  }) => {
    // It asks for the bars of a verdict, or for those of a listing.
    const texts = [koRules, enRules].map((language) => language.ruleText("too_short"));
    expect(texts.filter((text) => /\d/u.test(text))).toEqual([]);
    expect(enRules.ruleText("BS0")).toBe("Its high is too recent for a base");
  });

  it("[UI6] has its own text for a problem it knows, and the server's for another", ({ expect }) => {
    const problem = {
      type: "/problems/internal",
      title: "",
      status: 500,
      detail: "It broke.",
      request_id: "r",
    };
    expect(ko.problemText(problem)).toBe("서버에서 오류가 났습니다.");
    expect(en.problemText({ ...problem, type: "/problems/unavailable", neighbour: "D1" })).toBe(
      "The server could not read its data. Try again in a moment. (D1)",
    );
    expect(ko.problemText({ ...problem, type: "/problems/moon" })).toBe("It broke.");
    expect([ko.closeText(4003, "this origin may not connect"), ko.closeText(4099, "no")]).toEqual([
      "허용되지 않은 주소에서 연결함",
      "no",
    ]);
  });

  it("[UI1] takes the stored language, else the browser's first known one, else Korean", ({ expect }) => {
    expect(chooseLocale("en", ["ko-KR"])).toBe("en");
    expect(chooseLocale(null, ["de-DE", "en-GB", "ko"])).toBe("en");
    expect(chooseLocale("fr", ["de-DE"])).toBe("ko");
    expect(chooseLocale(null, [])).toBe("ko");
    expect(parseLocale("en-US@posix")).toBe("en");
    expect(parseLocale("kok-IN")).toBeNull();
  });
});
