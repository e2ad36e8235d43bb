/** States on every screen of the demo that nothing in it is real. */
import { type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";

export function ExchangeRibbon(props: { exchange: ScanStatus["exchange"] | null }): JSX.Element {
  const { text } = useApp();
  return (
    <Show when={isSimulated(props.exchange)}>
      <aside class="ribbon" aria-label={text().exchange}>
        {text().demoRibbon}
      </aside>
    </Show>
  );
}
