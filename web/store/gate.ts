/** The market gate of the last scan. */
import { MarketGateBody } from "../../worker/protocol/market-gate.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";
import { RequestError } from "./request-error.ts";

export interface GateAnswer {
  /** `null` before the first scan: an expected state, not a failure. */
  readonly gate: MarketGateBody | null;
}

export function createGate(): Remote<GateAnswer> {
  return createRemote(async (abort) => {
    try {
      return { gate: await fetchJson("/api/kr/market-gate", MarketGateBody, abort) };
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) {
        return { gate: null };
      }
      throw error;
    }
  });
}
