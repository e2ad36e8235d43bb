/** RS2: who is rated on a session, and the ratings of a scan's findings. */
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Finding } from "./conclude.ts";
import { ratings } from "./relative-strength.ts";

/** RS2: ratings among common shares with 253 bars, not suspect, that traded on the as-of session. */
export function rate(findings: readonly Finding[]): readonly (number | null)[] {
  const members = findings.flatMap((finding, i) =>
    finding.ranked && finding.rsRaw !== null ? [{ i, raw: finding.rsRaw }] : [],
  );
  const rated = ratings(Float64Array.from(members, (member) => member.raw));
  const byFinding: (number | null)[] = findings.map(() => null);
  for (const [place, { i }] of members.entries()) {
    byFinding[i] = rated[place] ?? null;
  }
  return byFinding;
}

/** RS2: whether a share belongs to the population that is rated. */
export function isRanked(
  x: Pick<Finding, "instrument" | "lastDay" | "eligibility">,
  day: TradingDay,
): boolean {
  const common = (x.instrument?.kind ?? "common") === "common" && x.instrument?.market !== "KONEX";
  const known = x.eligibility.reason !== "no_master";
  return known && common && x.lastDay === day && x.eligibility.reason !== "adjustment_suspect";
}
