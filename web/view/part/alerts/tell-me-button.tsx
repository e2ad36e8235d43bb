/** Notifies of this share from now on; where that is so, leads to the rules. */
import { type JSX, Show } from "solid-js";
import { useApp } from "../../app-context.tsx";
import { isNotified, tellMe } from "../../alerts/tell-me.ts";
import { useAlertTexts } from "../../alerts/use-texts.ts";
import { useMarket } from "../../market-context.tsx";

export function TellMeButton(props: { ticker: string; name: string }): JSX.Element {
  const { device, locale } = useApp();
  const { exchange } = useMarket();
  const texts = useAlertTexts();
  return (
    <Show when={!isNotified(device, props.ticker)} fallback={<a href="/alerts">{texts().tellMeOn}</a>}>
      <button
        type="button"
        class="action small"
        aria-keyshortcuts="a"
        onClick={() => {
          tellMe({ device, exchange, locale: locale() }, props.ticker, props.name);
        }}
      >
        {texts().tellMe}
      </button>
    </Show>
  );
}
