/**
 * EV on the live signals: after each session the outcome of every signal that passed its trigger. Rows are a function of
 * bars and signals alone, so measuring again changes nothing, and measuring day by day gives the rows of measuring once at
 * the end. Every store is read first, as in a scan.
 */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { historyOf } from "../../core/outcome/history.ts";
import { HORIZONS } from "../../core/outcome/outcome.ts";
import type { Params } from "../../core/params.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import type { GateDay, OutcomeStore, SignalOutcome, TriggeredSignal } from "../ports/outcome-store.ts";
import { baselinesOf, type Holding, holdingKey } from "./outcomes-baseline.ts";
import { type Followed, follow, rowsOf } from "./outcomes-signal.ts";
import { named, type Master, type ScanBars, sessionsIn } from "./scan-bars.ts";

const LONGEST = 60;
/** The last scan before a trigger may lie behind holidays, or behind days on which nobody scanned. */
const GATE_DAYS = 31;

/** The neighbours of a measuring. */
export interface OutcomePorts {
  readonly outcomes: OutcomeStore;
  readonly instruments: Pick<InstrumentStore, "all">;
}

/** What one measuring covers. */
export interface Measuring {
  readonly exchange: Exchange;
  /** Bars have changed from this day on since the last measuring. */
  readonly from: TradingDay;
  /** The last scanned session: the signals know nothing of later ones. */
  readonly asOf: TradingDay;
  readonly params: Params;
}

/** Idempotent. Rejects when a store fails; nothing is saved then. */
export async function measureOutcomes(x: Measuring, bars: ScanBars, ports: OutcomePorts): Promise<void> {
  const before = await ports.outcomes.measured(x.exchange);
  const sessions = sessionsIn(bars).filter((session) => session <= x.asOf);
  const last = sessions.at(-1);
  if (last === undefined) {
    return;
  }
  // The first measuring covers every session of the book.
  const from = before === null ? tradingDayOf(sessions[0] ?? last) : x.from;
  const since = measuredFrom(sessions, from);
  const triggered = await ports.outcomes.triggeredSince(x.exchange, since);
  const gates = await ports.outcomes.gateDays(x.exchange, tradingDayOf(since - GATE_DAYS));
  const master = new Map((await ports.instruments.all(x.exchange)).map((one) => [one.ticker, one]));
  const outcomes = measure({ sessions, from, triggered, gates, master, params: x.params }, bars);
  await ports.outcomes.save({
    exchange: x.exchange,
    asOf: last,
    paramsVersion: x.params.version,
    outcomes,
  });
}

/**
 * The earliest session whose longest horizon reaches a changed bar. A correction measures from it: a session that was removed
 * may leave a horizon open that had closed.
 */
export function measuredFrom(sessions: readonly TradingDay[], from: TradingDay): TradingDay {
  const changed = sessions.findIndex((session) => session >= from);
  const place = Math.max(0, (changed < 0 ? sessions.length : changed) - LONGEST + 1);
  return sessions[place] ?? from;
}

interface Known {
  readonly sessions: readonly TradingDay[];
  readonly from: TradingDay;
  readonly triggered: readonly TriggeredSignal[];
  readonly gates: readonly GateDay[];
  readonly master: Master;
  readonly params: Params;
}

/** Pure but for reading the bars. */
function measure(x: Known, bars: ScanBars): readonly SignalOutcome[] {
  const place = new Map(x.sessions.map((day, k) => [day, k]));
  const followed = x.triggered.flatMap((triggered) => {
    const entered = place.get(triggered.enteredOn);
    const columns = bars.series(triggered.signal.ticker);
    // Bars that a book of limited length has given up cannot be measured again; their rows stand.
    if (entered === undefined || columns === null) {
      return [];
    }
    const applied = place.get(triggered.signal.appliedOn) ?? x.sessions.length - 1;
    const gate = x.gates.findLast(({ day }) => day < triggered.enteredOn)?.status ?? null;
    return follow(triggered, historyOf(columns, x.sessions), entered, applied, gate, x.params);
  });
  const baselines = baselinesOf(
    holdingsOf(followed, x),
    named(bars.listings(), x.master),
    x.sessions,
    x.params,
  );
  return followed.flatMap((one) =>
    rowsOf(one, baselines, x.params).filter(({ horizon }) => isTouched({ entered: one.entered, horizon }, x)),
  );
}

/** What must be compared with the market: touched, closed, and each pair of session and horizon once. */
function holdingsOf(followed: readonly Followed[], x: Known): readonly Holding[] {
  const holdings = followed
    .filter(({ outcome }) => outcome !== null)
    .flatMap(({ entered }) => HORIZONS.map((horizon) => ({ entered, horizon })))
    .filter((holding) => endOf(holding, x) !== undefined && isTouched(holding, x));
  return [...new Map(holdings.map((holding) => [holdingKey(holding), holding])).values()];
}

/** A closed horizon changes with its bars; one that is open stands since the session of its entry. */
function isTouched(holding: Holding, x: Known): boolean {
  const end = endOf(holding, x) ?? x.sessions[holding.entered];
  return end !== undefined && end >= x.from;
}

function endOf({ entered, horizon }: Holding, { sessions }: Known): TradingDay | undefined {
  return sessions[entered + horizon - 1];
}
