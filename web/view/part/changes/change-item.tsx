/** One changed signal: its name as the way to its page, from which state to which, when and why. */
import { createMemo, type JSX, Show, untrack } from "solid-js";
import type { SignalEventBody } from "../../../../worker/protocol/rest/signal.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { createSignalDetail, createSignalEvents } from "../../../store/signals/signal-detail.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { tickerOf } from "../../labels/change-feed.ts";
import { useMarket } from "../../market-context.tsx";
import { StateBadge } from "../signals/signal-marks.tsx";

/** The last event that counts and led to another state; a revised pattern or another flag is none. */
function lastMove(events: readonly SignalEventBody[]): SignalEventBody | null {
  return events.findLast(({ from, to, superseded_by: by }) => by === null && from !== to) ?? null;
}

interface Props {
  readonly id: string;
  /** A kind of change, for the look. */
  readonly kind: string;
  readonly tag?: string | undefined;
  /** Where it stood at first, where that is not the state before its last movement. */
  readonly from?: SignalRow["state"] | null;
}

/** The id is fixed for the life of an item: another movement of the signal is another item. */
export function ChangeItem(props: Props): JSX.Element {
  const { text, format, naming } = useApp();
  const rules = useRuleCopy();
  const { signals } = useMarket();
  const { id } = untrack(() => props);
  const listed = createMemo(
    (): SignalRow | null => signals.value()?.signals.find((one) => one.id === id) ?? null,
  );
  const events = createSignalEvents(id);
  // For the name of a signal that is on no list.
  const detail = untrack(listed) === null ? createSignalDetail(id) : null;
  const name = createMemo(() =>
    naming(listed() ?? detail?.value() ?? { ticker: tickerOf(id), name: tickerOf(id) }),
  );
  const move = createMemo(() => lastMove(events.value()?.events ?? []));
  const from = (): SignalRow["state"] | null => props.from ?? move()?.from ?? null;
  const state = (): SignalRow["state"] | null => move()?.to ?? listed()?.state ?? null;
  return (
    <li class={`change-item change-${props.kind}`}>
      <a href={`/signals/${encodeURIComponent(id)}`} title={name().title}>
        {name().name}
      </a>
      <span class="change-states">
        <Show when={props.tag}>
          <b class="tag">{props.tag}</b>
        </Show>
        <Show when={from()}>
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
        <Show when={move()}>
          {(known) => (
            <>
              <time class="number" datetime={known().at}>
                {format().time(known().at, known().session)}
              </time>{" "}
              {rules().reasonText(known().reason)}
            </>
          )}
        </Show>
      </span>
    </li>
  );
}
