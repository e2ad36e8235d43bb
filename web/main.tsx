/** Puts the page into the document and hands it the browser's storage and languages. */
import { type JSX, lazy, Show, Suspense } from "solid-js";
import { render } from "solid-js/web";
import { assert } from "../worker/core/assert.ts";
import { loadDictionary } from "./i18n/locale.ts";
import { createDevice } from "./store/device/device.ts";
import type { Shelf } from "./store/device/shelf.ts";
import { createPreferences } from "./store/preferences.ts";
import { onLoginRequired } from "./store/fetch-json.ts";
import { firstDraw } from "./store/first-draw.ts";
import { LOGIN_PATH, loginFor } from "./store/login-place.ts";
import { AppProvider } from "./view/app-context.tsx";
import { MarketProvider } from "./view/market-context.tsx";
import { Routes } from "./view/routes.tsx";
// In the order of the cascade.
import "./view/style/theme.css";
import "./view/style/header.css";
import "./view/style/navigation.css";
import "./view/style/modal.css";
import "./view/style/layout.css";
import "./view/style/card.css";
import "./view/style/panel.css";
import "./view/style/signal-filter.css";
import "./view/style/signal-table.css";
import "./view/style/signal-marks.css";
import "./view/style/signal-cards.css";
import "./view/style/signal-page.css";
import "./view/style/flip.css";
import "./view/style/watch.css";
import "./view/style/runs.css";

/** `localStorage` is read at each use: a browser that forbids it throws on the name alone, and the page must still come. */
const shelf: Shelf = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => {
    localStorage.setItem(key, value);
  },
};

// Behind everything that the page needs. A browser that refuses keeps a page that needs its network.
addEventListener("load", () => {
  navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
});

// Only the list has rows that everything else waits for.
if (location.pathname !== "/") {
  firstDraw.end();
}
const root = document.querySelector("#page");
assert(root, "index.html has an element for the page");
const preferences = createPreferences(shelf, navigator.languages);
const device = createDevice(shelf);
const dictionary = await loadDictionary(preferences.locale());
function Site(): JSX.Element {
  return (
    <MarketProvider>
      <Routes />
    </MarketProvider>
  );
}

/** Replaces the page, so that the way back does not lead into it again. */
onLoginRequired(() => {
  location.replace(loginFor(`${location.pathname}${location.search}`));
});
// The login stands outside of the market: it opens no socket and asks for nothing that it may not have.
const LoginPage = lazy(async () => ({ default: (await import("./view/page/login.tsx")).LoginPage }));
render(
  () => (
    <AppProvider preferences={preferences} device={device} dictionary={dictionary}>
      <Show when={location.pathname === LOGIN_PATH} fallback={<Site />}>
        <Suspense>
          <LoginPage />
        </Suspense>
      </Show>
    </AppProvider>
  ),
  root,
);
