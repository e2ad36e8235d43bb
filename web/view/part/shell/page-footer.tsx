/** What this page is not, and where its numbers come from. On every page. */
import { type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";

export function PageFooter(props: { exchange: ScanStatus["exchange"] | null }): JSX.Element {
  const { text } = useApp();
  return (
    <footer class="page-footer">
      <p>{text().notAdvice}</p>
      <p>
        <Show when={props.exchange}>
          {(exchange) => <span>{isSimulated(exchange()) ? text().sourceDemo : text().sourceKrx}</span>}
        </Show>
      </p>
    </footer>
  );
}
