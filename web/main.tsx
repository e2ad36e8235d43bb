/** Puts the page into the document and hands it the browser's storage and languages. */
import { render } from "solid-js/web";
import { assert } from "../worker/core/assert.ts";
import { loadDictionary } from "./i18n/locale.ts";
import { createPreferences, type Shelf } from "./store/preferences.ts";
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
import "./view/style/signal-table.css";
import "./view/style/signal-marks.css";
import "./view/style/signal-cards.css";
import "./view/style/signal-page.css";
import "./view/style/runs.css";

/** `localStorage` is read at each use: a browser that forbids it throws on the name alone, and the page must still come. */
const shelf: Shelf = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => {
    localStorage.setItem(key, value);
  },
};

const root = document.querySelector("#page");
assert(root, "index.html has an element for the page");
const preferences = createPreferences(shelf, navigator.languages);
const dictionary = await loadDictionary(preferences.locale());
render(
  () => (
    <AppProvider preferences={preferences} dictionary={dictionary}>
      <MarketProvider>
        <Routes />
      </MarketProvider>
    </AppProvider>
  ),
  root,
);
