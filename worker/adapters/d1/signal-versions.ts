/** The versions of signals that every scan keeps, so that its session can be judged again. */
import type { SignalVersion } from "../../app/ports/correction-ledger.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { signalVersionTable } from "./schema.ts";
import { versionRow, type Writing } from "./signal-rows.ts";

/**
 * Before the first save that keeps versions: the signals as they stand, as versions of the last session that has a gate, and
 * the first day from which sessions can be judged again. A signal that a price of the running session has ended belongs to
 * them. Nothing once the reach is known.
 */
export function firstVersionStatements(
  d1: D1Database,
  exchange: Exchange,
  { runId }: Writing,
): readonly D1PreparedStatement[] {
  const last = "(select max(day) from market_gate where exchange = ?1)";
  return [
    d1
      .prepare(
        `insert or ignore into signal_version (signal_id, day, exchange, run_id, detail)
         select id, ${last}, exchange, ?2, detail from signal
         where exchange = ?1 and withdrawn_by is null and (ended_on is null or ended_on > ${last})
           and ${last} is not null and not exists (select 1 from version_reach where exchange = ?1)`,
      )
      .bind(exchange, runId),
    d1
      .prepare(`insert or ignore into version_reach (exchange, since) values (?1, coalesce(${last} + 1, 0))`)
      .bind(exchange),
  ];
}

/** Each signal as it stands after the session of a run. */
export function versionStatements(
  d1: D1Database,
  versions: readonly SignalVersion[],
  { runId }: Writing,
): readonly D1PreparedStatement[] {
  return bulkInsert(
    d1,
    signalVersionTable,
    versions.map((version) => versionRow(version, runId)),
    { key: [signalVersionTable.signalId, signalVersionTable.day], action: "update" },
  );
}

/** Signals of one session as their versions. */
export function versionsOf(signals: readonly Signal[], day: TradingDay | null): readonly SignalVersion[] {
  return day === null ? [] : signals.map((signal) => ({ day, signal }));
}
