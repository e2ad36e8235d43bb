/** One change of a signal: which share, from which state to which, and why, from its own history. */
import { createMemo, type JSX, Show, untrack } from "solid-js";
import type { SignalEventBody } from "../../../../worker/protocol/rest/signal-event.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { createSignalDetail } from "../../../store/signals/signal-detail.ts";
import { createSignalEvents } from "../../../store/signals/signal-events.ts";
import { useApp } from "../../app-context.tsx";
import { type Change, tickerOf } from "../../labels/change-feed.ts";
import { useMarket } from "../../market-context.tsx";
import { StateBadge } from "../signals/state-badge.tsx";

/** The last event that led to another state; a revised pattern or another flag is none. */
function lastMove(events: readonly SignalEventBody[]): SignalEventBody | null {
  return events.findLast(({ from, to }) => from !== to) ?? null;
}

/** `change` is fixed for the life of an item: another movement of the signal is another item. */
export function ChangeItem(props: { change: Change }): JSX.Element {
  const { text } = useApp();
  const { signals } = useMarket();
  // oxlint-disable-next-line solid/reactivity -- read once on purpose, see above
  const { id } = props.change;
  const listed = createMemo(
    (): SignalRow | null => signals.value()?.signals.find((one) => one.id === id) ?? null,
  );
  const events = createSignalEvents(id);
  // The name of one that is on no list.
  const detail = untrack(listed) === null ? createSignalDetail(id) : null;
  const name = (): string => listed()?.name ?? detail?.value()?.name ?? tickerOf(id);
  const move = createMemo(() => lastMove(events.value()?.events ?? []));
  const state = (): SignalRow["state"] | null => move()?.to ?? listed()?.state ?? null;
  return (
    <li class={`change-item change-${props.change.kind}`}>
      <a href={`/signals/${encodeURIComponent(id)}`}>{name()}</a>
      <span class="change-states">
        <Show when={props.change.kind === "born"}>
          <b class="tag">{text().changeBorn}</b>
        </Show>
        <Show when={move()?.from}>
          {(before) => (
            <>
              <span class="muted">{text()[`state${before()}`]}</span>
              <span aria-hidden="true" class="muted">
                →
              </span>
            </>
          )}
        </Show>
        <Show when={state()} fallback={<span class="muted">{text().changeEnded}</span>}>
          {(known) => <StateBadge state={known()} />}
        </Show>
      </span>
      <span class="change-reason muted">
        <Show when={move()}>{(known) => text().reasonWords(known().reason)}</Show>
      </span>
    </li>
  );
}
