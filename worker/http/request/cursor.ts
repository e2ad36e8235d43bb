/** Where a page of signals ended, as opaque text: clients hand it back and never read it. */
import * as v from "valibot";
import type { SignalCursor } from "../../app/ports/scan-ledger.ts";

const Place = v.strictTuple([
  v.pipe(v.number(), v.finite()),
  v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
]);

export function encodeCursor(cursor: SignalCursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([cursor.score, cursor.id]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** `null` for text that is no cursor of a page. */
export function decodeCursor(text: string): SignalCursor | null {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
    const place = v.safeParse(
      Place,
      JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)),
    );
    return place.success ? { score: place.output[0], id: place.output[1] } : null;
  } catch {
    return null;
  }
}
