/** The bar on top: what this is, which exchange it shows, and the page's controls. */
import { type JSX, Show } from "solid-js";
import type { ScanStatus } from "../../../worker/protocol/run.ts";
import { useApp } from "../app-context.tsx";
import { BrandMark } from "./brand-mark.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

interface Props {
  readonly exchange: ScanStatus["exchange"] | null;
  readonly busy: boolean;
  readonly onReload: () => void;
}

export function AppHeader(props: Props): JSX.Element {
  const { text } = useApp();
  return (
    <header class="app-header">
      <h1 class="brand">
        <BrandMark />
        <span>{text().product}</span>
      </h1>
      <Show when={props.exchange}>
        {(exchange) => (
          <span class={`chip exchange-${exchange()}`}>
            <span class="visually-hidden">{text().exchange} </span>
            {exchange() === "DEMO" ? text().demoLabel : text().krxLabel}
          </span>
        )}
      </Show>
      <p class="tagline muted">{text().tagline}</p>
      <div class="controls">
        <button
          type="button"
          class="icon-button"
          aria-label={text().reload}
          title={text().reload}
          aria-busy={props.busy}
          onClick={() => {
            props.onReload();
          }}
        >
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M13.5 8A5.500 5.500 0 1 1 11.700 3.900M12 1.500V4.300H9.200" />
          </svg>
        </button>
        <ThemeSwitch />
        <LanguageSwitch />
      </div>
    </header>
  );
}
