/** What stands round every page: ribbon, header, the market's state, footer, settings and the keys. */
import { useNavigate } from "@solidjs/router";
import { type Accessor, createMemo, createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import { firstDraw } from "../../store/first-draw.ts";
import { storedAt } from "../../store/stored-state.ts";
import { useApp } from "../app-context.tsx";
import { useDocumentAttributes } from "../document-attributes.ts";
import { listKeys } from "../list/create-roving.ts";
import { useMarket } from "../market-context.tsx";
import { usePageFocus } from "../page-focus.ts";
import { MarketStrip } from "../part/market/market-strip.tsx";
import { canPause, togglePause } from "../part/market/pause-button.tsx";
import { AppHeader } from "../part/shell/app-header.tsx";
import { ExchangeRibbon, PageFooter } from "../part/shell/page-notes.tsx";
import { Skeleton } from "../part/ui/remote-state.tsx";
import { createShortcuts } from "../keys/shortcuts.ts";

const SettingsDialog = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("../part/shell/settings-dialog.tsx"))).SettingsDialog,
}));

const KeysDialog = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("../part/shell/keys-dialog.tsx"))).KeysDialog,
}));

// Nothing of it is there before something changes.
const SpokenChanges = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("../part/market/spoken-changes.tsx"))).SpokenChanges,
}));

// Only for who opened the page without a network.
const StoredNote = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("../part/shell/stored-note.tsx"))).StoredNote,
}));

function usePageKeys(openKeys: () => void): void {
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
      "g w": () => {
        navigate("/watch/starred");
      },
      "g r": () => {
        navigate("/runs");
      },
      "g p": () => {
        navigate("/performance");
      },
      "g s": () => {
        navigate("/status");
      },
      "/": () => document.querySelector<HTMLElement>(".stock-search input")?.focus(),
      "?": openKeys,
    },
    preferences.keys,
  );
}

/** Counts the markets that the page has shown, so that the parts of a page are made anew for each. */
function useMarketTurn(): Accessor<number> {
  const { exchange } = useMarket();
  let shown = exchange.active();
  const turn = createMemo<number>((turns) => {
    const before = shown;
    shown = exchange.active();
    // The first market that the page learns is no switch.
    return before === null || before === shown ? turns : turns + 1;
  }, 1);
  return turn;
}

export function Shell(props: { children?: JSX.Element }): JSX.Element {
  const { text } = useApp();
  const { exchange } = useMarket();
  const turn = useMarketTurn();
  const [main, setMain] = createSignal<HTMLElement>();
  const [hasSettings, setSettings] = createSignal(false);
  usePageFocus(main);
  useDocumentAttributes();
  const [hasKeys, setKeys] = createSignal(false);
  usePageKeys(() => setKeys(true));
  return (
    <>
      <a class="skip" href="#main" rel="external">
        {text().skip}
      </a>
      <ExchangeRibbon exchange={exchange.active()} />
      <AppHeader onSettings={() => setSettings(true)} />
      <MarketStrip />
      <main id="main" tabindex="-1" ref={setMain}>
        <Show when={storedAt()}>
          <Suspense>
            <StoredNote />
          </Suspense>
        </Show>
        <Suspense>
          <SpokenChanges />
        </Suspense>
        <Suspense fallback={<Skeleton rows={8} />}>
          <Show when={turn()} keyed>
            {props.children}
          </Show>
        </Suspense>
      </main>
      <PageFooter exchange={exchange.active()} />
      <Show when={hasKeys()}>
        <Suspense>
          <KeysDialog onClose={() => setKeys(false)} />
        </Suspense>
      </Show>
      <Show when={hasSettings()}>
        <Suspense>
          <SettingsDialog onClose={() => setSettings(false)} />
        </Suspense>
      </Show>
    </>
  );
}
