/** The cells of one signal: the row itself stands still, price, change and distance read this symbol's price alone. */
import { createMemo, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../../store/live-price.ts";

import { useApp } from "../../app-context.tsx";
import type { LiveList } from "../../list/live-list.ts";
import { riskOf } from "../../labels/risk.ts";
import { fractionOf, liveDistance } from "../../list/row-order.ts";
import { ChangeText } from "./change-text.tsx";
import { DepthSpark } from "./depth-spark.tsx";
import { DistanceBar } from "./distance-bar.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { PriceText } from "./price-text.tsx";
import { StateBadge } from "./state-badge.tsx";

export function LiveCells(props: { row: SignalRow; list: LiveList }): JSX.Element {
  const { text, format } = useApp();
  const price = createMemo((): LivePrice | null => props.list.prices.price(props.row.ticker));
  const distance = createMemo(() => liveDistance(props.row, price()?.price ?? null));
  return (
    <>
      <td>
        <Show
          when={!props.list.order.isGone(props.row.id)}
          fallback={<span class="muted">{text().rowEnded}</span>}
        >
          <StateBadge state={props.row.state} />
        </Show>
      </td>
      <td class="number distance-cell">
        <DistanceBar percent={distance()} />
        <span class="away">{format().rate(distance() / 100)}</span>
      </td>
      <td class="number strong">
        <PriceText live={price()} close={props.row.current_price} />
      </td>
      <td class="number">
        <ChangeText value={fractionOf(price()?.change_rate)} />
      </td>
    </>
  );
}

export function StillCells(props: { row: SignalRow }): JSX.Element {
  const { format } = useApp();
  return (
    <>
      <td class="number">{format().price(props.row.pivot)}</td>
      <td class="number leaves-4">{format().price(props.row.stop_loss)}</td>
      <td class="number leaves-3">{format().percent(riskOf(props.row))}</td>
      <td class="leaves-2 footprint">
        <DepthSpark depths={props.row.depths} />
        <span class="number">{props.row.footprint}</span>
      </td>
      <td class="number leaves-1">{format().ratio(props.row.volume_dry_up)}</td>
      <td class="number leaves-4">{format().integer(props.row.rs)}</td>
      <td class="grade-cell number">
        <GradeBadge grade={props.row.grade} />
        {format().score(props.row.score)}
      </td>
    </>
  );
}
