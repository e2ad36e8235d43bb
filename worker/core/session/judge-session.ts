/** DY4: everything that is known of one session, as findings in the order of their names. */
import { calendarDay, type CalendarDay } from "../calendar/krx-calendar.ts";
import { type PartialDay, partialDay } from "../calendar/sessions.ts";
import { type TradingDay, tradingDayAt } from "../calendar/trading-day.ts";
import { profileOf } from "../instrument/exchange-profile.ts";
import type { Exchange } from "../instrument/instrument.ts";
import { FINDING_KINDS, type SessionFinding } from "./finding.ts";
import type { SessionFigures } from "./session-figures.ts";

/** What imports replaced by a constant factor and no owner has accepted: how many tickers, the fewest days, the median factor. */
export interface RebasedHistory {
  readonly tickers: number;
  readonly days: number;
  readonly factor: number;
}

/** One session and what surrounds it. `now` in milliseconds since the epoch. */
export interface JudgedSession {
  readonly exchange: Exchange;
  readonly day: TradingDay;
  readonly now: number;
  /** Tickers with a row, by day; later days are left out. */
  readonly rowsByDay: ReadonlyMap<number, number>;
  /** Has seen every ticker. */
  readonly figures: SessionFigures;
  readonly rebased: RebasedHistory | null;
}

/** What stops the scan of the session, first what refuses it first. */
export function judgeSession(x: JudgedSession): readonly SessionFinding[] {
  const found: SessionFinding[] = [...x.figures.findings()];
  if (profileOf(x.exchange).calendar === "krx") {
    const calendar = calendarDay(x.day);
    const why = closedBecause(calendar);
    if (why !== null) {
      found.push({ kind: "no_session", day: x.day, why });
    }
    const isToday = tradingDayAt(x.now) === x.day;
    if (
      calendar.kind === "session" &&
      ((isToday && x.now < calendar.closesAt) || x.figures.isProvisional())
    ) {
      found.push({ kind: "still_open", day: x.day, closesAt: calendar.closesAt });
    }
  }
  const partial = partialOn(x);
  if (partial !== null) {
    found.push({ kind: "partial_day", ...partial });
  }
  const mixed = x.figures.mixedClose();
  if (mixed !== null) {
    found.push({ kind: "partial_day", day: x.day, ...mixed });
  }
  if (x.rebased !== null) {
    found.push({ kind: "rebased_history", day: x.day, ...x.rebased });
  }
  return found.toSorted((a, b) => FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind));
}

/** SE2 of this session, whatever came after it. */
function partialOn({ day, rowsByDay }: JudgedSession): PartialDay | null {
  const partial = partialDay(new Map([...rowsByDay].filter(([one]) => one <= day)));
  return partial?.day === day ? partial : null;
}

/** A holiday that was only derived from the law may have been moved by decree: it is no reason to refuse a session. */
function closedBecause(calendar: CalendarDay): string | null {
  if (calendar.kind === "weekend") {
    return "a Saturday or Sunday";
  }
  return calendar.kind === "holiday" && calendar.confidence !== "derived" ? calendar.name.en : null;
}

/** DY4a: what the calendar does not know of a day, as a sentence for whoever imports it; `null` when it knows the day. */
export function calendarWarning(exchange: Exchange, day: TradingDay, date: string): string | null {
  const calendar = profileOf(exchange).calendar === "krx" ? calendarDay(day) : null;
  if (calendar?.kind === "unknown") {
    return `${date} lies outside the calendar's years: whether it was a session is not known.`;
  }
  return calendar?.kind === "holiday" && calendar.confidence === "derived"
    ? `${date} should be ${calendar.name.en}, derived from the law and not yet announced.`
    : null;
}
