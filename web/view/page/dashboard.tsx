/** The first page: can one act today, what is new since the last scan, how close is each name to its pivot. */
import { createEffect, type JSX } from "solid-js";
import { useApp } from "../app-context.tsx";
import { useMarket } from "../market-context.tsx";
import { ChangesCard } from "../part/market/changes-card.tsx";
import { GateCard } from "../part/market/gate-card.tsx";
import { ScanCard } from "../part/runs/scan-summary.tsx";
import { SignalPanel } from "../part/signals/signal-panel.tsx";

export function Dashboard(): JSX.Element {
  const { text } = useApp();
  const { gate, status } = useMarket();
  createEffect(() => {
    document.title = text().product;
  });
  return (
    <div class="dashboard">
      <div class="rail">
        <GateCard remote={gate} />
        <ScanCard remote={status} />
      </div>
      <div class="list-column">
        <ChangesCard />
        <SignalPanel />
      </div>
    </div>
  );
}
