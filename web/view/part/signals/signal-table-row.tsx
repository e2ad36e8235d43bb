/** One signal as a row; a click anywhere on it opens its page. */
import { createMemo, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";
import type { LiveList } from "../../list/live-list.ts";
import { fractionOf, liveDistance, riskOf } from "../../list/row-order.ts";
import { ChangeText, DistanceBar, PriceText, StateBadge } from "./signal-marks.tsx";
import { DepthSpark, FormMark, SignalName } from "./row-marks.tsx";

/** The cells of one signal: the row itself stands still, price, change and distance read this symbol's price alone. */
function LiveCells(props: { row: SignalRow; list: LiveList }): JSX.Element {
  const { text, format } = useApp();
  const price = createMemo((): LivePrice | null => props.list.prices.price(props.row.ticker));
  const distance = createMemo(() => liveDistance(props.row, price()?.price ?? null));
  return (
    <>
      <td class="number strong">
        <PriceText live={price()} close={props.row.current_price} />
      </td>
      <td class="number">
        <ChangeText value={fractionOf(price()?.change_rate)} />
      </td>
      <td>
        <Show
          when={!props.list.order.isGone(props.row.id)}
          fallback={<span class="muted">{text().rowEnded}</span>}
        >
          <StateBadge state={props.row.state} />
        </Show>
      </td>
      <td>
        <FormMark row={props.row} />
      </td>
      <td class="number distance-cell">
        <DistanceBar percent={distance()} />
        <span class="away">{format().rate(distance() / 100)}</span>
      </td>
    </>
  );
}

function StillCells(props: { row: SignalRow }): JSX.Element {
  const { format } = useApp();
  return (
    <>
      <td class="number leaves-5">{format().price(props.row.pivot)}</td>
      <td class="number leaves-4">{format().price(props.row.stop_loss)}</td>
      <td class="number leaves-3">{format().percent(riskOf(props.row))}</td>
      <td class="leaves-2 footprint">
        <DepthSpark depths={props.row.depths} />
        <span class="number">{props.row.footprint}</span>
      </td>
      <td class="number leaves-1">{format().ratio(props.row.volume_dry_up)}</td>
      <td class="number leaves-4">{format().integer(props.row.rs)}</td>
    </>
  );
}

/**
 * Stands for rows that do not exist now; its height is set through the object model, which the policy allows. One cell,
 * because a span over all columns would give space to hidden ones.
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
        aria-current={props.list.selection?.isSelected(props.row.id) === true ? "true" : undefined}
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
