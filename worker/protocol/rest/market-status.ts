/** `/status`: whether the days of an exchange come in as they should, with what the owner has set up and what comes next. */
import * as v from "valibot";
import { formatKst } from "../format.ts";
import { Count, DenialName, KstTime, listOf, SessionDate, VendorName } from "../vocabulary.ts";
import { BackfillFacts } from "./backfill.ts";
import { HealthBody } from "./health.ts";
import { SessionDifferences, StatedDay } from "./day-facts.ts";
import { MissingScan, NextStep, StepReport } from "./day-step.ts";
import { encodeReason, RunBody } from "./scan-run.ts";

const Denial = v.object({
  why: DenialName,
  /** What was refused, and what the owner can do. */
  subject: v.string(),
  /** The vendor's service that is refused alone; `null` when all of them are. */
  service: v.nullable(v.string()),
  at: v.nullable(KstTime),
  /** Nothing is asked before it. */
  until: KstTime,
});

const Source = v.object({
  id: VendorName,
  /** `MARKET_SOURCES` names it. */
  named: v.boolean(),
  /** Names of its secrets that are not set; with any of them it is not asked. */
  missing_secrets: listOf(v.string()),
  denials: listOf(Denial),
  /** When it last served this key, to the hour; `null` before the first time. */
  served_at: v.nullable(KstTime),
  calls_today: Count,
  /** `null` where the vendor counts none. */
  calls_per_day: v.nullable(Count),
  token: v.nullable(v.object({ issued_at: KstTime, until: KstTime })),
});

/** The answer of `/api/kr/status`. No secret, no token, no fingerprint of one. */
export const MarketStatusBody = v.object({
  ...v.omit(HealthBody, ["status", "server_time", "last_run"]).entries,
  /** What brings sessions by itself: on their own evening, and on the morning of the next one. Both `false` without a source. */
  plan: v.object({ evening: v.boolean(), morning: v.boolean() }),
  /** One of each vendor that this program knows; none of a simulated market. */
  sources: listOf(Source),
  /** Of each kind that ever ended, the outcome of the newest session. */
  steps: listOf(StepReport),
  /** What the clock does next, and at which of its turns. */
  next: v.nullable(NextStep),
  /** The newest session whose rows are amended no more, and the newest one whose rows are. */
  newest_final: v.nullable(SessionDate),
  newest_provisional: v.nullable(SessionDate),
  /** Days that the calendar takes for sessions and that the vendors know to be none. */
  days_off: listOf(SessionDate),
  /** Days of which a vendor's calendar states another thing than the built-in one, rising. */
  stated_days: listOf(StatedDay),
  /** Of sessions of the last three months, newest first. */
  differences: listOf(SessionDifferences),
  backfill: BackfillFacts,
  /** The scan that should be there and is not; `null` when none is missing. */
  missing: v.nullable(MissingScan),
  /** The newest runs first. */
  runs: listOf(RunBody),
  generated_at: KstTime,
});
export type MarketStatusBody = v.InferOutput<typeof MarketStatusBody>;

type SourceBody = MarketStatusBody["sources"][number];

/** As the book states it. Milliseconds since the epoch. */
interface StatedSource extends Pick<SourceBody, "id"> {
  readonly isNamed: boolean;
  readonly missing: readonly string[];
  readonly denials: readonly (Pick<SourceBody["denials"][number], "why" | "subject" | "service"> & {
    readonly at: number | null;
    readonly until: number;
  })[];
  readonly servedAt: number | null;
  readonly callsToday: number;
  readonly callsPerDay: number | null;
  readonly token: { readonly issuedAt: number; readonly until: number } | null;
}

const timeOrNull = (at: number | null): string | null => (at === null ? null : formatKst(at));

export function encodeSource(source: StatedSource): SourceBody {
  const { id, isNamed, missing, denials, servedAt, callsToday, callsPerDay, token } = source;
  return {
    id,
    named: isNamed,
    missing_secrets: [...missing],
    denials: denials.map(({ why, subject, service, at, until }) => ({
      why,
      subject: encodeReason(subject),
      service,
      at: timeOrNull(at),
      until: formatKst(until),
    })),
    served_at: timeOrNull(servedAt),
    calls_today: callsToday,
    calls_per_day: callsPerDay,
    token: token && { issued_at: formatKst(token.issuedAt), until: formatKst(token.until) },
  };
}
