/** KS1: one text of the vendor's socket as what it is. The work is linear in its length, and a text without a meaning is named and never guessed. */
import * as v from "valibot";

/** What arrived. Fields of records are texts as they came; nothing of a refused text is kept, because it may repeat what was sent. */
export type KisFrame =
  | {
      readonly kind: "records";
      readonly trId: string;
      readonly records: readonly (readonly string[])[];
      readonly width: number;
    }
  | { readonly kind: "heartbeat" }
  /** To a registration; `key` is what was registered, empty where the vendor names none. */
  | { readonly kind: "answer"; readonly key: string; readonly code: string; readonly isServed: boolean }
  | { readonly kind: "refused"; readonly why: string };

/** In UTF-16 units. Frames of 20 KiB occur; what is longer by an order of magnitude is no frame of prices. */
export const LONGEST_FRAME = 262_144;

const HEADER = /^([01])\|([A-Z0-9]{4,12})\|(\d{1,4})$/;
const Code = v.pipe(v.string(), v.maxLength(40));
const Message = v.object({
  header: v.object({ tr_id: Code, tr_key: v.optional(v.fallback(Code, ""), "") }),
  body: v.optional(
    v.object({
      rt_cd: v.pipe(v.string(), v.maxLength(2)),
      msg_cd: v.pipe(v.string(), v.regex(/^[A-Z]{0,5}\d{4,5}$/)),
    }),
  ),
});

/** `{"header":{"tr_id":"PINGPONG",...}}` is a heartbeat; every other message answers one of ours. */
function readMessage(text: string): KisFrame {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Message), text);
  if (!parsed.success) {
    return { kind: "refused", why: "a message that is no answer and no heartbeat" };
  }
  const { header, body } = parsed.output;
  if (header.tr_id === "PINGPONG") {
    return { kind: "heartbeat" };
  }
  return body === undefined
    ? { kind: "refused", why: "an answer without a code" }
    : { kind: "answer", key: header.tr_key, code: body.msg_cd, isServed: body.rt_cd === "0" };
}

/** Where the third bar stands; -1 with fewer, or when it comes later than any header. */
function endOfHeader(text: string): number {
  let at = -1;
  for (let bar = 0; bar < 3; bar++) {
    at = text.indexOf("|", at + 1);
    if (at === -1 || at > 32) {
      return -1;
    }
  }
  return at;
}

/** `0|H0STCNT0|003|f0^f1^...`: so many records of one width, without a mark between them. */
function readRecords(text: string): KisFrame {
  const end = endOfHeader(text);
  const [, flag, trId = "", counted] = HEADER.exec(text.slice(0, Math.max(0, end))) ?? [];
  const count = Number(counted);
  if (flag === undefined || count === 0) {
    return { kind: "refused", why: "a text without the head of a frame" };
  }
  if (flag === "1") {
    return {
      kind: "refused",
      why: "an encrypted frame: only notices of orders are, and none was registered. Another program may use this key: give each program a key of its own",
    };
  }
  const fields = text.slice(end + 1).split("^");
  const width = fields.length / count;
  if (!Number.isInteger(width)) {
    return { kind: "refused", why: `${fields.length} fields, which are not ${count} records of one width` };
  }
  const records = Array.from({ length: count }, (_, n) => fields.slice(n * width, (n + 1) * width));
  return { kind: "records", trId, records, width };
}

export function readFrame(text: string): KisFrame {
  if (text.length > LONGEST_FRAME) {
    return { kind: "refused", why: `a frame of more than ${LONGEST_FRAME} signs` };
  }
  return text.startsWith("{") ? readMessage(text) : readRecords(text);
}
