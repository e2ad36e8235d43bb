/** One signal with every term that made it. */
import { SignalDetail } from "../../../worker/protocol/rest/signal-detail.ts";
import { fetchJson } from "../fetch-json.ts";
import { createRemote, type Remote } from "../remote.ts";

export function createSignalDetail(id: string): Remote<SignalDetail> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/signals/${encodeURIComponent(id)}`, SignalDetail, abort),
  );
}
