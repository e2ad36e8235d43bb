/** Reading a body without ever holding more of it than its route takes (RT4). */
import type { Context } from "hono";
import * as v from "valibot";
import type { HttpEnv } from "./ports.ts";
import { Refusal } from "./problem-response.ts";

/** Bytes of a chunk of a file: far below the memory of an isolate, where other requests run too. */
export const IMPORT_LIMIT = 4 * 1_024 * 1_024;
/** Bytes of a JSON body. */
export const JSON_LIMIT = 64 * 1_024;

/**
 * Refuses by the announced length, and again while counting, since the announcement may be wrong.
 * Throws a Refusal: 413 beyond `limit` bytes, 415 for a compressed body, whose size does not bound its content.
 */
export async function readBytes(c: Context<HttpEnv>, limit: number): Promise<Uint8Array> {
  const { headers, body } = c.req.raw;
  const tooLarge = new Refusal("too-large", { detail: `This route takes at most ${limit} bytes.` });
  const encoding = headers.get("Content-Encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new Refusal("encoded-body", { detail: "Send the body without Content-Encoding." });
  }
  if (Number(headers.get("Content-Length") ?? 0) > limit) {
    throw tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > limit) {
      throw tooLarge;
    }
    chunks.push(chunk);
  }
  return join(chunks, size);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A JSON body by its schema; no body counts as `{}`. Throws a Refusal that names the offending field. */
export async function readJson<S extends v.GenericSchema>(
  c: Context<HttpEnv>,
  schema: S,
): Promise<v.InferOutput<S>> {
  const bytes = await readBytes(c, JSON_LIMIT);
  const result = v.safeParse(schema, bytes.length === 0 ? {} : parseObject(bytes));
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? "body";
  throw new Refusal("bad-body", { detail: `${field}: ${issue.message}`, field });
}

/** A schema takes an array for an object without fields, so arrays are refused here. */
function parseObject(bytes: Uint8Array): unknown {
  const refusal = new Refusal("bad-body", { detail: "body: is not a JSON object in UTF-8", field: "body" });
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes),
    );
    if (!Array.isArray(value)) {
      return value;
    }
  } catch {
    throw refusal;
  }
  throw refusal;
}
