/** Why this device is not subscribed, or the server does not know what it asks for, in words, with what to do. */
import { reasonText } from "../../i18n/alert-reasons.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";
import type { PushTexts } from "../../i18n/push-texts.ts";
import type { RequestError } from "../../store/fetch-json.ts";
import { type PushFailure, PushRefused } from "../../store/alerts/push.ts";

const TOO_MANY = 429;

const REFUSED = "/problems/alert-refused";

/** The language and its texts. */
export interface PushWords {
  readonly text: Dictionary;
  readonly push: PushTexts;
  readonly locale: Locale;
}

function reasonOf({ kind, problem, status }: RequestError, { text, push, locale }: PushWords): string {
  if (kind !== "refused") {
    return kind === "unreachable" ? text.errorOffline : text.errorUnreadable;
  }
  if (status === TOO_MANY) {
    return push.tooMany;
  }
  if (problem?.type === REFUSED) {
    return reasonText(problem.detail, locale);
  }
  return problem === null ? text.errorStatus(status ?? 0) : text.problemText(problem);
}

/** `isAsked`: of what was asked for by a press, and is not sent again by itself. */
export function pushFailureText(failure: PushFailure, words: PushWords, isAsked: boolean): string {
  const { push } = words;
  if (failure instanceof PushRefused) {
    return push.refused;
  }
  const reason = reasonOf(failure, words);
  return isAsked ? reason : push.failed(reason);
}
