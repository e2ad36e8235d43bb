/** Where the market stands and whether that is live: both indices, the market's clock, the connection, the pause. */
import { For, type JSX, Show } from "solid-js";
import type { IndexValue } from "../../../store/indices.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { fractionOf } from "../../list/row-order.ts";
import { ChangeText } from "../signals/change-text.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { PauseButton } from "./pause-button.tsx";
import { SessionClock } from "./session-clock.tsx";

function IndexItem(props: { quote: IndexValue }): JSX.Element {
  const { text, format } = useApp();
  return (
    <li>
      <span class="label">{props.quote.code}</span>
      <b class="number">{format().index(props.quote.index)}</b>
      <ChangeText value={fractionOf(props.quote.change_rate)} />
      {/* A live value is as old as the badge states; a close names its day. */}
      <Show when={props.quote.at === null}>
        <span class="muted as-of number">{text().closeOf(format().shortDay(props.quote.as_of))}</span>
      </Show>
    </li>
  );
}

export function MarketStrip(): JSX.Element {
  const { text } = useApp();
  const { indices } = useMarket();
  const missing = (): string => {
    if (indices.value() !== null) {
      return text().indexMissing;
    }
    return indices.failure() ? text().indexFailed : text().reloading;
  };
  return (
    <section class="strip" aria-label={text().marketNow}>
      <ul class="indices">
        <For each={indices.value()?.indices} fallback={<li class="muted">{missing()}</li>}>
          {(quote) => <IndexItem quote={quote} />}
        </For>
      </ul>
      <div class="live-state">
        <SessionClock />
        <ConnectionBadge />
        <PauseButton />
      </div>
    </section>
  );
}
