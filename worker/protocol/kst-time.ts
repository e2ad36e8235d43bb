/** Instants as the wire writes them (RT6): KST, ISO 8601 with its offset, so that a session's date is readable in the text. */

const KST_OFFSET_MS = 9 * 3_600_000;

/** `2025-06-17T15:30:00.000+09:00` from milliseconds since the epoch. Throws RangeError outside the years of ISO 8601. */
export function formatKst(epochMs: number): string {
  return new Date(epochMs + KST_OFFSET_MS).toISOString().replace("Z", "+09:00");
}
