/** One signal on a narrow screen: state, distance and prices first, the rest on its page. */
import { createMemo, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";
import type { LiveList } from "../../list/live-list.ts";
import { fractionOf, liveDistance } from "../../list/row-order.ts";
import { ChangeText } from "./change-text.tsx";
import { DepthSpark } from "./depth-spark.tsx";
import { DistanceBar } from "./distance-bar.tsx";
import { Fact } from "../ui/fact.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { PriceText } from "./price-text.tsx";
import { SignalName } from "./signal-name.tsx";
import { StateBadge } from "./state-badge.tsx";

function CardTop(props: { row: SignalRow; price: LivePrice | null; tabindex: 0 | -1 }): JSX.Element {
  return (
    <div class="card-top">
      <SignalName row={props.row} tabindex={props.tabindex} />
      <span class="card-price number">
        <b>
          <PriceText live={props.price} close={props.row.current_price} />
        </b>
        <ChangeText value={fractionOf(props.price?.change_rate)} />
      </span>
    </div>
  );
}

export function SignalCard(props: { row: SignalRow; list: LiveList }): JSX.Element {
  const { text, format } = useApp();
  const price = createMemo(() => props.list.prices.price(props.row.ticker));
  const distance = createMemo(() => liveDistance(props.row, price()?.price ?? null));
  const isGone = (): boolean => props.list.order.isGone(props.row.id);
  return (
    <div class="signal-card" classList={{ gone: isGone() }}>
      <CardTop row={props.row} price={price()} tabindex={props.list.roving.isActive(props.row.id) ? 0 : -1} />
      <div class="card-distance">
        <Show when={!isGone()} fallback={<span class="muted">{text().rowEnded}</span>}>
          <StateBadge state={props.row.state} />
        </Show>
        <span class="card-to-pivot">
          <span class="muted">{text().colDistance}</span> <DistanceBar percent={distance()} />
          <span class="away number">{format().rate(distance() / 100)}</span>
        </span>
      </div>
      <dl class="facts">
        <Fact label={text().colPivot} value={format().price(props.row.pivot)} />
        <Fact label={text().colStop} value={format().price(props.row.stop_loss)} />
        <Fact label={text().colRs} value={format().integer(props.row.rs)} />
        <Fact label={text().colDryUp} value={format().ratio(props.row.volume_dry_up)} />
      </dl>
      <div class="card-foot">
        <span class="footprint">
          <DepthSpark depths={props.row.depths} />
          <span class="number">{props.row.footprint}</span>
        </span>
        <span class="grade-cell number">
          <GradeBadge grade={props.row.grade} /> {format().score(props.row.score)}
        </span>
      </div>
    </div>
  );
}
