/** One signal on a narrow screen: state, distance and prices first, the rest in the detail. */
import { createSignal, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { useApp } from "../app-context.tsx";
import { ChangeText } from "./change-text.tsx";
import { DepthSpark } from "./depth-spark.tsx";
import { DistanceBar } from "./distance-bar.tsx";
import { Fact } from "./fact.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { SignalDetailPanel } from "./signal-detail-panel.tsx";
import { SignalName } from "./signal-name.tsx";
import { StateBadge } from "./state-badge.tsx";

export function SignalCard(props: { row: SignalRow }): JSX.Element {
  const { text, format } = useApp();
  const [open, setOpen] = createSignal(false);
  return (
    <li class="signal-card">
      <div class="card-top">
        <GradeBadge grade={props.row.grade} />
        <SignalName row={props.row} />
        <StateBadge state={props.row.state} />
      </div>
      <div class="card-distance">
        <span class="muted">{text().colDistance}</span>
        <ChangeText value={props.row.distance_pct / 100} />
        <DistanceBar percent={props.row.distance_pct} />
        <span class="footprint">
          <DepthSpark depths={props.row.depths} />
          <span class="number">{props.row.footprint}</span>
        </span>
      </div>
      <dl class="facts">
        <Fact label={text().colClose} value={format().price(props.row.current_price)} />
        <Fact label={text().colPivot} value={format().price(props.row.pivot)} />
        <Fact label={text().colStop} value={format().price(props.row.stop_loss)} />
        <Fact label={text().colRs} value={format().integer(props.row.rs)} />
      </dl>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {text().colDetail}
          <span class="visually-hidden"> {props.row.name}</span>
        </summary>
        <Show when={open()}>
          <SignalDetailPanel id={props.row.id} />
        </Show>
      </details>
    </li>
  );
}
