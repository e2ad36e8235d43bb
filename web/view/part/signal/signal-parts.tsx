/**
 * All that is shown of one signal, on its page and beside the list: the composition that a new part joins with one import and
 * one line.
 */
import { type Accessor, createEffect, createMemo, type JSX, on, Show, untrack } from "solid-js";
import type { ChartBody } from "../../../../worker/protocol/rest/chart.ts";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal.ts";
import { charts, createChart } from "../../../store/chart.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { createSignalEvents } from "../../../store/signals/signal-detail.ts";
import { createStockSignals, stockSignals } from "../../../store/stock.ts";
import { useApp } from "../../app-context.tsx";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { createLater, createPerKey, createRemotePerKey } from "../../flip/per-key.ts";
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

/** What the parts under the chart are made from. */
interface Whole {
  readonly detail: SignalDetail;
  readonly price: LivePrice | null;
  readonly chart: ChartBody | null;
}

/** Beside or under the chart. The signal is fixed for the life of these parts: another has parts of its own. */
function Further(props: Whole): JSX.Element {
  const { naming } = useApp();
  const { id, ticker } = untrack(() => props.detail);
  const events = createSignalEvents(id);
  createEffect(
    on(
      () => props.detail.updated_at,
      () => void events.reload(),
      { defer: true },
    ),
  );
  return (
    <>
      <PlanList detail={props.detail} />
      <ShareTools ticker={ticker} signal={props.detail} price={props.price} chart={props.chart} />
      <OwnCard ticker={ticker} name={naming(props.detail).name} />
      <BaseFacts detail={props.detail} />
      <section class="card">
        <TemplateChecklist terms={props.detail.trend_template} signal={props.detail} />
        <ScoreTable terms={props.detail.score_terms} score={props.detail.score} signal={props.detail} />
      </section>
      <EventList remote={events} />
    </>
  );
}

/** `shown`: the signal that they are to be of. Until they are, they keep their height and show nothing. */
function FurtherParts(props: Whole & { shown: string | null }): JSX.Element {
  const isHere = createMemo(() => props.shown === props.detail.id);
  /** Of the signal before until its parts end: they are not made anew with values of the next. */
  function createHeld<T>(read: () => T): Accessor<T> {
    const value = createMemo<T>((kept) => (isHere() ? read() : kept), untrack(read));
    return value;
  }
  const detail = createHeld(() => props.detail);
  const price = createHeld(() => props.price);
  const chart = createHeld(() => props.chart);
  return (
    <>
      <div class="side" classList={{ late: !isHere() }} aria-busy={!isHere()}>
        <Show when={props.shown} keyed>
          <Further detail={detail()} price={price()} chart={chart()} />
        </Show>
      </div>
      <section class="card below" classList={{ late: !isHere() }}>
        <ContractionTable legs={detail().contractions} />
      </section>
    </>
  );
}

/** Stays while the reader goes from signal to signal: the chart is drawn in place, the further parts follow a frame later. */
export function SignalParts(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  const { status } = useMarket();
  const prices = createPerKey(() => props.detail.ticker, createTickerPrice);
  const price = (): LivePrice | null => prices()();
  const chart = createRemotePerKey(
    () => props.detail.ticker,
    (one) => createChart(one, charts.get(one)),
  );
  const signals = createRemotePerKey(
    () => props.detail.ticker,
    (one) => createStockSignals(one, stockSignals.get(one)),
  );
  const shown = createLater(() => props.detail.id);
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
  return (
    <>
      <SignalHead detail={props.detail} price={price()} />
      <ChartPanel
        remote={chart}
        pattern={pattern()}
        live={price()}
        signals={signals.value()?.signals ?? []}
        signal={props.detail.id}
        summary={summaryOf(props.detail, text(), format())}
      />
      <FurtherParts detail={props.detail} price={price()} chart={chart.value()} shown={shown()} />
    </>
  );
}
