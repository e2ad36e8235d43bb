/** DY4: the judgement on a session of a book, for the scan that it may stop, for an import, and for a correction of the past. */
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SessionFinding } from "../../core/session/finding.ts";
import { judgeSession } from "../../core/session/judge-session.ts";
import { SessionFigures } from "../../core/session/session-figures.ts";
import { type ScanBars, sessionsIn } from "./scan-bars.ts";

/** The figures of a session before any ticker was seen. */
export function figuresOn(bars: ScanBars, day: TradingDay): SessionFigures {
  const before = sessionsOf(bars.rowsByDay(), []).findLast((session) => session < day);
  const origins = bars.origins?.();
  const calendar = calendarDay(day);
  // The rows of an evening are provisional too, and came when the session could not move them any more.
  const isEarly = (id: number): boolean =>
    calendar.kind !== "session" || (origins?.get(id)?.receivedAt ?? 0) < calendar.closesAt;
  return new SessionFigures(day, before ?? null, isEarly);
}

/** `figures` have seen every ticker. `now` in milliseconds since the epoch. */
export function findingsOf(
  exchange: Exchange,
  bars: ScanBars,
  day: TradingDay,
  now: number,
  figures: SessionFigures,
): readonly SessionFinding[] {
  return judgeSession({
    exchange,
    day,
    now,
    rowsByDay: bars.rowsByDay(),
    figures,
    rebased: bars.rebased(),
  });
}

/** The session that a scan would judge; nothing without one. */
export function lastFindings(exchange: Exchange, bars: ScanBars, now: number): readonly SessionFinding[] {
  const day = sessionsIn(bars).at(-1);
  return day === undefined ? [] : sessionFindings(exchange, bars, day, now);
}

/** Any session of the book, judged on the bars up to it; reads every series once. */
export function sessionFindings(
  exchange: Exchange,
  bars: ScanBars,
  day: TradingDay,
  now: number,
): readonly SessionFinding[] {
  const figures = figuresOn(bars, day);
  for (const { columns } of bars.listings()) {
    figures.add(columns);
  }
  return findingsOf(exchange, bars, day, now, figures);
}
