/** One change of a signal: which share, from which state to which, and why. */
import { createMemo, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { createSignalDetail } from "../../store/signal-detail.ts";
import { useApp } from "../app-context.tsx";
import { type Change, tickerOf } from "../change-feed.ts";
import { useMarket } from "../market-context.tsx";
import { StateBadge } from "./state-badge.tsx";

/** `change` is fixed for the life of an item: another movement of the signal is another item. */
export function ChangeItem(props: { change: Change }): JSX.Element {
  const { text } = useApp();
  const { signals } = useMarket();
  // oxlint-disable-next-line solid/reactivity -- read once on purpose, see above
  const { id } = props.change;
  const detail = createSignalDetail(id);
  const row = createMemo(
    (): SignalRow | null => signals.value()?.signals.find((one) => one.id === id) ?? detail.value() ?? null,
  );
  const after = (): SignalRow["state"] | null => props.change.after ?? row()?.state ?? null;
  /** How it ended; the detail may still be of the moment before. */
  const ended = (): SignalRow["state"] | null => {
    const state = detail.value()?.state;
    return state === "FAILED" || state === "EXPIRED" ? state : null;
  };
  return (
    <li class={`change-item change-${props.change.kind}`}>
      <a href={`/signals/${encodeURIComponent(id)}`}>{row()?.name ?? tickerOf(id)}</a>
      <span class="change-states">
        <Show when={props.change.kind === "born"}>
          <b class="tag">{text().changeBorn}</b>
        </Show>
        <Show when={props.change.before}>
          {(before) => (
            <>
              <span class="muted">{text()[`state${before()}`]}</span>
              <span aria-hidden="true" class="muted">
                →
              </span>
            </>
          )}
        </Show>
        <Show
          when={props.change.kind === "ended" ? ended() : after()}
          fallback={<span class="muted">{text().changeEnded}</span>}
        >
          {(state) => <StateBadge state={state()} />}
        </Show>
      </span>
      <span class="change-reason muted">
        <Show when={detail.value()}>{(known) => text().reasonWords(known().reason)}</Show>
      </span>
    </li>
  );
}
