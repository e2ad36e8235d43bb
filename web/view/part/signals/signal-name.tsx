/** Name, code and board always together: names alone are ambiguous, codes alone unreadable. */
import type { JSX } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";

/** The name is the way to the signal's page. `tabindex` -1 for a row that the arrows reach. */
export function SignalName(props: { row: SignalRow; tabindex: 0 | -1 }): JSX.Element {
  return (
    <span class="signal-name">
      <a class="row-link" href={`/signals/${encodeURIComponent(props.row.id)}`} tabindex={props.tabindex}>
        {props.row.name}
      </a>
      <span class="muted">
        <span class="number">{props.row.ticker}</span> {props.row.market}
      </span>
    </span>
  );
}
