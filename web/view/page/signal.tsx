/** One signal: where it stands now, the chart that shows why, the levels, the checklist and its life so far. */
import { useParams } from "@solidjs/router";
import { createEffect, createMemo, type JSX, on, Show, untrack } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";
import { createChart } from "../../store/chart.ts";
import type { Remote } from "../../store/remote.ts";
import { createStockSignals } from "../../store/stock.ts";
import { createSignalDetail, createSignalEvents } from "../../store/signals/signal-detail.ts";
import { useApp } from "../app-context.tsx";
import { ChartPanel } from "../chart/chart-panel.tsx";
import { listHref } from "../filter/create-list-filter.ts";
import { createTickerPrice } from "../list/create-ticker-price.ts";
import { useMarket } from "../market-context.tsx";
import { BaseFacts } from "../part/signal/base-facts.tsx";
import { ContractionTable, PlanList } from "../part/signal/base-levels.tsx";
import { EventList } from "../part/signal/event-list.tsx";
import { ScoreTable, TemplateChecklist } from "../part/signal/scoring.tsx";
import { SignalHead } from "../part/signal/signal-head.tsx";
import { RemotePage } from "../part/ui/remote-page.tsx";
import { createShortcuts } from "../shortcuts.ts";
import { patternOf, summaryOf } from "../signal-pattern.ts";

/** `id` and ticker are fixed for the life of these parts: another signal is another page. */
function SignalParts(props: { detail: SignalDetail }): JSX.Element {
  const { text, format, device, preferences } = useApp();
  const { status } = useMarket();
  const { id, ticker } = untrack(() => props.detail);
  createShortcuts({ w: () => device.stars.toggle(ticker) }, preferences.keys);
  const price = createTickerPrice(ticker);
  const chart = createChart(ticker);
  const events = createSignalEvents(id);
  const signals = createStockSignals(ticker);
  const pattern = createMemo(() => patternOf(props.detail, text(), format()), null, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  createEffect(
    on(
      () => status.value()?.last_run?.id,
      () => void chart.reload(),
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => props.detail.updated_at,
      () => void events.reload(),
      { defer: true },
    ),
  );
  return (
    <>
      <SignalHead detail={props.detail} price={price()} />
      <ChartPanel
        remote={chart}
        pattern={pattern()}
        live={price()}
        signals={signals.value()?.signals ?? []}
        signal={id}
        summary={summaryOf(props.detail, text(), format())}
      />
      <div class="side">
        <PlanList detail={props.detail} />
        <BaseFacts detail={props.detail} />
        <section class="card">
          <TemplateChecklist terms={props.detail.trend_template} signal={props.detail} />
          <ScoreTable terms={props.detail.score_terms} score={props.detail.score} signal={props.detail} />
        </section>
        <EventList remote={events} />
      </div>
      <section class="card below">
        <ContractionTable legs={props.detail.contractions} />
      </section>
    </>
  );
}

/** An id begins with its ticker: `005930.20250128.20250415`. */
function tickerOf(id: string): string {
  return id.split(".")[0] ?? "";
}

function SignalView(props: { id: string }): JSX.Element {
  const { text, naming } = useApp();
  const { signals } = useMarket();
  const detail: Remote<SignalDetail> = createSignalDetail(untrack(() => props.id));
  /** When the live list's row of this signal was written; `null` once it has left the list. */
  const writing = createMemo(() => {
    const row = signals.value()?.signals.find(({ id }) => id === props.id);
    return row?.updated_at ?? null;
  });
  createEffect(on(writing, () => void detail.reload(), { defer: true }));
  createEffect(() => {
    const known = detail.value();
    document.title = known ? `${naming(known).name} · ${text().product}` : text().product;
  });
  return (
    <RemotePage
      remote={detail}
      class="signal-page"
      back={{ href: listHref(), label: text().back }}
      gone={text().signalGone}
      owner={exchangeOf(tickerOf(props.id))}
    >
      {(known) => <SignalParts detail={known()} />}
    </RemotePage>
  );
}

export function SignalPage(): JSX.Element {
  const params = useParams();
  return (
    <Show when={params["id"]} keyed>
      {(id) => <SignalView id={id} />}
    </Show>
  );
}
