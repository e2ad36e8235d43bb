/** What stands round every page: ribbon, header, the market's state, footer, settings and the keys. */
import { useNavigate } from "@solidjs/router";
import { createEffect, createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import { useApp } from "../app-context.tsx";
import { listKeys } from "../list-keys.ts";
import { useMarket } from "../market-context.tsx";
import { AppHeader } from "../part/app-header.tsx";
import { ExchangeRibbon } from "../part/exchange-ribbon.tsx";
import { MarketStrip } from "../part/market-strip.tsx";
import { OldCloses } from "../part/old-closes.tsx";
import { PageFooter } from "../part/page-footer.tsx";
import { Skeleton } from "../part/skeleton.tsx";
import { SpokenChanges } from "../part/spoken-changes.tsx";
import { canPause, togglePause } from "../pause.ts";
import { createShortcuts } from "../shortcuts.ts";

const SettingsDialog = lazy(async () => ({
  default: (await import("../part/settings-dialog.tsx")).SettingsDialog,
}));

function useDocumentAttributes(): void {
  const { locale, preferences } = useApp();
  createEffect(() => {
    document.documentElement.lang = locale();
    document.documentElement.dataset["theme"] = preferences.theme();
    document.documentElement.dataset["updown"] = preferences.palette();
  });
}

function usePageKeys(openSettings: () => void): void {
  const { preferences } = useApp();
  const { live, feed } = useMarket();
  const navigate = useNavigate();
  createShortcuts(
    {
      p: () => {
        if (canPause(live, feed())) {
          togglePause(live);
        }
      },
      j: () => {
        listKeys.move(1);
      },
      k: () => {
        listKeys.move(-1);
      },
      "g d": () => {
        navigate("/");
      },
      "g r": () => {
        navigate("/runs");
      },
      "/": () => document.querySelector<HTMLElement>(".stock-search input")?.focus(),
      "?": openSettings,
    },
    preferences.keys,
  );
}

export function Shell(props: { children?: JSX.Element }): JSX.Element {
  const { text } = useApp();
  const { exchange } = useMarket();
  const [hasSettings, setSettings] = createSignal(false);
  useDocumentAttributes();
  usePageKeys(() => setSettings(true));
  return (
    <>
      <a class="skip" href="#main" rel="external">
        {text().skip}
      </a>
      <ExchangeRibbon exchange={exchange.active()} />
      <AppHeader onSettings={() => setSettings(true)} />
      <MarketStrip />
      <main id="main" tabindex="-1">
        <OldCloses />
        <SpokenChanges />
        <Suspense fallback={<Skeleton rows={8} />}>{props.children}</Suspense>
      </main>
      <PageFooter exchange={exchange.active()} />
      <Show when={hasSettings()}>
        <Suspense>
          <SettingsDialog onClose={() => setSettings(false)} />
        </Suspense>
      </Show>
    </>
  );
}
