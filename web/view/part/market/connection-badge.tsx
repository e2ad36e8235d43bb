/** Whether what the page shows is live: a sign, a word, how old the last value is, and a way to ask again. */
import { createMemo, type JSX, Show } from "solid-js";
import { useApp } from "../../app-context.tsx";
import { type ConnectionWords, connectionWords } from "../../words/connection-words.ts";
import { useMarket } from "../../market-context.tsx";
import { createMoment } from "../../words/moment.ts";

/** Shapes differ, not only colours. */
const SIGNS: Readonly<Record<ConnectionWords["tone"], string>> = {
  good: "●",
  calm: "○",
  warn: "▲",
  bad: "✕",
  still: "‖",
};

export function ConnectionBadge(): JSX.Element {
  const { text } = useApp();
  const { live, feed } = useMarket();
  const now = createMoment();
  const words = createMemo(() =>
    connectionWords({
      status: live.status(),
      feed: feed(),
      now: now(),
      text: text(),
    }),
  );
  return (
    <div class={`connection tone-${words().tone}`} data-state={live.status().state}>
      <span class="visually-hidden">{text().connection}: </span>
      <span class="sign" aria-hidden="true">
        {SIGNS[words().tone]}
      </span>
      <b>{words().label}</b>
      <Show when={words().detail}>{(detail) => <span class="number detail">{detail()}</span>}</Show>
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
      <Show when={words().canRetry}>
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
