/** How far the past of an exchange has been fetched, as the owner's route and the page's show it. */
import * as v from "valibot";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { formatDay, formatKst } from "../format.ts";
import { Count, KstTime, listOf, SessionDate } from "../vocabulary.ts";

export const BackfillFacts = v.object({
  /** `none`: never begun, because no vendor is set. `waiting`: refused or failed, tried again within ten minutes. */
  status: v.picklist(["none", "running", "waiting", "done"]),
  /** What the numbers are of, where they are not of sessions of the whole market: shares with the whole past of each. */
  counts: v.optional(v.literal("shares")),
  /** Sessions that are there, of those that are wanted, and how many of them were fetched. */
  sessions: Count,
  wanted: Count,
  fetched: Count,
  /** The date that is asked for next; `null` when none is. */
  next_day: v.nullable(SessionDate),
  /** Weekdays that the calendar took for sessions and that had none. */
  holidays: listOf(SessionDate),
  started_at: v.nullable(KstTime),
  /** Seconds that the rest will take; `null` while nothing can be said. */
  seconds_left: v.nullable(Count),
  /** Why it waits. */
  reason: v.nullable(v.string()),
  /** `refused`: until the owner acts; `failed`: until the next turn of the clock. Older answers lack it. */
  waits: v.optional(v.nullable(v.picklist(["refused", "failed"]))),
});
export type BackfillFacts = v.InferOutput<typeof BackfillFacts>;

/** Whom a past waits for; `null` while it does not. Of an answer without the field it is read from its reason, which begins with the status. */
export function whatBackfillWaits({
  status,
  reason,
  waits,
}: Pick<BackfillFacts, "status" | "reason" | "waits">): "refused" | "failed" | null {
  if (status !== "waiting") {
    return null;
  }
  return waits ?? (reason?.startsWith("denied,") === true ? "refused" : "failed");
}

/** As the book counts it. Milliseconds. */
interface CountedBackfill extends Pick<
  BackfillFacts,
  "sessions" | "wanted" | "fetched" | "reason" | "waits"
> {
  readonly status: "running" | "waiting" | "done";
  readonly counts: "sessions" | "shares";
  readonly next: TradingDay;
  readonly holidays: readonly TradingDay[];
  readonly startedAt: number;
  readonly leftMs: number | null;
}

const NONE: BackfillFacts = {
  status: "none",
  sessions: 0,
  wanted: 0,
  fetched: 0,
  next_day: null,
  holidays: [],
  started_at: null,
  seconds_left: null,
  reason: null,
};

/** `null` where none was ever begun. */
export function encodeBackfill(progress: CountedBackfill | null): BackfillFacts {
  if (progress === null) {
    return NONE;
  }
  const { status, counts, sessions, wanted, fetched, next, holidays, startedAt, leftMs, reason, waits } =
    progress;
  return {
    status,
    ...(counts === "shares" && { counts }),
    sessions,
    wanted,
    fetched,
    next_day: status === "done" || counts === "shares" ? null : formatDay(next),
    holidays: holidays.map(formatTradingDay),
    started_at: formatKst(startedAt),
    seconds_left: leftMs === null ? null : Math.ceil(leftMs / 1_000),
    reason,
    ...(waits !== undefined && { waits }),
  };
}
