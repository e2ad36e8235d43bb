/** What the alerts are on every page: the notices over it, the keys, and the reading of the log. Loads behind what is seen first. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, type JSX, on } from "solid-js";
import { exchangeOf } from "../../../../worker/core/instrument/exchange-profile.ts";
import { useApp } from "../../app-context.tsx";
import { pushOf } from "../../../store/alerts/device-push.ts";
import { createAlerts } from "../../alerts/create-alerts.ts";
import { createPushSync } from "../../alerts/create-push-sync.ts";
import { tellMe } from "../../alerts/tell-me.ts";
import { toastsOf } from "../../alerts/toasts.ts";
import { createShortcuts } from "../../keys/shortcuts.ts";
import { useMarket } from "../../market-context.tsx";
import { ToastRegion } from "./toast-region.tsx";
import "../../style/pages.css";

/** The ticker that an id begins with; a row of a list of the device has the ticker itself. */
function tickerOf(id: string | undefined): string | null {
  const ticker = id?.split(".")[0] ?? "";
  return exchangeOf(ticker) === null ? null : ticker;
}

/** The row that has the focus, the one that is shown beside the list, or the share of the page. */
function pointedTicker(path: string): string | null {
  const row =
    document.activeElement?.closest<HTMLElement>("[data-row]") ??
    document.querySelector<HTMLElement>("[data-row][aria-current=true]");
  const [, page, id = ""] = path.split("/");
  const ofPage = page === "signals" || page === "s" ? decodeURIComponent(id).toUpperCase() : "";
  return tickerOf(row?.dataset["row"]) ?? tickerOf(ofPage);
}

/** As the page shows it: from the list where it is there. */
function useNameOf(): (ticker: string) => string {
  const { naming } = useApp();
  const { signals } = useMarket();
  return (ticker) => {
    const row = signals.value()?.signals.find((one) => one.ticker === ticker);
    return row === undefined ? ticker : naming(row).name;
  };
}

function useAlertKeys(): void {
  const { device, locale, preferences } = useApp();
  const { exchange } = useMarket();
  const location = useLocation();
  const navigate = useNavigate();
  const nameOf = useNameOf();
  createShortcuts(
    {
      a: () => {
        const ticker = pointedTicker(location.pathname);
        if (ticker !== null) {
          tellMe({ device, exchange, locale: locale(), push: pushOf(device) }, ticker, nameOf(ticker));
        }
        return ticker !== null;
      },
      "g a": () => {
        navigate("/alerts");
      },
    },
    preferences.keys,
  );
}

/** What stands over the page stands at `/alerts` itself. */
function useListOfTheDay(): void {
  const { device } = useApp();
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      (path) => {
        if (path === "/alerts") {
          toastsOf(device).clear();
        }
      },
    ),
  );
}

export function AlertRegion(): JSX.Element {
  const { device } = useApp();
  const { live } = useMarket();
  createAlerts();
  createPushSync(device, live.timers);
  useAlertKeys();
  useListOfTheDay();
  return <ToastRegion />;
}
