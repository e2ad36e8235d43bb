/**
 * All that is shown of one signal, on its page and beside the list: the composition that a new part joins with one import and
 * one line.
 */
import { createEffect, createMemo, type JSX, on, untrack } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal.ts";
import { charts, createChart } from "../../../store/chart.ts";
import { createSignalEvents } from "../../../store/signals/signal-detail.ts";
import { createStockSignals, stockSignals } from "../../../store/stock.ts";
import { useApp } from "../../app-context.tsx";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { createTickerPrice } from "../../list/create-ticker-price.ts";
import { useMarket } from "../../market-context.tsx";
import { ShareTools } from "../../position/share-tools.tsx";
import { patternOf, summaryOf } from "../../signal-pattern.ts";
import { OwnCard } from "../watch/own-card.tsx";
import { BaseFacts } from "./base-facts.tsx";
import { ContractionTable, PlanList } from "./base-levels.tsx";
import { EventList } from "./event-list.tsx";
import { ScoreTable, TemplateChecklist } from "./scoring.tsx";
import { SignalHead } from "./signal-head.tsx";

/** `id` and ticker are fixed for the life of these parts: another signal has parts of its own. */
export function SignalParts(props: { detail: SignalDetail }): JSX.Element {
  const { text, format, naming } = useApp();
  const { status } = useMarket();
  const { id, ticker } = untrack(() => props.detail);
  const price = createTickerPrice(ticker);
  const chart = createChart(ticker, charts.get(ticker));
  const events = createSignalEvents(id);
  const signals = createStockSignals(ticker, stockSignals.get(ticker));
  const pattern = createMemo(() => patternOf(props.detail, text(), format()), null, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  createEffect(
    on(
      () => status.value()?.last_run?.id,
      (run, before) => {
        // The first that is known is no new scan.
        if (before !== undefined && run !== before) {
          void chart.reload();
        }
      },
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
        <ShareTools ticker={ticker} signal={props.detail} price={price()} chart={chart.value()} />
        <OwnCard ticker={ticker} name={naming(props.detail).name} />
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
