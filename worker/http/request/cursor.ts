/** Where a page of a list ended, as opaque text: clients hand it back and never read it. */
import * as v from "valibot";
import { Refusal } from "./problem-response.ts";

/** `place` as a schema of the route's own can read it back. */
export function encodeCursor(place: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(place));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The place that a cursor names; `null` without a cursor. Throws a Refusal for text that is none of this list. */
export function decodeCursor<S extends v.GenericSchema>(
  text: string | undefined,
  place: S,
): v.InferOutput<S> | null {
  if (text === undefined) {
    return null;
  }
  const read = v.safeParse(place, placeIn(text));
  if (!read.success) {
    throw new Refusal("bad-query", { detail: "cursor: is not one that this list gave", field: "cursor" });
  }
  return read.output;
}

/** `undefined` for text that is no JSON in base64: the caller refuses it. */
function placeIn(text: string): unknown {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    return undefined;
  }
}
