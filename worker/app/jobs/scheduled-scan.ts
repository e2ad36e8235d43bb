/**
 * The clock's scan of the active exchange. A day without a new session leaves a skipped run, so that it can be seen; where sessions
 * come in by themselves the steps of the day have left their rows already.
 */
import type { Clock } from "../ports/clock.ts";
import { type Log, logFailure } from "../ports/log.ts";
import type { MarketBookPort } from "../ports/market-book.ts";
import type { MarketStatusPort } from "../ports/market-status.ts";
import type { Settings } from "../ports/settings.ts";
import { readScanDue, type ScanDuePorts } from "../scan-due.ts";
import { EVENING_REQUEST } from "../scan-schedule.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

/** The platform starts a cron once; what fails is tried again in the same invocation. */
const ATTEMPTS = 4;
const WAIT_MS = 15_000;

/** The neighbours of the Cron Trigger's entry. */
export interface ScheduledScanPorts {
  readonly settings: Pick<Settings, "activeExchange">;
  readonly log: Log;
  book(exchange: Exchange): Pick<MarketBookPort, "run">;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/**
 * Resolves when the book has run the scan, or is busy and has promised to run it (BK19). Rejects with the last neighbour's
 * error when no attempt came through.
 */
export async function scheduledScan(ports: ScheduledScanPorts): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const exchange = await ports.settings.activeExchange();
      const outcome = await ports.book(exchange).run(EVENING_REQUEST);
      const run = outcome.status === "busy" ? outcome.runId : outcome.run.id;
      const level = outcome.status === "failed" ? "error" : "info";
      ports.log.write(level, "scheduled_scan_ended", { exchange, status: outcome.status, run });
      return;
    } catch (error) {
      logFailure(ports.log, "scheduled_scan_failed", error, { attempt }, "error");
      if (attempt === ATTEMPTS) {
        throw error;
      }
    }
    await ports.wait(WAIT_MS * attempt);
  }
}

/** The neighbours of the evening's turn. */
export interface EveningScanPorts extends Omit<ScheduledScanPorts, "book">, Pick<ScanDuePorts, "ledger"> {
  readonly clock: Clock;
  book(exchange: Exchange): Pick<MarketBookPort, "run" | "summary" | "changes"> & MarketStatusPort;
}

/**
 * JB32: as {@link scheduledScan}, but for a session that came in by itself and was judged: a further row would hide it. Nor for a
 * first past on its way, which is judged at its end (MD14).
 */
export async function eveningScan(ports: EveningScanPorts): Promise<void> {
  try {
    const exchange = await ports.settings.activeExchange();
    if (await isNotNeeded(ports, exchange)) {
      ports.log.write("info", "scheduled_scan_not_needed", { exchange });
      return;
    }
  } catch (error) {
    // What is not known is scanned: a row too many hides nothing that a missing scan would not.
    logFailure(ports.log, "evening_not_judged", error);
  }
  await scheduledScan(ports);
}

async function isNotNeeded(ports: EveningScanPorts, exchange: Exchange): Promise<boolean> {
  const { days, lastDone, summary } = await readScanDue(ports, exchange, ports.clock.now());
  const isByItself = days.plan.evening || days.plan.morning;
  const judged = lastDone?.asOf ?? null;
  if (lastDone === null && days.backfill?.status === "running") {
    return isByItself;
  }
  return (
    isByItself &&
    judged !== null &&
    summary.lastDay !== null &&
    judged >= summary.lastDay &&
    (await ports.book(exchange).changes()).due === null
  );
}
