/** The market gate: what REST knows first, then every change as it is published. */
import { createSignal } from "solid-js";
import {
  MarketGateBody,
  type MarketGateData,
  type RunningGateData,
} from "../../worker/protocol/market-gate.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson, RequestError } from "./fetch-json.ts";
import type { LiveConnection } from "./live-socket.ts";
import { createLoading, type Remote } from "./remote.ts";

/** The gate, or that there is none yet. */
export interface GateAnswer {
  /** `null` before the first scan: an expected state, not a failure. */
  readonly gate: MarketGateData | null;
}

/** Of a session that runs with `at` and `means_of`: provisional. */
export type ShownGate = MarketGateData & Partial<RunningGateData>;

/** That of the running session until a scan has judged the same session. */
export function shownGate(
  last: MarketGateData | null | undefined,
  running: RunningGateData | undefined,
): ShownGate | null {
  return running && running.as_of > (last?.as_of ?? "") ? running : (last ?? null);
}

async function fetchGate(abort: AbortSignal): Promise<MarketGateBody | null> {
  try {
    return await fetchJson("/api/kr/market-gate", MarketGateBody, abort);
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) {
      return null;
    }
    throw error;
  }
}

/** Follows the active exchange; a page of REST never replaces what the stream brought. */
export function createMarketGate(live: LiveConnection, exchange: ActiveExchange): Remote<GateAnswer> {
  const [value, setValue] = createSignal<GateAnswer | null>(null);
  let isLive = false;
  const subscription = live.listen("market_gate", {
    message: (update) => {
      if (update.type === "market_gate_update" && exchange.accepts(update.exchange)) {
        isLive = true;
        setValue({ gate: update.data });
      }
    },
    // The shown gate stays until its replacement is here.
    reset: () => {
      isLive = false;
      void loading.reload();
    },
  });
  const loading = createLoading(fetchGate, (body) => {
    const isAccepted = body === null || exchange.accepts(body.exchange);
    if (isAccepted && (!isLive || !subscription.isCurrent())) {
      setValue({ gate: body });
    }
  });
  live.poll(loading);
  exchange.onSwitch(() => {
    isLive = false;
    setValue(null);
    void loading.reload();
  });
  return { value, ...loading };
}
