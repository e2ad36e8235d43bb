/** Why the server did not do what its owner asked, in the words of the page. */
import { describe, it } from "vitest";
import { encodeProblem, type ProblemFacts, type ProblemName } from "../../../worker/protocol/rest/problem.ts";
import { en as EN } from "../../i18n/en.ts";
import { ko as KO } from "../../i18n/ko.ts";
import { RequestError } from "../../store/fetch-json.ts";
import { ownerFailureText } from "./owner-failure.ts";

function refusal(name: ProblemName, facts: Partial<ProblemFacts> = {}): RequestError {
  const problem = encodeProblem(name, { detail: "As the server wrote it.", ...facts }, "req-1");
  return new RequestError("refused", "", { status: problem.status, problem });
}

const inKorean = (failure: RequestError): string => ownerFailureText(failure, { text: KO, locale: "ko" });
const inEnglish = (failure: RequestError): string => ownerFailureText(failure, { text: EN, locale: "en" });

describe("a failure of the owner's alerts", () => {
  it.for([
    ["unauthorized", "로그인이 끝났습니다", "Log in again"],
    ["owner-not-configured", "OWNER_TOKEN", "OWNER_TOKEN"],
    ["forbidden-origin", "ALLOWED_ORIGINS", "ALLOWED_ORIGINS"],
    ["too-many-requests", "1분 뒤", "in a minute"],
    ["too-large", "줄이세요", "fewer stocks"],
    ["not-found", "이미 삭제", "deleted already"],
    ["bad-body", "As the server wrote it.", "As the server wrote it."],
  ] as const)("[UI292] of %s names its remedy", ([name, ko, en], { expect }) => {
    expect(inKorean(refusal(name))).toContain(ko);
    expect(inEnglish(refusal(name))).toContain(en);
  });

  it("[UI292] states a limit, and too many stocks of a list", ({ expect }) => {
    const detail = "There are at most 20 rules: change or delete one.";
    expect(inKorean(refusal("alert-refused", { detail }))).toBe(
      "규칙은 20개까지 둡니다. 하나를 바꾸거나 삭제하세요.",
    );
    expect(inEnglish(refusal("alert-refused", { detail }))).toBe(detail);
    expect(inKorean(refusal("bad-body", { field: "scope.tickers" }))).toContain("500종목");
  });

  it("[UI292] is the page's own where no server or no problem answers", ({ expect }) => {
    expect(inKorean(new RequestError("unreachable", ""))).toBe(KO.errorOffline);
    expect(inKorean(new RequestError("unreadable", ""))).toBe(KO.errorUnreadable);
    expect(inEnglish(new RequestError("refused", "", { status: 502 }))).toBe(EN.errorStatus(502));
    expect(inEnglish(refusal("unavailable"))).toBe(
      EN.problemText(encodeProblem("unavailable", { detail: "" }, "")),
    );
  });
});
