/** The history of one signal, oldest first. */
import { SignalEventsBody } from "../../../worker/protocol/rest/signal-list.ts";
import { fetchJson } from "../fetch-json.ts";
import { createRemote, type Remote } from "../remote.ts";

export function createSignalEvents(id: string): Remote<SignalEventsBody> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/signals/${encodeURIComponent(id)}/events`, SignalEventsBody, abort),
  );
}
