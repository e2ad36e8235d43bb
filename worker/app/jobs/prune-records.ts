/** JB17: one bounded step of the retention: what is beyond its time leaves, and one line of the log counts it. */
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import { DAY_MS, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { RecordBounds, Retention } from "../ports/retention.ts";
import type { RetentionRule } from "../retention-rule.ts";
import { JUDGED_AGAIN } from "./due-correction.ts";

/** As many as the ring of a topic holds: an older message reaches nobody any more. */
const MESSAGES_KEPT = 256;
/** A session has one scan, and a few more where the owner asks or a scan fails. */
const RUNS_A_SESSION = 4;
/** Sessions whose evenings can be restored: those that are judged again, ten in which an ended signal may return, and two spare. */
const VERSIONS_KEPT = JUDGED_AGAIN + PARAMS.life.relistSessions + 2;
/** Rows of each kind that one step deletes at most. */
const PRUNE_LIMIT = 500;

export interface PrunePorts {
  readonly clock: Clock;
  readonly retention: Pick<Retention, "prune">;
  readonly retentionRule: RetentionRule;
}

/** `sessions`: those of the book, oldest first. Resolves with `true` when another step has more to delete. */
export async function pruneRecords(
  exchange: Exchange,
  sessions: readonly TradingDay[],
  { clock, retention, retentionRule }: PrunePorts,
  log: Log,
): Promise<boolean> {
  const now = clock.now();
  const bounds = {
    publishedBefore: now - retentionRule.outboxDays * DAY_MS,
    messagesKept: MESSAGES_KEPT,
    actionsBefore: now - retentionRule.ownerLogDays * DAY_MS,
    versionsBefore: sessions.at(-VERSIONS_KEPT) ?? null,
    record: recordBounds(exchange, sessions, retentionRule.demoSessions),
  };
  const { deleted, more } = await retention.prune(exchange, bounds, PRUNE_LIMIT);
  if (Object.values(deleted).some((rows) => rows > 0)) {
    log.write("info", "records_pruned", { exchange, ...deleted, more });
  }
  return more;
}

/** `null` for an exchange whose sessions really were, and before the book has more of them than are kept. */
function recordBounds(
  exchange: Exchange,
  sessions: readonly TradingDay[],
  kept: number,
): RecordBounds | null {
  const firstSession = sessions.at(-kept);
  return profileOf(exchange).sessionsKept === null || firstSession === undefined
    ? null
    : { firstSession, runsKept: RUNS_A_SESSION * kept };
}
