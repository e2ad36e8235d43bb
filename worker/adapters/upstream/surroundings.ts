/** What every vendor's adapter needs of the program around it, so that one adapter runs in the Worker, in Node and in tests. */
import type { Clock } from "../../app/ports/clock.ts";
import type { Log } from "../../app/ports/log.ts";
import type { SourceId, UpstreamLimits, UpstreamStore } from "../../app/ports/market-sources.ts";
import type { Neighbour } from "../../app/ports/neighbour-error.ts";
import type { VendorDates } from "./vendor-dates.ts";

export interface Surroundings {
  fetch(request: Request): Promise<Response>;
  readonly clock: Clock;
  /** Resolves after so many milliseconds of {@link Surroundings.clock}. */
  wait(ms: number): Promise<void>;
  /** Uniform in [0, 1), for the jitter of a retry. */
  random(): number;
  readonly log: Log;
  /** How long a vendor may take for an answer, in real milliseconds; 20 s by default. */
  readonly patienceMs?: number;
  readonly limits: UpstreamLimits;
  /** Takes down what the vendors' clocks show; absent where nobody asks. */
  readonly dates?: VendorDates;
  readonly store: UpstreamStore;
}

const NEIGHBOUR_OF: Readonly<Record<SourceId, Neighbour>> = { krx: "KRX", kis: "KIS", kiwoom: "Kiwoom" };

/** The name under which a vendor's failures are logged and shown. */
export function neighbourOf(vendor: SourceId): Neighbour {
  return NEIGHBOUR_OF[vendor];
}
