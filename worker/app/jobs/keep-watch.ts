/**
 * The clock's look at the installation between the scans: a question wakes an object whose alarm the platform has given up, its
 * birth sets the alarm again, and a scan of an evening that never came is made up for.
 */
import type { AlertLog } from "../ports/alert-log.ts";
import type { AlertsPort } from "../ports/alerts.ts";
import type { Clock } from "../ports/clock.ts";
import { logFailure } from "../ports/log.ts";
import type { MarketBookPort } from "../ports/market-book.ts";
import type { MarketStatusPort } from "../ports/market-status.ts";
import { type Neighbour, NeighbourError } from "../ports/neighbour-error.ts";
import type { ScanLedger } from "../ports/scan-ledger.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { type MissingScan, readScanDue } from "../scan-due.ts";
import { scheduledScan, type ScheduledScanPorts } from "./scheduled-scan.ts";

/** The evening's own cron has tried again for so long. */
const GRACE_MS = 4 * 60_000;
/** A run that was begun, however it ended, is not begun again before; the time doubles with each that failed. */
const AGAIN_MS = 30 * 60_000;
/** With as many failures of an evening the next evening comes first. */
const MAX_FAILURES = 8;
/** An object that is silent for longer is out of reach. */
const PATIENCE_MS = 10_000;

/** One object that is asked. */
export interface WatchedObject {
  /** Names it among all objects, `Topic signal:vcp`. */
  readonly object: string;
  readonly neighbour: Neighbour;
  /** Answered from its own storage. Rejects when it is out of reach. */
  ask(): Promise<unknown>;
}

/** The neighbours of a watch. */
export interface WatchPorts extends ScheduledScanPorts {
  readonly clock: Clock;
  readonly ledger: Pick<ScanLedger, "runs" | "lastRun">;
  book(exchange: Exchange): Pick<MarketBookPort, "run" | "summary"> & MarketStatusPort;
  /** AL4: where a scan that did not come is stated. */
  readonly alerts: Pick<AlertLog, "append"> & Pick<AlertsPort, "wake">;
  /** Every object there is. */
  objects(): readonly WatchedObject[];
}

/** Rejects with the neighbour's error where it could not be learnt whether a scan is missing, or where that scan failed; the next watch asks again. */
export async function keepWatch(ports: WatchPorts): Promise<void> {
  const awake = ports.objects().map(async (object) => {
    try {
      await Promise.race([object.ask(), silence(object, ports)]);
    } catch (error) {
      const { object: name, neighbour } = object;
      logFailure(ports.log, "object_out_of_reach", error, { object: name, neighbour });
    }
  });
  try {
    if (await isScanMissing(ports)) {
      ports.log.write("warn", "scheduled_scan_missing");
      await scheduledScan(ports);
    }
  } finally {
    await Promise.all(awake);
  }
}

/** Rejects when the object has had its time to answer. */
async function silence({ neighbour }: WatchedObject, ports: Pick<WatchPorts, "wait">): Promise<never> {
  await ports.wait(PATIENCE_MS);
  throw new NeighbourError(`${neighbour} gave no answer within ${PATIENCE_MS} ms`, {
    neighbour,
    retryable: true,
  });
}

/**
 * Without the rows of its session there is nothing to scan: the clock asks the vendors for them. What was refused for a finding
 * is for the owner to accept.
 */
function isForTheWatch({ day, hasRows, refused }: MissingScan): boolean {
  return day === null || (hasRows && refused?.status !== "skipped");
}

async function isScanMissing(ports: WatchPorts): Promise<boolean> {
  const { settings, clock } = ports;
  const exchange = await settings.activeExchange();
  const now = clock.now();
  const { missing, runs } = await readScanDue(ports, exchange, now, GRACE_MS);
  const newest = runs.slice(0, MAX_FAILURES);
  const [last] = newest;
  if (missing !== null) {
    await stateOverdue(exchange, now, ports);
  }
  if (missing === null || !isForTheWatch(missing)) {
    return false;
  }
  const since = newest.findIndex(({ status }) => status === "done");
  const failures = newest
    .slice(0, since === -1 ? newest.length : since)
    .filter(
      ({ status, startedAt }) => status === "failed" && (missing.day !== null || startedAt >= missing.at),
    );
  return last === undefined || now - last.startedAt >= AGAIN_MS * 2 ** Math.max(0, failures.length - 1);
}

/** AL4: once a day. A log that is out of reach does not keep the scan from being made up for. */
async function stateOverdue(exchange: Exchange, now: number, { alerts, log }: WatchPorts): Promise<void> {
  const day = tradingDayAt(now);
  try {
    await alerts.append([
      { id: `${exchange}:scan_overdue:${day}`, exchange, day, at: now, kind: "scan_overdue" },
    ]);
    await alerts.wake();
  } catch (error) {
    logFailure(log, "overdue_scan_not_told", error, { exchange });
  }
}
