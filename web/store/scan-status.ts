/** Whether a scan runs, how far it is, and what the last one found. */
import { createSignal } from "solid-js";
import { ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson } from "./fetch-json.ts";
import type { LiveConnection } from "./live-socket.ts";
import { createLoading, type Remote } from "./remote.ts";

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
