/** The chart of a share, with the pattern where there is one; as a picture or as a table. */
import { createEffect, createSignal, type JSX, Match, on, Show, Switch } from "solid-js";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../store/live-price.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../app-context.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import { createShortcuts } from "../keys/shortcuts.ts";
import { useChartCopy } from "./chart-copy.ts";
import { readLook } from "./chart-look.ts";
import { ChartPicture } from "./chart-picture.tsx";
import { ChartTable } from "./chart-table.tsx";
import { ChartTools } from "./chart-tools.tsx";
import { type ChosenChart, createChartChoice } from "./create-chart-choice.ts";
import { createChartModel } from "./create-chart-model.ts";
import type { VcpChart } from "./vcp-chart.ts";
import type { Pattern } from "./vcp-primitive.ts";
import "../style/chart.css";

interface Props {
  readonly remote: Remote<ChartBody>;
  /** The levels and legs; `null` draws candles only. */
  readonly pattern: Pattern | null;
  readonly live: LivePrice | null;
  /** Of this share, open and ended. */
  readonly signals: readonly SignalRow[];
  /** The signal whose base is drawn; the others are marks. */
  readonly signal: string | null;
  /** What the picture shows, in one sentence. */
  readonly summary: string;
  /** Names a pattern that is faded; it stands in the summary too. */
  readonly note?: string | null;
}

/** Saves what is drawn, under its name. */
function SaveButton(props: {
  chart: ChartBody;
  drawn: VcpChart | null;
  note: string | null;
  /** When the values of a bar that is not final were. */
  liveAt: string | null;
}): JSX.Element {
  const { text, format, naming } = useApp();
  const copy = useChartCopy();
  const [hasFailed, setFailed] = createSignal(false);
  async function save(drawn: VcpChart): Promise<void> {
    const { composePicture, savePicture } = await import("./save-picture.ts");
    const { ticker, name, as_of } = props.chart;
    const shown = naming({ ...props.chart, name: name ?? ticker });
    const look = readLook(document.body);
    const texts = {
      title: `${`${shown.name} ${shown.code}`.trim()} · ${format().day(as_of)}`,
      subtitle: [
        props.chart.exchange,
        props.note,
        props.liveAt === null ? null : copy().today(format().clock(props.liveAt)),
      ]
        .filter((part) => part !== null)
        .join(" · "),
      notice: text().notAdvice,
      credit: `${text().product} · ${copy().chartCredit}`,
    };
    const canvas = composePicture(drawn.picture(), window.devicePixelRatio, texts, look);
    await savePicture(canvas, `${ticker}-${as_of}.png`);
    setFailed(false);
  }
  return (
    <>
      <button
        type="button"
        class="action small"
        disabled={props.drawn === null}
        onClick={() => {
          if (props.drawn) {
            save(props.drawn).catch(() => setFailed(true));
          }
        }}
      >
        {copy().save}
      </button>
      <output>{hasFailed() ? copy().saveFailed : ""}</output>
    </>
  );
}

/** The chart once its bars are here. */
function Body(
  props: Props & {
    chart: ChartBody;
    chosen: ChosenChart;
    isTable: boolean;
    onBroken: () => void;
  },
): JSX.Element {
  const [drawn, setDrawn] = createSignal<VcpChart | null>(null);
  const model = createChartModel(props);
  return (
    <Show
      when={!props.isTable}
      fallback={<ChartTable bars={props.chart.bars} today={model.today()?.bar ?? null} />}
    >
      <div class="chart-bar-tools">
        <ChartTools chosen={props.chosen} hasIndex={model.rs() !== null} />
        <SaveButton
          chart={props.chart}
          drawn={drawn()}
          note={props.note ?? null}
          liveAt={model.running() === null ? null : (model.today()?.at ?? null)}
        />
      </div>
      <ChartPicture
        of={[props.chart.ticker, props.signal ?? ""].join(" ")}
        model={model}
        choice={props.chosen.choice()}
        pattern={props.pattern}
        price={props.live?.price ?? null}
        summary={props.summary}
        note={props.note ?? null}
        onDrawn={setDrawn}
        onBroken={() => {
          props.onBroken();
        }}
      />
    </Show>
  );
}

export function ChartPanel(props: Props): JSX.Element {
  const { preferences } = useApp();
  const copy = useChartCopy();
  const [isTable, setTable] = createSignal(false);
  const [isBroken, setBroken] = createSignal(false);
  const chosen = createChartChoice();
  const bars = (): ChartBody["bars"] => props.remote.value()?.bars ?? [];
  // Another share asks for the code of the chart anew.
  createEffect(
    on(
      () => props.remote.value()?.ticker,
      () => setBroken(false),
      { defer: true },
    ),
  );
  createShortcuts({ t: () => setTable(!isTable()) }, preferences.keys);
  return (
    <section class="card chart-panel" aria-labelledby="chart-title" aria-busy={props.remote.busy()}>
      <div class="panel-head">
        <h2 id="chart-title">{copy().chartTitle}</h2>
        <button type="button" class="action small" aria-keyshortcuts="t" onClick={() => setTable(!isTable())}>
          {isTable() ? copy().chartAsPicture : copy().chartAsTable}
        </button>
      </div>
      <RemoteState remote={props.remote} rows={0} />
      <Show when={isBroken()}>
        <p class="notice warn">{copy().chartBroken}</p>
      </Show>
      <p class="visually-hidden">{props.summary}</p>
      <Show
        when={props.remote.value()}
        fallback={<Show when={props.remote.busy()}>{<div class="chart-frame" />}</Show>}
      >
        {(chart) => (
          <Switch fallback={<p class="muted">{copy().chartEmpty}</p>}>
            <Match when={bars().length > 0}>
              <Body
                {...props}
                chart={chart()}
                chosen={chosen}
                isTable={isTable() || isBroken()}
                onBroken={() => setBroken(true)}
              />
            </Match>
          </Switch>
        )}
      </Show>
      <p class="chart-credit">
        <a href="https://www.tradingview.com/" rel="external noopener noreferrer" target="_blank">
          {copy().chartCredit}
        </a>
      </p>
    </section>
  );
}
