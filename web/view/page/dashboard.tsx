/** The first page: can one act today, what did the scan find, how close is each name to its pivot. */
import { createEffect, type JSX } from "solid-js";
import { createExchange } from "../../store/exchange.ts";
import { createIndices } from "../../store/indices.ts";
import { createLiveSocket } from "../../store/live-socket.ts";
import { createMarketGate } from "../../store/market-gate.ts";
import { createScanStatus } from "../../store/scan-status.ts";
import { createSignals } from "../../store/signals.ts";
import { useApp } from "../app-context.tsx";
import { AppHeader } from "../part/app-header.tsx";
import { ExchangeRibbon } from "../part/exchange-ribbon.tsx";
import { GateCard } from "../part/gate-card.tsx";
import { IndexStrip } from "../part/index-strip.tsx";
import { PageFooter } from "../part/page-footer.tsx";
import { ScanCard } from "../part/scan-card.tsx";
import { SignalPanel } from "../part/signal-panel.tsx";

export function Dashboard(): JSX.Element {
  const { text, preferences } = useApp();
  const live = createLiveSocket();
  const active = createExchange(live);
  const signals = createSignals(live, active);
  const gate = createMarketGate(live, active);
  const status = createScanStatus(live, active);
  const indices = createIndices(live, active);
  const all = [signals, gate, status, indices];

  const busy = (): boolean => all.some((remote) => remote.busy());
  const reload = (): void => {
    for (const remote of all) {
      void remote.reload();
    }
  };

  createEffect(() => {
    document.title = text().product;
    document.documentElement.lang = preferences.locale();
    document.documentElement.dataset["theme"] = preferences.theme();
  });

  return (
    <>
      <a class="skip" href="#main">
        {text().skip}
      </a>
      <ExchangeRibbon exchange={active.active()} />
      <AppHeader exchange={active.active()} busy={busy()} onReload={reload} />
      <IndexStrip remote={indices} status={status.value()} />
      <main id="main" tabindex="-1">
        <div class="rail">
          <GateCard remote={gate} />
          <ScanCard remote={status} />
        </div>
        <SignalPanel remote={signals} status={status.value()} />
      </main>
      <PageFooter exchange={active.active()} />
    </>
  );
}
