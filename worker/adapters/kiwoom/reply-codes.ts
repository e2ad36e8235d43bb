/** KW1: what an answer of the vendor means: served, refused for now, or refused for good. */
import * as v from "valibot";
import type { VendorReply } from "../upstream/vendor-call.ts";
import { judgePage, parseBody, type Verdict } from "../upstream/vendor-verdict.ts";

const REMEDIES = {
  bad_key:
    "the key is not valid. Set KIWOOM_APP_KEY and KIWOOM_SECRET_KEY to a pair of the vendor's portal, for real trading",
  address_not_allowed:
    "the vendor does not let this address in. Register it on the vendor's portal, or run `npm run collect` on a machine whose address is",
  service_not_approved: "the key has no right to this service. Ask for it on the vendor's portal",
} as const;

const DENIED: ReadonlyMap<string, keyof typeof REMEDIES> = new Map([
  ["8001", "bad_key"],
  ["8002", "bad_key"],
  ["8020", "bad_key"],
  // A key of the mock server at the real one, or the other way round.
  ["8030", "bad_key"],
  // The token was issued to another address than the one that uses it.
  ["8010", "address_not_allowed"],
  ["8040", "address_not_allowed"],
  ["8050", "address_not_allowed"],
  ["8104", "service_not_approved"],
  ["8200", "service_not_approved"],
]);
const TOKEN: ReadonlySet<string> = new Set(["8003", "8005", "8031", "8103"]);
const RATE: ReadonlySet<string> = new Set(["1700", "1701", "1702"]);
/** More codes in one call than it takes: the same words and the same `return_code` as the rate, and another try is the same call. */
const TOO_MANY_CODES = "1634";
/** The vendor could not make a token, or met a fault of its own. */
const PASSING: ReadonlySet<string> = new Set(["1999", "8006", "8009"]);

const Envelope = v.looseObject({
  return_code: v.pipe(
    v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.regex(/^-?\d{1,9}$/))]),
    v.transform(Number),
  ),
  return_msg: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(2_000)), ""), ""),
});

/** The code stands in brackets in the text: `...[1700:...]`, `...[CODE=8005, ...]`; `null` where none does. */
function codeIn(text: string): string | null {
  return /\[(?:CODE=)?(\d{4})(?!\d)/.exec(text)?.[1] ?? null;
}

const PAGE = { blocking: new Set([200, 403, 406, 429]), base: "KIWOOM_REST_BASE" } as const;

/** A refusal by its code, wherever it stood; `status` of HTTP, 200 for a message of the socket. */
export function judgeRefusal(code: number, text: string, status = 200): Verdict {
  const named = codeIn(text) ?? String(Math.abs(code));
  const why = DENIED.get(named);
  if (why !== undefined) {
    return { kind: "denied", why, subject: `${named}: ${REMEDIES[why]}` };
  }
  if (TOKEN.has(named) || (status === 401 && codeIn(text) === null)) {
    return { kind: "token" };
  }
  if (named === TOO_MANY_CODES) {
    return {
      kind: "failed",
      detail: `${TOO_MANY_CODES}, more codes in one call than it takes`,
      retryable: false,
    };
  }
  // Without a code the words alone name the rate.
  if (RATE.has(named) || status === 429 || (codeIn(text) === null && text.includes("유량"))) {
    return { kind: "rate" };
  }
  return {
    kind: "failed",
    detail: `status ${status}, code ${named}`,
    retryable: status >= 500 || PASSING.has(named),
  };
}

/** The code counts more than the status: refusals come as 200. */
export function judgeReply(reply: VendorReply): Verdict {
  const page = judgePage(reply, PAGE);
  if (page !== null) {
    return page;
  }
  const { status } = reply;
  const body = parseBody(reply.bytes);
  const envelope = v.safeParse(Envelope, body);
  if (!envelope.success) {
    if (status === 401 || status === 429) {
      return { kind: status === 401 ? "token" : "rate" };
    }
    return { kind: "failed", detail: `status ${status}, no envelope`, retryable: status >= 500 };
  }
  const { return_code: code, return_msg: text } = envelope.output;
  return status === 200 && code === 0 ? { kind: "served", body } : judgeRefusal(code, text, status);
}
