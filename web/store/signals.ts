/** The active exchange's signals. */
import { SignalsBody } from "../../worker/protocol/signal-list.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

export function createSignals(): Remote<SignalsBody> {
  return createRemote(async (abort) => fetchJson("/api/kr/signals?limit=100", SignalsBody, abort));
}
