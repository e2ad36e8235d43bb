/** A live price and a change as text. */
import { type JSX, Show } from "solid-js";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";

/** Takes a fraction; `null` is an en dash. */
export function ChangeText(props: { value: number | null }): JSX.Element {
  const { format } = useApp();
  const direction = (): "up" | "down" | "flat" => {
    // What rounds to 0.00 % has no direction.
    const value = Math.round((props.value ?? 0) * 10_000);
    return value > 0 ? "up" : value < 0 ? "down" : "flat";
  };
  const arrow = (): string => ({ up: "▲", down: "▼", flat: "" })[direction()];
  return (
    <span class={`change ${direction()}`}>
      <span class="arrow" aria-hidden="true">
        {arrow()}
      </span>
      {format().rate(props.value)}
    </span>
  );
}

/** The price, and the time of a stale one. `close`: shown without a live price. */
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
