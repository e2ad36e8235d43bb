/** The page of one signal: the way back to the list, and all that is shown of it. */
import { useParams } from "@solidjs/router";
import { createEffect, createMemo, type JSX, on, Show, untrack } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";
import type { Remote } from "../../store/remote.ts";
import { createSignalDetail } from "../../store/signals/signal-detail.ts";
import { useApp } from "../app-context.tsx";
import { listHref } from "../filter/create-list-filter.ts";
import { useMarket } from "../market-context.tsx";
import { SignalParts } from "../part/signal/signal-parts.tsx";
import { RemotePage } from "../part/ui/remote-page.tsx";

/** An id begins with its ticker: `005930.20250128.20250415`. */
function tickerOf(id: string): string {
  return id.split(".")[0] ?? "";
}

function SignalView(props: { id: string }): JSX.Element {
  const { text, naming } = useApp();
  const { signals } = useMarket();
  const detail: Remote<SignalDetail> = createSignalDetail(untrack(() => props.id));
  /** When the live list's row of this signal was written; `null` once it has left the list. */
  const writing = createMemo(() => {
    const row = signals.value()?.signals.find(({ id }) => id === props.id);
    return row?.updated_at ?? null;
  });
  createEffect(on(writing, () => void detail.reload(), { defer: true }));
  createEffect(() => {
    const known = detail.value();
    document.title = known ? `${naming(known).name} · ${text().product}` : text().product;
  });
  return (
    <RemotePage
      remote={detail}
      class="signal-page"
      back={{ href: listHref(), label: text().back }}
      gone={text().signalGone}
      owner={exchangeOf(tickerOf(props.id))}
    >
      {(known) => <SignalParts detail={known()} />}
    </RemotePage>
  );
}

export function SignalPage(): JSX.Element {
  const params = useParams();
  return (
    <Show when={params["id"]} keyed>
      {(id) => <SignalView id={id} />}
    </Show>
  );
}
