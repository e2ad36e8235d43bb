/** CR1: which sessions are judged again, from the days whose rows changed since the last scan. */
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import type { CorrectionLedger } from "../ports/correction-ledger.ts";
import type { ChangedRows, LeftChanges } from "../ports/market-book.ts";
import { type ScanBars, sessionsIn } from "./scan-bars.ts";

/** Older days are stored and judge nothing again unless asked for (decision 031). */
export const JUDGED_AGAIN = 20;

/** Days whose rows changed, and the revision of the bars up to which they are known. */
export interface BarChanges {
  /** Ascending. */
  readonly days: readonly TradingDay[];
  readonly revision: number;
}

/** The bars of a book that remembers what changed since it was last scanned. */
export interface ChangingBars extends ScanBars {
  changes(): BarChanges;
}

type DueReads = Pick<CorrectionLedger, "judgedSince" | "reach" | "doneSince">;

/** `asked`: a day from which the owner wants all sessions judged again. Rejects when the ledger is out of reach. */
export async function changedRows(
  exchange: Exchange,
  changed: readonly TradingDay[],
  bars: ScanBars,
  ledger: DueReads,
  asked: TradingDay | null = null,
): Promise<ChangedRows> {
  const days = asked === null ? changed : [asked];
  const [earliest] = days;
  if (earliest === undefined) {
    return { due: null, left: null };
  }
  const sessions = sessionsIn(bars);
  const judged = await ledger.judgedSince(exchange, earliest);
  const reach = judged.length === 0 ? null : await reachOf(exchange, earliest, ledger);
  const recent = asked === null ? (sessions.at(-JUDGED_AGAIN) ?? sessions[0] ?? earliest) : earliest;
  const first = reach === null ? null : tradingDayOf(Math.max(recent, reach));
  const last = judged.at(-1) ?? earliest;
  const from = first === null ? undefined : days.find((day) => day >= first && day <= last);
  const exists = new Set<number>(sessions);
  const due =
    from === undefined ? null : { from, sessions: judged.filter((day) => day >= from && exists.has(day)) };
  return {
    due,
    left: leftOf(
      days.filter((day) => day <= last && (first === null || day < first)),
      judged,
      reach,
    ),
  };
}

/** LCI6: what other rules judged cannot be judged again by those in force; what they listed would vanish. */
async function reachOf(
  exchange: Exchange,
  earliest: TradingDay,
  ledger: DueReads,
): Promise<TradingDay | null> {
  const kept = await ledger.reach(exchange);
  const done = await ledger.doneSince(exchange, earliest);
  const byOthers = done.filter(({ paramsVersion }) => paramsVersion !== PARAMS.version);
  const last = byOthers.reduce((day, { asOf }) => Math.max(day, asOf ?? 0), Number.NEGATIVE_INFINITY);
  return kept === null ? null : tradingDayOf(Math.max(kept, last + 1));
}

/** Only days that a scan has judged, or on which a judged session rests, are left behind; the others nobody judged yet. */
function leftOf(
  days: readonly TradingDay[],
  judged: readonly TradingDay[],
  reach: TradingDay | null,
): LeftChanges | null {
  const [first] = days;
  const last = judged.at(-1);
  if (first === undefined || last === undefined) {
    return null;
  }
  return { first, days: days.length, possibleFrom: reach !== null && reach <= last ? reach : null };
}
