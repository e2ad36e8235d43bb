/** The first page: can one act today, what is new since the last scan, how close is each name to its pivot. */
import { createEffect, createSignal, type JSX, lazy, Suspense } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { firstDraw } from "../../store/first-draw.ts";
import { useApp } from "../app-context.tsx";
import { useMarket } from "../market-context.tsx";
import { GateCard } from "../part/market/gate-card.tsx";
import { SignalPanel } from "../part/signals/signal-panel.tsx";

// Behind the list, which is there without them.
const ScanCard = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("../part/runs/scan-summary.tsx"))).ScanCard,
}));
const ChangesCard = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("../part/changes/changes-card.tsx"))).ChangesCard,
}));

export function Dashboard(): JSX.Element {
  const { text } = useApp();
  const { feed, gate, status } = useMarket();
  const [ended, setEnded] = createSignal<readonly SignalRow[] | null>(null);
  createEffect(() => {
    document.title = text().product;
  });
  return (
    <div class="dashboard">
      <div class="rail">
        <GateCard remote={gate} running={feed()?.gate} />
        <Suspense>
          <ScanCard remote={status} />
        </Suspense>
      </div>
      <div class="list-column">
        <Suspense fallback={<section class="card changes-card" aria-busy="true" />}>
          <ChangesCard onEnded={setEnded} />
        </Suspense>
        <SignalPanel ended={ended()} />
      </div>
    </div>
  );
}
