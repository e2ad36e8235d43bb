/** The vendor's calendar against the built-in one, once a day: where they differ the vendor's counts for what is due. */
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../../core/calendar/trading-day.ts";
import type { SessionOracle } from "../../ports/market-sources.ts";
import { isCalendarSession, type StatedDays } from "./session-days.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";

/** A vendor that states more differences than this answers with another calendar, and none of it is taken. */
const MOST_DIFFERENCES = 20;

/** What vendors stated before. */
export interface StatedDaysStore {
  all(): StatedDays;
  /** From `from` to `to`, both included, these days and no others are stated. */
  replace(from: TradingDay, to: TradingDay, days: StatedDays): void;
}

/** Rejects as the vendor does, and has stored nothing then. */
export async function askCalendar(
  today: TradingDay,
  { oracle, stated }: { readonly oracle: SessionOracle; readonly stated: StatedDaysStore },
): Promise<StepOutcome> {
  const answer = await oracle.sessions(today);
  if (answer.status !== "ok") {
    return outcomeOf(oracle.id, answer);
  }
  const days = Array.from(answer.value.keys());
  const last = tradingDayOf(Math.max(...days));
  const differing = new Map(
    Array.from(answer.value).filter(([day, isOpen]) => isCalendarSession(day) === !isOpen),
  );
  if (differing.size > MOST_DIFFERENCES) {
    return {
      status: "failed",
      text: `${oracle.id} states ${differing.size} of ${days.length} days otherwise than the calendar, and none is taken`,
    };
  }
  const before = new Map([...stated.all()].filter(([day]) => day >= today && day <= last));
  const isKnown =
    before.size === differing.size && [...differing].every(([day, isOpen]) => before.get(day) === isOpen);
  stated.replace(today, last, differing);
  return { status: "stored", moved: false, isKnown, text: describe(oracle.id, days.length, differing) };
}

function describe(source: string, days: number, differing: StatedDays): string {
  const parts = Array.from(
    differing,
    ([day, isOpen]) =>
      `${formatTradingDay(tradingDayOf(day))} is ${isOpen ? "a session" : "no session"} for ${source}`,
  );
  return parts.length === 0 ? `${days} days as the calendar has them` : parts.join(", ");
}
