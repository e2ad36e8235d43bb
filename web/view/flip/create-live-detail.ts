/** The whole of a signal as a page shows it: from an answer that is kept where it is still good, and anew when the live list writes it anew. */
import { createMemo, untrack } from "solid-js";
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";
import type { Remote } from "../../store/remote.ts";
import { createSignalDetail, details, reloadWhenWritten } from "../../store/signals/signal-detail.ts";
import { useMarket } from "../market-context.tsx";

export function createLiveDetail(id: string): Remote<SignalDetail> {
  const { signals } = useMarket();
  /** When the live list's row of this signal was written; `null` once it has left the list. */
  const writing = createMemo(() => signals.value()?.signals.find((row) => row.id === id)?.updated_at ?? null);
  const kept = details.get(id);
  const isOld = kept !== null && untrack(writing) !== null && untrack(writing) !== kept.updated_at;
  const detail = createSignalDetail(id, isOld ? null : kept);
  reloadWhenWritten(detail, writing);
  return detail;
}
