/** The query of a request, judged by its schema; a bad value is named, never clamped (RT4). */
import type { Context } from "hono";
import * as v from "valibot";
import type { HttpEnv } from "./http-env.ts";
import { Refusal } from "./refusal.ts";

/** Names that the schema does not know are ignored; a name given twice is refused, because only one value could count. */
export function readQuery<S extends v.GenericSchema>(c: Context<HttpEnv>, schema: S): v.InferOutput<S> {
  const values = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (values.has(name)) {
      throw new Refusal("bad-query", { detail: `${name}: stands there twice`, field: name });
    }
    values.set(name, value);
  }
  const result = v.safeParse(schema, Object.fromEntries(values));
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? "query";
  throw new Refusal("bad-query", { detail: `${field}: ${issue.message}`, field });
}
