/** The bar on top: what this is, which exchange it shows, the ways through it, and the page's controls. */
import { useLocation } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { profileOf } from "../../../../worker/core/instrument/exchange-profile.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { StockSearch } from "./stock-search.tsx";
import { IconButton, LanguageSwitch, ThemeSwitch } from "./header-controls.tsx";

/** The mark: three swings that tighten towards a pivot. */
function BrandMark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M4 9L9 24L14 12L19 20.5L23 14L26 17L29 13" />
    </svg>
  );
}

const LINKS = [
  { href: "/", label: "navDashboard" },
  { href: "/watch/starred", label: "navWatch" },
  { href: "/runs", label: "navRuns" },
  { href: "/performance", label: "navPerformance" },
  { href: "/status", label: "navStatus" },
] as const;

/** The ways through the pages. */
function MainNav(): JSX.Element {
  const { text } = useApp();
  const location = useLocation();
  const isHere = (href: string): boolean =>
    href === "/" ? location.pathname === "/" : location.pathname.startsWith(href.replace("starred", ""));
  return (
    <nav aria-label={text().navMain}>
      <ul class="main-nav">
        <For each={LINKS}>
          {(link) => (
            <li>
              <a href={link.href} aria-current={isHere(link.href) ? "page" : undefined}>
                {text()[link.label]}
              </a>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}

const RELOAD = "M13.5 8A5.500 5.500 0 1 1 11.700 3.900M12 1.500V4.300H9.200";
const BELL = "M3.500 12h9L11 9V6.500a3 3 0 0 0-6 0V9zM7 14h2";
const SLIDERS = "M2 4.500h6M12 4.500h2M2 11.500h2M8 11.500h6M10 2.500v4M6 9.500v4";

function ExchangeChip(): JSX.Element {
  const { text, locale } = useApp();
  const { exchange } = useMarket();
  return (
    // As wide before it is known: what stands beside it does not move.
    <span class="chip-place">
      <Show when={exchange.active()}>
        {(active) => (
          <span class={`chip exchange-${active()}`}>
            <span class="visually-hidden">{text().exchange} </span>
            {profileOf(active()).label[locale()]}
          </span>
        )}
      </Show>
    </span>
  );
}

export function AppHeader(props: { onSettings: () => void }): JSX.Element {
  const { text } = useApp();
  const { busy, reload } = useMarket();
  return (
    <header class="app-header">
      <h1 class="brand">
        <a href="/">
          <BrandMark />
          <span>{text().product}</span>
        </a>
      </h1>
      <ExchangeChip />
      <MainNav />
      <StockSearch />
      <div class="controls">
        <IconButton class="reload" label={text().reload} path={RELOAD} busy={busy()} onClick={reload} />
        <a class="icon-button bell" href="/alerts" title={text().navAlerts} aria-label={text().navAlerts}>
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d={BELL} />
          </svg>
        </a>
        <IconButton
          label={text().settings}
          path={SLIDERS}
          onClick={() => {
            props.onSettings();
          }}
        />
        <ThemeSwitch />
        <LanguageSwitch />
      </div>
    </header>
  );
}
