/** What a fake answers, read for tests: any text field, and rows of texts whether they come as one or as many. */
import * as v from "valibot";

const Row = v.record(v.string(), v.string());
const Rows = v.pipe(
  v.union([v.array(Row), Row]),
  v.transform((rows) => (Array.isArray(rows) ? rows : [rows])),
);

const Body = v.looseObject({
  OutBlock_1: v.optional(v.array(Row)),
  output: v.optional(Rows),
  output2: v.optional(Rows),
  respMsg: v.optional(v.string()),
  msg_cd: v.optional(v.string()),
  error_code: v.optional(v.string()),
  access_token: v.optional(v.string()),
  access_token_token_expired: v.optional(v.string()),
  ctx_area_nk: v.optional(v.string()),
});

/** Throws on an answer of another shape. */
export async function readBody(response: Response): Promise<v.InferOutput<typeof Body>> {
  return v.parse(Body, await response.json());
}
