/** Why the server did not do what its owner asked, in words, with what to do. */
import { reasonText } from "../../i18n/alert-reasons.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";
import { OWNER_ALERT_TEXTS } from "../../i18n/owner-alert-texts.ts";
import type { RequestError } from "../../store/fetch-json.ts";

const PROBLEM = "/problems/";
const TICKERS = "scope.tickers";

export function ownerFailureText(
  { kind, problem, status }: Pick<RequestError, "kind" | "problem" | "status">,
  { text, locale }: { readonly text: Dictionary; readonly locale: Locale },
): string {
  const texts = OWNER_ALERT_TEXTS[locale];
  if (kind !== "refused") {
    return kind === "unreachable" ? text.errorOffline : text.errorUnreadable;
  }
  if (problem === null) {
    return text.errorStatus(status ?? 0);
  }
  const name = problem.type.slice(PROBLEM.length);
  const known: Readonly<Record<string, string>> = texts.problems;
  switch (name) {
    case "alert-refused":
      return reasonText(problem.detail, locale);
    case "bad-body":
      return problem.field === TICKERS ? texts.tooManyTickers : texts.badBody(problem.detail);
    case "not-found":
      return texts.gone;
    default:
      return known[name] ?? text.problemText(problem);
  }
}
