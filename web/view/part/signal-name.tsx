/** Name, code and board always together: names alone are ambiguous, codes alone unreadable. */
import type { JSX } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

export function SignalName(props: { row: SignalRow }): JSX.Element {
  return (
    <span class="signal-name">
      <b>{props.row.name}</b>
      <span class="muted">
        <span class="number">{props.row.ticker}</span> {props.row.market}
      </span>
    </span>
  );
}
