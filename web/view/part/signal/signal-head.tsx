/** Who this signal is about, where it stands now, and how far it is from its pivot. */
import { createMemo, type JSX, lazy, Show, Suspense } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal.ts";
import { firstDraw } from "../../../store/first-draw.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { hasEnded } from "../../../store/signals/has-ended.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { useFormCopy } from "../../labels/form-copy.ts";
import { liveDistance } from "../../list/row-order.ts";
import { FormMark } from "../signals/row-marks.tsx";
import { DistanceBar, StateBadge } from "../signals/signal-marks.tsx";
import { StarButton } from "../signals/star-button.tsx";
import { LegendButton } from "../signals/legend-button.tsx";
import { LiveQuote } from "./live-quote.tsx";

// What it turns on loads behind the first rows.
const TellMeButton = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("../alerts/tell-me-button.tsx"))).TellMeButton,
}));

export function SignalHead(props: { detail: SignalDetail; price: LivePrice | null }): JSX.Element {
  const { text, format, naming } = useApp();
  const rules = useRuleCopy();
  const copy = useFormCopy();
  const named = createMemo(() => naming(props.detail));
  const distance = createMemo(() => liveDistance(props.detail, props.price?.price ?? null));
  const isOver = (): boolean => hasEnded(props.detail);
  const reason = (): string => rules().reasonText(props.detail.reason);
  return (
    <header class="page-head">
      <div class="page-title">
        <StarButton ticker={props.detail.ticker} name={named().name} />
        <h2 title={named().title}>{named().name}</h2>
        <a
          class="number"
          href={`/s/${encodeURIComponent(props.detail.ticker)}`}
          title={copy().allOf(named().name)}
        >
          {named().code || copy().allOf(named().name)}
        </a>
        <span class="muted">{props.detail.market}</span>
        <LiveQuote live={props.price} close={props.detail.current_price} closeOf={props.detail.applied_on} />
      </div>
      <p class="page-facts">
        <StateBadge state={props.detail.state} />
        <Show when={!isOver()}>
          <span class="head-distance">
            <span class="muted">{copy().toPivot}</span> <DistanceBar percent={distance()} />
            <span class="away number">{format().rate(distance() / 100)}</span>
          </span>
        </Show>
        <FormMark row={props.detail} />
        <span class="number">{props.detail.footprint}</span>
        <span class="muted">
          {text().detected} {format().day(props.detail.signal_date)}
        </span>
        <Show when={!isOver()}>
          <span class="muted">{reason()}</span>
        </Show>
        <LegendButton />
        <Show when={!isOver()}>
          <Suspense>
            <TellMeButton ticker={props.detail.ticker} name={named().name} />
          </Suspense>
        </Show>
      </p>
      <Show when={isOver()}>
        <p class="notice warn">
          {props.detail.ended_on === null
            ? copy().signalEnded(reason())
            : copy().signalEndedOn(format().day(props.detail.ended_on), reason())}
        </p>
      </Show>
    </header>
  );
}
