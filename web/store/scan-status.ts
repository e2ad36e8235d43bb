/** The state of the market's scans: whether one runs, and what the last one found. */
import { createSignal } from "solid-js";
import type { ScanUpdate } from "../../worker/protocol/messages/live-update.ts";
import { ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson } from "./fetch-json.ts";
import type { LiveConnection } from "./live-socket.ts";
import { createLoading, type Remote } from "./remote.ts";

/** The progress of a scan comes live, its result by REST. */
export function createScanStatus(live: LiveConnection, exchange: ActiveExchange): Remote<ScanStatus> {
  const [value, setValue] = createSignal<ScanStatus | null>(null);
  /** Newer than what the request on its way may answer. */
  let newer: ScanUpdate | null = null;
  const loading = createLoading(
    async (abort) => {
      newer = null;
      return fetchJson("/api/kr/scan/status", ScanStatus, abort);
    },
    (body) => {
      if (exchange.accepts(body.exchange)) {
        setValue(newer?.exchange === body.exchange ? { ...body, progress: newer.data } : body);
      }
    },
  );
  live.listen("scan", {
    message: (update) => {
      if (update.type === "scan_update") {
        newer = update;
        const { data } = update;
        const before = value();
        setValue(before && { ...before, progress: data });
        // What a scan found comes by REST alone, and an answer on its way may be from before the end.
        if (data.stage === "idle" && (before?.progress.stage !== "idle" || loading.busy())) {
          void loading.reload();
        }
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
