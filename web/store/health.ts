/** What the deployment holds, in a file of its own: only an empty list asks for it, and the first load goes without. */
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

/** Loaded only where an empty list has to give its reason. */
export function createHealth(): Remote<HealthBody> {
  return createRemote(async (abort) => fetchJson("/api/health", HealthBody, abort));
}
