/** The life of a signal, latest first: when, from which state to which, why, and with which values. */
import { For, type JSX, Show } from "solid-js";
import type { SignalEventsBody } from "../../../../worker/protocol/rest/signal.ts";
import type { Remote } from "../../../store/remote.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { useFormCopy } from "../../labels/form-copy.ts";
import { eventValues } from "../../labels/event-values.ts";
import { RemoteState } from "../ui/remote-state.tsx";
import { StateBadge } from "../signals/signal-marks.tsx";

type Event = SignalEventsBody["events"][number];

function EventItem(props: { event: Event }): JSX.Element {
  const { text, format } = useApp();
  const rules = useRuleCopy();
  const copy = useFormCopy();
  const isSuperseded = (): boolean => props.event.superseded_by !== null;
  return (
    <li class={`event${isSuperseded() ? " event-superseded" : ""}`}>
      <time class="number muted" datetime={props.event.session}>
        {format().day(props.event.session)}
      </time>
      <div>
        <p class="event-line">
          <Show when={props.event.from !== props.event.to && props.event.from}>
            {(from) => (
              <span class="muted">
                {text()[`state${from()}`]} <span aria-hidden="true">→</span>
              </span>
            )}
          </Show>
          <StateBadge state={props.event.to} />
          <span>{rules().reasonText(props.event.reason)}</span>
        </p>
        <Show when={isSuperseded()}>
          <p class="event-note muted">{copy().historySuperseded}</p>
        </Show>
        <p class="event-values muted">
          <For each={eventValues(props.event.values, copy(), format())}>
            {([label, value]) => (
              <span>
                {label} <span class="number">{value}</span>
              </span>
            )}
          </For>
        </p>
      </div>
    </li>
  );
}

export function EventList(props: { remote: Remote<SignalEventsBody> }): JSX.Element {
  const copy = useFormCopy();
  const events = (): readonly Event[] => props.remote.value()?.events.toReversed() ?? [];
  return (
    <section class="card" aria-labelledby="history-title" aria-busy={props.remote.busy()}>
      <h2 id="history-title">{copy().historyTitle}</h2>
      <RemoteState remote={props.remote} rows={3} />
      <Show when={props.remote.value()}>
        <ol class="event-list">
          <For each={events()} fallback={<li class="muted">{copy().historyEmpty}</li>}>
            {(event) => <EventItem event={event} />}
          </For>
        </ol>
      </Show>
    </section>
  );
}
