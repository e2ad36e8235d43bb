/** Pages that few open, and what an address without a page shows: apart from the routes, which are in the script of every page. */
import { useLocation } from "@solidjs/router";
import { createComponent, type JSX, lazy, Match, Switch } from "solid-js";
import { PAGE_TEXTS } from "../../i18n/page-texts.ts";
import { useApp } from "../app-context.tsx";
import { DEVELOPMENT_PAGES } from "./development-pages.ts";
import { firstDraw } from "../../store/first-draw.ts";

const OutcomeListPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./outcome-list.tsx"))).OutcomeListPage,
}));
const ArchivePage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./archive.tsx"))).ArchivePage,
}));
const MethodologyPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./methodology.tsx"))).MethodologyPage,
}));
const WatchPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./watch.tsx"))).WatchPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./settings.tsx"))).SettingsPage,
}));
const AlertsPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./alerts.tsx"))).AlertsPage,
}));

/** An address without a page. */
function NotFound(): JSX.Element {
  const { text, locale } = useApp();
  return (
    <div class="card empty">
      <h2>{PAGE_TEXTS[locale()].notFoundTitle}</h2>
      <p>{PAGE_TEXTS[locale()].notFoundText}</p>
      <a href="/">{text().navDashboard}</a>
    </div>
  );
}

export function FurtherPages(): JSX.Element {
  const location = useLocation();
  return (
    <Switch fallback={<NotFound />}>
      <Match when={location.pathname === "/archive"}>
        <ArchivePage />
      </Match>
      <Match when={location.pathname === "/methodology"}>
        <MethodologyPage />
      </Match>
      <Match when={/^\/watch(?:\/|$)/u.test(location.pathname)}>
        <WatchPage />
      </Match>
      <Match when={location.pathname === "/settings"}>
        <SettingsPage />
      </Match>
      <Match when={location.pathname === "/alerts"}>
        <AlertsPage />
      </Match>
      <Match when={location.pathname === "/performance/signals"}>
        <OutcomeListPage />
      </Match>
      <Match when={DEVELOPMENT_PAGES[location.pathname]}>{(page) => createComponent(page(), {})}</Match>
    </Switch>
  );
}
