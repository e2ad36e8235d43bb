/** A live price: the value, and when it is late, from when it is. */
import { type JSX, Show } from "solid-js";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";

/** `close` is what is known without a live price. */
export function PriceText(props: { live: LivePrice | null; close: number | null }): JSX.Element {
  const { text, format } = useApp();
  const isStale = (): boolean => props.live?.stale === true && props.live.at !== null;
  return (
    <span
      class="price"
      classList={{ stale: isStale() }}
      title={isStale() ? text().staleSince(format().clock(props.live?.at ?? null)) : undefined}
    >
      {format().price(props.live?.price ?? props.close)}
      <Show when={isStale()}>
        <span class="visually-hidden"> {text().staleSince(format().clock(props.live?.at ?? null))}</span>
      </Show>
    </span>
  );
}
