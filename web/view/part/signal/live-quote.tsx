/** The price of a page's share, large: value, difference, per cent, and from when it is. */
import { type JSX, Show } from "solid-js";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";
import { fractionOf } from "../../list/row-order.ts";
import { ChangeText, PriceText } from "../signals/signal-marks.tsx";

/** `close` and its day `closeOf`: shown without a live price. */
export function LiveQuote(props: {
  live: LivePrice | null;
  close: number | null;
  closeOf: string | null;
}): JSX.Element {
  const { text, format } = useApp();
  /** A followed price says so too: beside a polled one, silence would mean either. */
  const way = (): string | null => {
    const live = props.live;
    if (live?.halted === true && live.at !== null) {
      return text().priceHalted;
    }
    if (live?.vi === true && live.at !== null) {
      return text().priceVi;
    }
    return live?.via === undefined
      ? null
      : { followed: text().priceFollowed, polled: text().pricePolled }[live.via];
  };
  return (
    <p class="live-quote">
      <b class="number quote-price">
        <PriceText live={props.live} close={props.close} />
      </b>
      <Show when={props.live}>
        {(live) => (
          <span class="number quote-change">
            <ChangeText value={fractionOf(live().change_rate)} />{" "}
            <span class="muted">({format().delta(live().change)})</span>
          </span>
        )}
      </Show>
      <span class="muted quote-time">
        <Show
          when={props.live?.at}
          fallback={text().closesOf(format().day(props.live?.as_of ?? props.closeOf))}
        >
          {(at) => <>{text().asOf(`${format().clock(at())} ${text().kst}`)}</>}
        </Show>
        <Show when={way()}>{(words) => <> · {words()}</>}</Show>
      </span>
    </p>
  );
}
