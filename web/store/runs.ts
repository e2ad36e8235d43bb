/** The scans of the active exchange, and one of them. */
import { RunDetail, RunsBody } from "../../worker/protocol/rest/scan-run.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

/** The newest fifty. */
export function createRuns(): Remote<RunsBody> {
  return createRemote(async (abort) => fetchJson("/api/kr/runs?limit=50", RunsBody, abort));
}

/** One scan with its names; an id that is unknown is a refusal with 404. */
export function createRun(id: string): Remote<RunDetail> {
  return createRemote(async (abort) => fetchJson(`/api/kr/runs/${encodeURIComponent(id)}`, RunDetail, abort));
}
