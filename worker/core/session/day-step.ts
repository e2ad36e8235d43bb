/** The steps that bring the sessions of a real market: one list for the clock, the answers and the page. */

/**
 * `calendar`: the vendor's own calendar, of today. `official_master`, `official_day`: of a session that is over. `present_master`,
 * `evening_snapshot`: of today's, before it opens, and between its close and the after-market. `history_day`: of the last sessions, share
 * by share. `backfill`, `activation`: of the past and of the first exchange, which no clock begins.
 */
export const STEP_KINDS = [
  "calendar",
  "official_master",
  "official_day",
  "present_master",
  "evening_snapshot",
  "history_day",
  "backfill",
  "activation",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** How a step can end; `stored` and `closed` settle it. */
export const STEP_STATUSES = ["stored", "closed", "not_ready", "denied", "failed"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];
