/** The state of the deployment: whether a scan runs, what the last one found, and which bars are there. */
import { createSignal } from "solid-js";
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import { ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson } from "./fetch-json.ts";
import type { LiveConnection } from "./live-socket.ts";
import { createLoading, createRemote, type Remote } from "./remote.ts";

/** What the deployment holds: loaded only where an empty list has to give its reason. */
export function createHealth(): Remote<HealthBody> {
  return createRemote(async (abort) => fetchJson("/api/health", HealthBody, abort));
}

/** The progress of a scan comes live, its result by REST. */
export function createScanStatus(live: LiveConnection, exchange: ActiveExchange): Remote<ScanStatus> {
  const [value, setValue] = createSignal<ScanStatus | null>(null);
  const loading = createLoading(
    async (abort) => fetchJson("/api/kr/scan/status", ScanStatus, abort),
    (body) => {
      if (exchange.accepts(body.exchange)) {
        setValue(body);
      }
    },
  );
  live.listen("scan", {
    message: (update) => {
      if (update.type !== "scan_update") {
        return;
      }
      const wasRunning = value()?.progress.stage !== "idle";
      setValue((before) => before && { ...before, progress: update.data });
      // What a scan found comes by REST alone.
      if (wasRunning && update.data.stage === "idle") {
        void loading.reload();
      }
    },
  });
  live.poll(loading);
  exchange.onSwitch(() => {
    setValue(null);
    void loading.reload();
  });
  return { value, ...loading };
}
