/** FT: the signals that the session which runs would give birth to if it closed now. Provisional: nothing of it is saved. */
import { incumbentsOf } from "../../core/lifecycle/incumbent.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { PARAMS } from "../../core/params.ts";
import { breadthOf } from "../../core/scan/running-gate.ts";
import type { RunLedger } from "../ports/correction-ledger.ts";
import type { FormingList } from "../ports/forming.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import { ProvisionalBars, type RunningSession } from "./provisional-bars.ts";
import { MEMORY_DAYS } from "./run-scan.ts";
import { type ScanBars, scanBars, sessionsIn } from "./scan-bars.ts";
import { settleScan } from "./settle-scan.ts";

/** Fewer shares are no market: RS and the gate are of all of them. As SE2 has it of a session that came in part. */
const COVERAGE = 0.95;

export interface FormingPorts {
  readonly ledger: Pick<RunLedger, "openSignals" | "endedSince" | "withdrawn">;
  readonly instruments: Pick<InstrumentStore, "all">;
}

/** Asked for in vain: too few shares have a price, or there is nothing to compare the session with. */
export interface NothingForming {
  readonly missing: "coverage" | "bars";
  readonly quoted: number;
  readonly expected: number;
}

/** Rejects when a store is out of reach. The bars are read after the last await: no import comes between. */
export async function formingToday(
  exchange: Exchange,
  bars: ScanBars,
  session: RunningSession,
  { ledger, instruments }: FormingPorts,
): Promise<FormingList | NothingForming> {
  const { at } = session;
  const master = new Map((await instruments.all(exchange)).map((one) => [one.ticker, one]));
  const open = await ledger.openSignals(exchange);
  const known = [
    ...(await ledger.endedSince(exchange, tradingDayOf(session.day - MEMORY_DAYS))),
    ...(await ledger.withdrawn(exchange)),
  ];
  const before = sessionsIn(bars).at(-1);
  const expected = before === undefined ? 0 : (bars.rowsByDay().get(before) ?? 0);
  const now = new ProvisionalBars(bars, session);
  const { quoted } = now;
  if (before === undefined || before >= session.day) {
    return { missing: "bars", quoted, expected };
  }
  if (quoted < COVERAGE * expected) {
    return { missing: "coverage", quoted, expected };
  }
  const incumbents = incumbentsOf(
    open.map((one) => one.signal),
    PARAMS,
  );
  const result = scanBars(exchange, now, master, { incumbents, figures: null });
  if (result === null) {
    return { missing: "bars", quoted, expected };
  }
  const settled = settleScan({
    exchange,
    result,
    open,
    ended: known,
    eventCounts: new Map(),
    instruments: master,
    sessions: sessionsIn(now),
    rowsOf: (ticker) => now.series(ticker),
    params: PARAMS,
  });
  const born = new Set(settled.diff.born);
  const signals = settled.signals
    .filter((signal) => born.has(signal.id))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map((signal) => ({
      signal,
      createdAt: at,
      updatedAt: at,
      runId: "",
      nameEn: master.get(signal.ticker)?.nameEn ?? null,
    }));
  return { day: session.day, at, quoted, expected, breadth: breadthOf(result.gate), signals };
}
