/** The first page: can one act today, what did the scan find, how close is each name to its pivot. */
import { createEffect, type JSX } from "solid-js";
import type { ScanStatus } from "../../../worker/protocol/run.ts";
import { createGate } from "../../store/gate.ts";
import { createIndices } from "../../store/indices.ts";
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
  const signals = createSignals();
  const gate = createGate();
  const status = createScanStatus();
  const indices = createIndices();
  const all = [signals, gate, status, indices];

  const exchange = (): ScanStatus["exchange"] | null =>
    signals.value()?.exchange ?? status.value()?.exchange ?? null;
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
      <ExchangeRibbon exchange={exchange()} />
      <AppHeader exchange={exchange()} busy={busy()} onReload={reload} />
      <IndexStrip remote={indices} status={status.value()} />
      <main id="main" tabindex="-1">
        <div class="rail">
          <GateCard remote={gate} />
          <ScanCard remote={status} />
        </div>
        <SignalPanel remote={signals} status={status.value()} />
      </main>
      <PageFooter exchange={exchange()} />
    </>
  );
}
