/** One signal with every term that made it. */
import { type Accessor, createEffect, untrack } from "solid-js";
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

/**
 * Loads again when the live list writes the signal anew or drops it. `writing`: when its row was written, `null` while the list
 * has none. A writing that comes while an answer is on its way is judged by that answer, which may be of it already.
 */
export function reloadWhenWritten(
  detail: Remote<Pick<SignalDetail, "updated_at">>,
  writing: Accessor<string | null>,
): void {
  let judged = untrack(writing);
  createEffect(() => {
    const written = writing();
    if (written === judged || detail.busy()) {
      return;
    }
    judged = written;
    if (written === null || untrack(detail.value)?.updated_at !== written) {
      void detail.reload();
    }
  });
}
