/** One signal as a row; a click anywhere on it opens its page. */
import { type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { LiveList } from "../../list/live-list.ts";
import { LiveCells, StillCells } from "./signal-cells.tsx";
import { SignalName } from "./signal-name.tsx";

/**
 * Stands for rows that do not exist now; its height is set through the object model, which the policy allows. One cell: a
 * span over all columns would give space to those that have left.
 */
export function GapRow(props: { height: number }): JSX.Element {
  return (
    <Show when={props.height > 0}>
      <tr class="gap" aria-hidden="true">
        <td aria-hidden="true" style={{ height: `${props.height}px` }} />
      </tr>
    </Show>
  );
}

interface Props {
  readonly row: SignalRow;
  readonly list: LiveList;
}

export function SignalTableRow(props: Props): JSX.Element {
  return (
    <>
      <GapRow height={props.list.rows.gapBefore(props.row.id)} />
      <tr
        class="signal-row"
        classList={{ gone: props.list.order.isGone(props.row.id) }}
        data-row={props.row.id}
        aria-rowindex={props.list.rows.index(props.row.id) + 2}
        onFocusIn={() => {
          props.list.roving.focused(props.row.id);
        }}
      >
        <th scope="row">
          <SignalName row={props.row} tabindex={props.list.roving.isActive(props.row.id) ? 0 : -1} />
        </th>
        <LiveCells row={props.row} list={props.list} />
        <StillCells row={props.row} />
      </tr>
    </>
  );
}
