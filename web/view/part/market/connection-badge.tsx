/** Whether what the page shows is live: a sign, a label, how old the last value is, and a way to ask again. */
import { createMemo, type JSX, Show } from "solid-js";
import { useApp } from "../../app-context.tsx";
import { type ConnectionText, connectionText } from "../../labels/connection-text.ts";
import { useMarket } from "../../market-context.tsx";

/** Different shapes, so that colour alone never distinguishes them. */
const SIGNS: Readonly<Record<ConnectionText["tone"], string>> = {
  good: "●",
  calm: "○",
  warn: "▲",
  bad: "✕",
  still: "‖",
};

export function ConnectionBadge(): JSX.Element {
  const { text } = useApp();
  const { live, feed } = useMarket();
  const shown = createMemo(() =>
    connectionText({
      status: live.status(),
      feed: feed(),
      now: live.now(),
      text: text(),
    }),
  );
  return (
    <div class={`connection tone-${shown().tone}`} data-state={live.status().state}>
      <span class="visually-hidden">{text().connection}: </span>
      <span class="sign" aria-hidden="true">
        {SIGNS[shown().tone]}
      </span>
      <b>{shown().label}</b>
      <Show when={shown().detail}>{(detail) => <span class="number detail">{detail()}</span>}</Show>
      <Show when={live.isOutdated()}>
        <button
          type="button"
          class="action small"
          onClick={() => {
            location.reload();
          }}
        >
          {text().connReload}
        </button>
      </Show>
      <Show when={shown().canRetry}>
        <button
          type="button"
          class="action small"
          onClick={() => {
            live.retry();
          }}
        >
          {text().connRetry}
        </button>
      </Show>
    </div>
  );
}
