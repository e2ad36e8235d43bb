/** KW10: one text of the vendor's socket as what it is. What has no meaning is named and never guessed. */
import * as v from "valibot";

/** One record of a frame: kind, code and values as they came. */
export interface RealRecord {
  readonly type: string;
  readonly item: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Nothing of a refused text is kept, because it may repeat what was sent. `text` of an answer is read for its code alone. */
export type KiwoomMessage =
  | { readonly kind: "records"; readonly records: readonly RealRecord[]; readonly refused: number }
  /** To be sent back as it came. */
  | { readonly kind: "heartbeat" }
  | { readonly kind: "login"; readonly code: number; readonly text: string }
  /** To the registration or removal that is under way: it names neither. */
  | { readonly kind: "answer"; readonly to: "REG" | "REMOVE"; readonly code: number; readonly text: string }
  /** Of the vendor to its client, who must not answer it. */
  | { readonly kind: "system"; readonly code: string }
  | { readonly kind: "refused"; readonly why: string };

/** In UTF-16 units: some five hundred records. */
export const LONGEST_MESSAGE = 262_144;
const MOST_RECORDS = 2_000;
/** A record of a trade has some fifty values. */
const MOST_VALUES = 200;

const Text = v.pipe(v.string(), v.maxLength(64));
const Code = v.pipe(
  v.optional(v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.regex(/^-?\d{1,9}$/))]), 0),
  v.transform(Number),
);

const Named = v.looseObject({ trnm: v.pipe(v.string(), v.maxLength(16), v.toUpperCase()) });
const Answer = v.object({
  return_code: Code,
  return_msg: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(2_000)), ""), ""),
});
const System = v.object({
  code: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^[A-Z]?\d{1,9}$/)), ""), ""),
});
const Real = v.object({ data: v.pipe(v.array(v.unknown()), v.maxLength(MOST_RECORDS)) });

const Values = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(8)), v.fallback(Text, "")),
  v.check((values) => Object.keys(values).length <= MOST_VALUES),
);
const RecordBody = v.object({
  type: v.pipe(v.string(), v.maxLength(4)),
  item: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(16), v.trim()), ""), ""),
  // As one object, or as a list of one.
  values: v.union([
    v.pipe(
      v.tuple([Values]),
      v.transform(([one]) => one),
    ),
    Values,
  ]),
});

function readRecords(data: readonly unknown[]): KiwoomMessage {
  const records = data.flatMap((one) => {
    const record = v.safeParse(RecordBody, one);
    return record.success ? [record.output] : [];
  });
  return { kind: "records", records, refused: data.length - records.length };
}

function readNamed(body: v.InferOutput<typeof Named>): KiwoomMessage {
  switch (body.trnm) {
    case "PING": {
      return { kind: "heartbeat" };
    }
    case "REAL": {
      const real = v.safeParse(Real, body);
      return real.success
        ? readRecords(real.output.data)
        : { kind: "refused", why: "a frame without a list of records" };
    }
    case "LOGIN":
    case "REG":
    case "REMOVE": {
      const answer = v.safeParse(Answer, body);
      if (!answer.success) {
        return { kind: "refused", why: "an answer without a code" };
      }
      const { return_code: code, return_msg: text } = answer.output;
      return body.trnm === "LOGIN"
        ? { kind: "login", code, text }
        : { kind: "answer", to: body.trnm, code, text };
    }
    case "SYSTEM": {
      const system = v.safeParse(System, body);
      return { kind: "system", code: system.success ? system.output.code : "" };
    }
    default: {
      return { kind: "refused", why: "a message of a kind that was not asked for" };
    }
  }
}

export function readMessage(text: string): KiwoomMessage {
  if (text.length > LONGEST_MESSAGE) {
    return { kind: "refused", why: `a message of more than ${LONGEST_MESSAGE} signs` };
  }
  if (text.trim().toUpperCase() === "PING") {
    return { kind: "heartbeat" };
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Named), text);
  return parsed.success ? readNamed(parsed.output) : { kind: "refused", why: "a text that is no message" };
}
