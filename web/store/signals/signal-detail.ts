/** One signal with every term that made it. */
import { SignalDetail, SignalEventsBody } from "../../../worker/protocol/rest/signal.ts";
import { fetchJson } from "../fetch-json.ts";
import { keptAnswers } from "../kept-answers.ts";
import { createRemote, type Remote } from "../remote.ts";

/** The history of one signal, oldest first. */
export function createSignalEvents(id: string): Remote<SignalEventsBody> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/signals/${encodeURIComponent(id)}/events`, SignalEventsBody, abort),
  );
}

/** The whole of a signal, by its id. */
export const details = keptAnswers(async (id, abort) =>
  fetchJson(`/api/kr/signals/${encodeURIComponent(id)}`, SignalDetail, abort),
);

/** Loads at once, unless an answer is kept; whoever shows it reloads it when the live list shows a newer writing. */
export function createSignalDetail(id: string, kept: SignalDetail | null = null): Remote<SignalDetail> {
  return createRemote(async (abort) => details.load(id, abort), kept);
}
