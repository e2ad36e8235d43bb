/** One signal as a row, and beneath it, when opened, why it is there. */
import { createSignal, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { riskOf } from "../../store/nearest-first.ts";
import { useApp } from "../app-context.tsx";
import { ChangeText } from "./change-text.tsx";
import { DepthSpark } from "./depth-spark.tsx";
import { DistanceBar } from "./distance-bar.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { SignalDetailPanel } from "./signal-detail-panel.tsx";
import { SignalName } from "./signal-name.tsx";
import { StateBadge } from "./state-badge.tsx";

function Cells(props: { row: SignalRow }): JSX.Element {
  const { format } = useApp();
  return (
    <>
      <td>
        <GradeBadge grade={props.row.grade} />
      </td>
      <td class="number">{format().score(props.row.score)}</td>
      <td>
        <StateBadge state={props.row.state} />
      </td>
      <td class="number distance-cell">
        <DistanceBar percent={props.row.distance_pct} />
        <ChangeText value={props.row.distance_pct / 100} />
      </td>
      <td class="leaves-2 footprint">
        <DepthSpark depths={props.row.depths} />
        <span class="number">{props.row.footprint}</span>
      </td>
      <td class="number">{format().price(props.row.current_price)}</td>
      <td class="number strong">{format().price(props.row.pivot)}</td>
      <td class="number leaves-3">{format().price(props.row.stop_loss)}</td>
      <td class="number leaves-1">{format().percent(riskOf(props.row))}</td>
      <td class="number leaves-3">{format().integer(props.row.rs)}</td>
      <td class="number leaves-1">{format().ratio(props.row.volume_dry_up)}</td>
    </>
  );
}

export function SignalTableRow(props: { row: SignalRow; columns: number }): JSX.Element {
  const { text } = useApp();
  const [open, setOpen] = createSignal(false);
  const panel = (): string => `detail-${props.row.id}`;
  return (
    <tbody classList={{ open: open() }}>
      <tr>
        <th scope="row">
          <button
            type="button"
            class="opener"
            aria-expanded={open()}
            aria-controls={open() ? panel() : undefined}
            title={text().showDetail(props.row.name)}
            onClick={() => setOpen(!open())}
          >
            <span class="caret" aria-hidden="true" />
            <SignalName row={props.row} />
          </button>
        </th>
        <Cells row={props.row} />
      </tr>
      <Show when={open()}>
        <tr class="detail-row" id={panel()}>
          <td colspan={props.columns}>
            <SignalDetailPanel id={props.row.id} />
          </td>
        </tr>
      </Show>
    </tbody>
  );
}
