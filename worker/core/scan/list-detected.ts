/** SN3: what a request asks for narrows the answer of a scan and never its work. */
import type { Market } from "../instrument/instrument.ts";
import type { Verdict } from "../vcp/verdict.ts";

/** What to list: of `market` (`null` is all of them), with at least `minScore` points, the best `topN` (0 is all). */
export interface Listing {
  readonly market: Market | null;
  readonly minScore: number;
  readonly topN: number;
}

/** The detected of `verdicts`, by score falling, then by ticker. */
export function listDetected(
  verdicts: readonly Verdict[],
  { market, minScore, topN }: Listing,
): readonly Verdict[] {
  const found = verdicts
    .filter((verdict) => verdict.detected && (market === null || verdict.market === market))
    .filter((verdict) => (verdict.score ?? 0) >= minScore)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0) || (a.ticker < b.ticker ? -1 : 1));
  return topN === 0 ? found : found.slice(0, topN);
}
