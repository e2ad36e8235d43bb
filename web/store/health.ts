/** What the deployment holds: asked only where an empty list has to give its reason. */
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

export function createHealth(): Remote<HealthBody> {
  return createRemote(async (abort) => fetchJson("/api/health", HealthBody, abort));
}
