/** What a check of the sources means: each fact becomes a finding with what to do. No secret and no text of a vendor enters here. */
import { TWO_CLOSES_SINCE } from "../../../core/bars/origin.ts";
import { formatTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Denial } from "../../ports/market-sources.ts";
import type { SampleRow, SourceFinding } from "../../ports/source-check.ts";
import { isCalendarSession } from "./session-days.ts";

type Judged = Pick<SourceFinding, "mark" | "what" | "remedy">;

/** What an owner can do about each refusal. The guide and the status page state the same. */
export const DENIAL_REMEDIES: Readonly<Record<Denial, string>> = {
  bad_key: "Set the key again as the vendor's own page shows it, without spaces or quotes.",
  service_not_approved:
    "Apply for this service by itself on the vendor's page; approval of one does not bring the others.",
  address_not_allowed:
    "The vendor does not let this address in. Register it there, or run `npm run collect` on a machine that it lets in.",
  key_in_use: "Another program uses this key. End it, or take a key of its own for each program.",
  quota: "The calls of today are spent. They count anew at midnight in Seoul; until then nothing is asked.",
  blocked:
    "The vendor takes this address for a robot and answers nothing for a day. Ask nothing until then, this check included: each call prolongs it. If it comes back, run `npm run collect` from another address.",
};

/** A vendor that gives no answer, or none that can be read. */
export const FAILURE_REMEDY =
  "Look at it again in some minutes. If it stays so from a deployment and not from your own machine, the vendor does not let foreign addresses in: run `npm run collect` there.";

const CLOCK_MS = { ok: 10_000, fault: 60_000 } as const;

export function judgeClock(skewMs: number): Judged {
  const size = Math.abs(skewMs);
  const seconds = Math.round(size / 1_000);
  const what = `This program's clock is ${seconds} s ${skewMs > 0 ? "behind" : "before"} the vendor's.`;
  const remedy =
    "Set the clock of the machine that the Worker runs on: what a close is and when a day is published is decided by minutes.";
  return size <= CLOCK_MS.ok
    ? { mark: "ok", what: "This program's clock agrees with the vendor's.", remedy: null }
    : { mark: size > CLOCK_MS.fault ? "fault" : "warning", what, remedy };
}

const NAMED_DAYS = 5;

function listDays(days: readonly TradingDay[]): string {
  const named = days.slice(0, NAMED_DAYS).map(formatTradingDay).join(", ");
  return days.length > NAMED_DAYS ? `${named} and ${days.length - NAMED_DAYS} more` : named;
}

/** The built-in calendar against the vendor's. The scan of a session that it does not know is refused. */
export function judgeCalendar(sessions: ReadonlyMap<TradingDay, boolean>): Judged {
  const differing = [...sessions].filter(([day, isOpen]) => isCalendarSession(day) === !isOpen);
  const missed = differing.filter(([, isOpen]) => isOpen).map(([day]) => day);
  const idle = differing.filter(([, isOpen]) => !isOpen).map(([day]) => day);
  const remedy = "Update the program, or write the day into worker/core/calendar/krx-holidays.ts.";
  if (missed.length > 0) {
    const what = `The vendor opens on ${listDays(missed)}, where the calendar of this program has no session.`;
    return { mark: "fault", what, remedy };
  }
  return idle.length > 0
    ? {
        mark: "warning",
        what: `The vendor is closed on ${listDays(idle)}, where the calendar of this program has a session.`,
        remedy,
      }
    : {
        mark: "ok",
        what: `The calendar agrees with the vendor's on all of ${sessions.size} days.`,
        remedy: null,
      };
}

/** How much of the pairs must agree, and how many there must be. */
const REGULAR_SHARE = 0.9;
const LEAST_PAIRS = 5;

/** One share's close of a session, with the base price of its next one. */
export interface ClosePair {
  readonly close: number;
  readonly base: number;
}

/**
 * Of rows of sessions since 2026-09-14 in which the share traded, those whose source states the regular close, each with the base
 * price of the session after it. `next` is that session by the rows themselves.
 */
export function closePairs(rows: readonly SampleRow[], tickers: ReadonlySet<string>): readonly ClosePair[] {
  const byTicker = new Map<string, SampleRow[]>();
  for (const one of rows.filter(({ ticker }) => tickers.size === 0 || tickers.has(ticker))) {
    byTicker.set(one.ticker, [...(byTicker.get(one.ticker) ?? []), one]);
  }
  return [...byTicker.values()].flatMap((own) =>
    own
      .toSorted((a, b) => a.row.day - b.row.day)
      .flatMap(({ row, close }, n, all): readonly ClosePair[] => {
        const base = all[n + 1]?.row.base ?? null;
        const counts = row.day >= TWO_CLOSES_SINCE && row.volume > 0 && close === "regular";
        return base !== null && counts ? [{ close: row.close, base }] : [];
      }),
  );
}

/** `null`: too few pairs to tell. */
export function judgeCloses(pairs: readonly ClosePair[]): Judged | null {
  if (pairs.length < LEAST_PAIRS) {
    return null;
  }
  const same = pairs.filter(({ close, base }) => close === base).length;
  const counted = `${same} of ${pairs.length} closes are the base price of the next session`;
  return same >= REGULAR_SHARE * pairs.length
    ? { mark: "ok", what: `The regular close, as this program takes it for: ${counted}.`, remedy: null }
    : {
        mark: "fault",
        what: `The last price of the after-market, where this program takes it for the regular close: ${counted}.`,
        remedy:
          "Take this source out of MARKET_SOURCES and report it with this line: corporate actions would be invented from its rows.",
      };
}
