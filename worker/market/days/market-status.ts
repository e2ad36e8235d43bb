/** MD40: how the days of a real market come in, read from what its book keeps: for pages, checks and the watch. */
import { STEP_KINDS } from "../../core/session/day-step.ts";
import type { ClockSources } from "../../app/jobs/days/market-clock.ts";
import { nextStep } from "../../app/jobs/days/next-step.ts";
import type { SessionDays, StatedDays } from "../../app/jobs/days/session-days.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import {
  type MarketStatus,
  type PlanSince,
  type SessionDifferences,
  type SourceState,
} from "../../app/ports/market-status.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "../bars/book-tables.ts";
import type { StepTable } from "./step-table.ts";

/** What it is read from. */
export interface StatusParts {
  readonly now: number;
  readonly sql: BookStorage["sql"];
  readonly steps: StepTable;
  readonly can: ClockSources | null;
  readonly since: PlanSince;
  readonly backfill: BackfillProgress | null;
  readonly sources: readonly SourceState[];
  readonly days: SessionDays;
  readonly stated: StatedDays;
  readonly differences: readonly SessionDifferences[];
}

function newest(sql: BookStorage["sql"], isProvisional: boolean): TradingDay | null {
  const { day } = sql
    .exec<{ day: number | null }>(
      `SELECT max(day) AS day FROM session
       WHERE rows > 0 AND day ${isProvisional ? "IN" : "NOT IN"} (SELECT day FROM day_provisional)`,
    )
    .one();
  return day === null ? null : tradingDayOf(day);
}

/** Changes nothing and asks nobody. */
export function readMarketStatus(parts: StatusParts): MarketStatus {
  const { now, sql, steps, can, backfill, since, sources, stated, differences } = parts;
  const statedDays = Array.from(stated, ([day, isSession]) => ({ day: tradingDayOf(day), isSession }));
  const closed = [
    ...steps.daysOff(),
    ...statedDays.flatMap(({ day, isSession }) => (isSession ? [] : [day])),
  ];
  return {
    plan: { evening: can?.snapshot === true, morning: can?.official === true },
    since,
    sources,
    steps: STEP_KINDS.flatMap((kind) => steps.newest(kind) ?? []),
    newestFinal: newest(sql, false),
    newestProvisional: newest(sql, true),
    daysOff: Array.from(new Set([...(backfill?.holidays ?? []), ...closed])).toSorted((a, b) => a - b),
    statedDays: statedDays.toSorted((a, b) => a.day - b.day),
    differences,
    backfill,
    next: can === null ? null : nextStep(now, can, (step) => steps.isSettled(step), parts.days),
  };
}
