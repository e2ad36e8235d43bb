/** What the running session would list for the first time, as it was last judged; asked for when a page wants it. */
import { FormingBody } from "../../worker/protocol/rest/forming.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

export function createForming(): Remote<FormingBody> {
  return createRemote(async (abort) => fetchJson("/api/kr/forming", FormingBody, abort));
}
