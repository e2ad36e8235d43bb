/** Whether a scan runs, and what the last one found. */
import { ScanStatus } from "../../worker/protocol/run.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

export function createScanStatus(): Remote<ScanStatus> {
  return createRemote(async (abort) => fetchJson("/api/kr/scan/status", ScanStatus, abort));
}
