/** KI1: what an answer of the gateway means: served, refused for now, or refused for good. */
import * as v from "valibot";
import type { Denial } from "../../app/ports/market-sources.ts";
import type { VendorReply } from "../upstream/vendor-call.ts";
import { judgePage, parseBody, type Verdict } from "../upstream/vendor-verdict.ts";

/** What one reply came to. */
export type KisVerdict =
  | Verdict
  /** A token was asked for within the minute. */
  | { readonly kind: "token_too_soon" };

const KEY = "the key is not valid. Set KIS_APP_KEY and KIS_APP_SECRET to a pair of the vendor's portal";
const RIGHT = "the key has no right to this service. Ask for it on the vendor's portal";
const ADDRESS =
  "the vendor does not let this address in. Register it, or run `npm run collect` from one that is";

const DENIED: ReadonlyMap<string, readonly [why: Denial, remedy: string]> = new Map([
  ["EGW00102", ["bad_key", KEY]],
  ["EGW00103", ["bad_key", KEY]],
  ["EGW00104", ["bad_key", KEY]],
  ["EGW00105", ["bad_key", KEY]],
  ["EGW00304", ["bad_key", KEY]],
  ["EGW00003", ["service_not_approved", RIGHT]],
  ["EGW00004", ["service_not_approved", RIGHT]],
  ["EGW00206", ["service_not_approved", RIGHT]],
  ["EGW00207", ["address_not_allowed", ADDRESS]],
  ["EGW00303", ["address_not_allowed", ADDRESS]],
]);
/** Not valid, not found, expired; after the vendor's maintenance a token of the same day is one of these. */
const TOKEN = new Set(["EGW00121", "EGW00122", "EGW00123"]);
const TOKEN_TOO_SOON = "EGW00133";
const RATE = "EGW00201";
/** Routing, time limits and the back end of the vendor: the same call may succeed later. */
const PASSING = /^(?:EGW00(?:001|002|202|203|300|301|302)|OPSQ(?:00(?:08|09|10|11)|1002))$/;

const Code = v.pipe(v.string(), v.regex(/^[A-Z]{2,5}\d{4,5}$/));
/** The answers of the data services carry `rt_cd`; those of the token service the token, the socket's key or `error_code`. */
const Envelope = v.looseObject({
  access_token: v.optional(v.unknown()),
  approval_key: v.optional(v.unknown()),
  rt_cd: v.optional(v.pipe(v.string(), v.maxLength(2))),
  msg_cd: v.optional(v.fallback(Code, ""), ""),
  error_code: v.optional(v.fallback(Code, ""), ""),
});

const PAGE = { blocking: new Set([200, 401, 403, 406, 429]), base: "KIS_REST_BASE" } as const;

function judgeCode(code: string, status: number): KisVerdict {
  const denied = DENIED.get(code);
  if (denied !== undefined) {
    return { kind: "denied", why: denied[0], subject: `${code}: ${denied[1]}` };
  }
  if (code === RATE || status === 429) {
    return { kind: "rate" };
  }
  if (TOKEN.has(code)) {
    return { kind: "token" };
  }
  if (code === TOKEN_TOO_SOON) {
    return { kind: "token_too_soon" };
  }
  return {
    kind: "failed",
    detail: `status ${status}, ${code === "" ? "without a code" : code}`,
    retryable: status >= 500 || PASSING.test(code),
  };
}

/** The code counts more than the status: the gateway's refusals come as 200, 403 and 500. */
export function judgeReply(reply: VendorReply): KisVerdict {
  const page = judgePage(reply, PAGE);
  if (page !== null) {
    return page;
  }
  const { status } = reply;
  const body = parseBody(reply.bytes);
  const envelope = v.safeParse(Envelope, body);
  if (!envelope.success) {
    return { kind: "failed", detail: `status ${status}, no envelope`, retryable: status >= 500 };
  }
  const { rt_cd: result, msg_cd: message, error_code: error } = envelope.output;
  const issued = envelope.output.access_token ?? envelope.output.approval_key;
  const isServed = status === 200 && (result === "0" || (result === undefined && issued !== undefined));
  return isServed ? { kind: "served", body } : judgeCode(error === "" ? message : error, status);
}
