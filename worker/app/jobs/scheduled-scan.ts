/** The clock's scan of the active exchange. A day without a new session leaves a skipped run, so that it can be seen. */
import { type Log, logFailure } from "../ports/log.ts";
import type { MarketBookPort } from "../ports/market-book.ts";
import type { Settings } from "../ports/settings.ts";
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
